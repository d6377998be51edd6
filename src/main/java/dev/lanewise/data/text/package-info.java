// SPDX-License-Identifier: Apache-2.0
/** What formats of text have in common: numbers, truth values and missing values. */
package dev.lanewise.data.text;
