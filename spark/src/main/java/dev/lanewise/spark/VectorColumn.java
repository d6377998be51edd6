// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.spark;

import static org.apache.spark.sql.functions.udf;

import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Lets a column of arrays or bytes stand where Spark ML wants vectors. */
final class VectorColumn {

  private VectorColumn() {}

  private static boolean isOther(StructType schema, String column) {
    if (!java.util.Arrays.asList(schema.fieldNames()).contains(column)) {
      return false; // Spark says so.
    }
    var type = schema.apply(column).dataType();
    return type.equals(DataTypes.BinaryType)
        || type instanceof ArrayType array && array.elementType() instanceof NumericType;
  }

  /** Returns a schema in which the column is of vectors, if it is of arrays or bytes. */
  static StructType asVector(StructType schema, String column) {
    return isOther(schema, column) ? replaced(schema, column, null) : schema;
  }

  /** Returns a schema in which the column is what it was. */
  static StructType restored(StructType result, StructType before, String column) {
    return isOther(before, column) ? replaced(result, column, before.apply(column)) : result;
  }

  private static StructType replaced(StructType schema, String column, StructField by) {
    StructType copy = new StructType();
    for (StructField field : schema.fields()) {
      boolean same = field.name().equals(column);
      StructField vector =
          new StructField(column, SQLDataTypes.VectorType(), true, field.metadata());
      copy = copy.add(!same ? field : by == null ? vector : by);
    }
    return copy;
  }

  /** Tells whether the column must be made of vectors first. */
  static boolean isOther(Dataset<?> rows, String column) {
    return isOther(rows.schema(), column);
  }

  /** Returns the column as vectors. */
  static Column of(Dataset<?> rows, String column) {
    UDF1<Object, Vector> vector =
        value -> Vectors.dense(RowFeatures.numbers(value, "a row", Integer.MAX_VALUE));
    return udf(vector, SQLDataTypes.VectorType()).apply(rows.col(column));
  }
}
