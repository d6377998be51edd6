// SPDX-License-Identifier: Apache-2.0
/** The time of an iteration against features and samples, as a picture and as numbers. */
package dev.lanewise.bench.plot;
