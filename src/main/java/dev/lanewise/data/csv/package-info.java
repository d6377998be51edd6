// SPDX-License-Identifier: Apache-2.0
/** Tables of comma-separated values; alone imports FastCSV. */
package dev.lanewise.data.csv;
