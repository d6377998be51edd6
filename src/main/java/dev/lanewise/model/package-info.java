// SPDX-License-Identifier: Apache-2.0
/** The trained model: what it predicts, how good it is, and the file it is kept in. */
package dev.lanewise.model;
