// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.spark;

import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.sql.Row;

/**
 * Rows with their numbers, from 0 on.
 *
 * @param rows in any order; a row has features, the label as text and, if there is one, the weight
 * @param repeatable whether the numbers are the same for any physical layout of the rows
 */
record NumberedRows(JavaPairRDD<Long, Row> rows, boolean repeatable) {

  static final int FEATURES = 0;
  static final int LABEL = 1;
  static final int WEIGHT = 2;
}
