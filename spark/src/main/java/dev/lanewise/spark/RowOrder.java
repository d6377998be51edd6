// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import scala.Tuple2;

/**
 * Numbers the rows of a DataFrame, which has no order of its own: by a column, else by file and
 * place in the file, else as the rows come, which another physical layout changes.
 */
final class RowOrder {

  private static final String PATH = "_metadata.file_path";
  private static final String INDEX = "_metadata.row_index";
  private static final String BLOCK = "_metadata.file_block_start";

  // Plans that keep the rows of a file in the order of the file.
  private static final Set<String> KEEP_ORDER = Set.of("Project", "Filter", "LogicalRelation");

  private RowOrder() {}

  /**
   * Numbers rows.
   *
   * @param rows the DataFrame
   * @param columns features, label and weight, as {@link NumberedRows} has them
   * @param order the column that numbers or orders the rows, if there is one
   * @throws RowException if the column has nulls, or a value twice
   */
  static NumberedRows number(Dataset<Row> rows, List<Column> columns, Optional<String> order) {
    if (order.isPresent()) {
      return byColumn(rows, columns, order.get());
    }
    if (has(rows, INDEX)) {
      return byIndex(rows, columns);
    }
    if (has(rows, BLOCK) && keepsOrder(rows.queryExecution().optimizedPlan())) {
      return byBlock(rows, columns);
    }
    return asTheyCome(rows, columns);
  }

  private static boolean has(Dataset<Row> rows, String column) {
    try {
      rows.select(col(PATH), col(column)).queryExecution().assertAnalyzed();
      return true;
    } catch (Exception e) {
      if (e instanceof AnalysisException) {
        return false;
      }
      throw e;
    }
  }

  private static boolean keepsOrder(LogicalPlan plan) {
    boolean keeps = KEEP_ORDER.contains(plan.nodeName()) || plan.nodeName().startsWith("Relation");
    scala.collection.Iterator<LogicalPlan> children = plan.children().iterator();
    while (children.hasNext()) {
      keeps &= keepsOrder(children.next());
    }
    return keeps && plan.children().size() <= 1;
  }

  private static Dataset<Row> select(Dataset<Row> rows, List<Column> columns, Column... more) {
    List<Column> all = new ArrayList<>(columns);
    all.addAll(List.of(more));
    return rows.select(all.toArray(Column[]::new));
  }

  private static NumberedRows byColumn(Dataset<Row> rows, List<Column> columns, String order) {
    DataType type = rows.schema().apply(order).dataType();
    boolean whole = type.equals(DataTypes.LongType) || type.equals(DataTypes.IntegerType);
    int at = columns.size();
    Row limits =
        rows.agg(
                count(lit(1)),
                count(col(order)),
                whole ? min(col(order)).cast("long") : lit(-1L),
                whole ? max(col(order)).cast("long") : lit(-1L))
            .first();
    long samples = limits.getLong(0);
    if (limits.getLong(1) != samples) {
      throw new RowException(
          "column "
              + order
              + " is null in "
              + (samples - limits.getLong(1))
              + " rows, expected a value that orders each row");
    }
    if (whole && limits.getLong(2) == 0 && limits.getLong(3) == samples - 1) {
      // Numbers: if one is twice or missing, the shards say so.
      return new NumberedRows(
          select(rows, columns, col(order).cast("long"))
              .toJavaRDD()
              .mapToPair(row -> new Tuple2<>(row.getLong(at), row)),
          true);
    }
    JavaRDD<Row> sorted = select(rows, columns, col(order)).sort(col(order)).toJavaRDD();
    return new NumberedRows(
        sorted
            .mapPartitions(it -> distinct(it, at, order))
            .zipWithIndex()
            .mapToPair(pair -> new Tuple2<>(pair._2(), pair._1())),
        true);
  }

