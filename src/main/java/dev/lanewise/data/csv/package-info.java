/** Tables of comma-separated values; alone imports FastCSV. */
package dev.lanewise.data.csv;
