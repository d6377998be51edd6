// SPDX-License-Identifier: Apache-2.0
/** What formats of text have in common: their numbers. */
package dev.lanewise.data.text;
