// SPDX-License-Identifier: Apache-2.0
/**
 * Tables: the roles of columns, and the encoding that turns numbers, categories and missing cells
 * into features.
 *
 * <p>A reader adds the cells of each column to a {@link dev.lanewise.data.table.ColumnScan},
 * decides the roles with {@link dev.lanewise.data.table.ColumnRoles}, and fills a {@link
 * dev.lanewise.data.table.Table}. {@link dev.lanewise.data.table.TableEncoding} is learned from
 * rows of a table and applied to any rows of the same columns. Nothing here knows a file format.
 */
package dev.lanewise.data.table;