  /** Rows that are equal in a column are in one partition, one after the other. */
  private static Iterator<Row> distinct(Iterator<Row> rows, int column, String name) {
    return new Iterator<>() {
      private Object last;

      @Override
      public boolean hasNext() {
        return rows.hasNext();
      }

      @Override
      public Row next() {
        Row row = rows.next();
        Object value = row.get(column);
        if (value.equals(last)) {
          throw new RowException(
              "column "
                  + name
                  + " has the value "
                  + value
                  + " in two rows, so it does not order them; take a column of distinct values");
        }
        last = value;
        return row;
      }
    };
  }

  private static NumberedRows byIndex(Dataset<Row> rows, List<Column> columns) {
    Dataset<Row> limits =
        rows.select(col(PATH).as("path"), col(INDEX).as("place"))
            .groupBy("path")
            .agg(count(lit(1)), max(col("place")));
    TreeMap<String, Long> counts = new TreeMap<>();
    boolean complete = true;
    for (Row file : limits.collectAsList()) {
      counts.put(file.getString(0), file.getLong(1));
      complete &= file.getLong(2) == file.getLong(1) - 1;
    }
    int at = columns.size();
    Dataset<Row> placed =
        select(rows, columns, col(PATH).as("lanewise_path"), col(INDEX).as("lanewise_index"));
    if (complete) {
      Map<String, Long> first = offsets(counts);
      return new NumberedRows(
          placed
              .toJavaRDD()
              .mapToPair(
                  row -> new Tuple2<>(first.get(row.getString(at)) + row.getLong(at + 1), row)),
          true);
    }
    // Some rows of a file are left out.
    return new NumberedRows(
        placed
            .sort("lanewise_path", "lanewise_index")
            .toJavaRDD()
            .zipWithIndex()
            .mapToPair(pair -> new Tuple2<>(pair._2(), pair._1())),
        true);
  }

  private static <K> Map<K, Long> offsets(TreeMap<K, Long> counts) {
    Map<K, Long> offsets = new TreeMap<>(counts.comparator());
    long sum = 0;
    for (Map.Entry<K, Long> entry : counts.entrySet()) {
      offsets.put(entry.getKey(), sum);
      sum += entry.getValue();
    }
    return offsets;
  }

  /** Numbers rows by file and by where their piece of the file begins. */
  private static NumberedRows byBlock(Dataset<Row> rows, List<Column> columns) {
    int at = columns.size();
    JavaRDD<Row> placed =
        select(rows, columns, col(PATH).as("lanewise_path"), col(BLOCK).as("lanewise_block"))
            .toJavaRDD();
    TreeMap<String, Long> counts = new TreeMap<>();
    placed
        .mapToPair(row -> new Tuple2<>(piece(row, at), 1L))
        .reduceByKey(Long::sum)
        .collect()
        .forEach(pair -> counts.put(pair._1(), pair._2()));
    Map<String, Long> first = offsets(counts);
    return new NumberedRows(
        JavaPairRDD.fromJavaRDD(placed.mapPartitions(it -> inPieces(it, at, first))), true);
  }

  /** Orders by path, then by place: decimal digits of one length order as numbers. */
  private static String piece(Row row, int at) {
    String digits = Long.toString(row.getLong(at + 1));
    return row.getString(at) + '\0' + "0".repeat(20 - digits.length()) + digits;
  }

  private static Iterator<Tuple2<Long, Row>> inPieces(
      Iterator<Row> rows, int at, Map<String, Long> first) {
    return new Iterator<>() {
      private String piece = "";
      private long next;

      @Override
      public boolean hasNext() {
        return rows.hasNext();
      }

      @Override
      public Tuple2<Long, Row> next() {
        Row row = rows.next();
        String of = piece(row, at);
        if (!of.equals(piece)) {
          piece = of;
          next = first.get(of);
        }
        return new Tuple2<>(next++, row);
      }
    };
  }

  private static NumberedRows asTheyCome(Dataset<Row> rows, List<Column> columns) {
    return new NumberedRows(
        select(rows, columns)
            .toJavaRDD()
            .zipWithIndex()
            .mapToPair(pair -> new Tuple2<>(pair._2(), pair._1())),
        false);
  }
}
