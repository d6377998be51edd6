// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.spark;

import static org.apache.spark.sql.functions.array;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** The options that say what is read, and which columns are features, labels and weights. */
final class TableOptions {

  private static final String ASSEMBLED = "lanewise_features";

  /** How numbers become features. */
  enum Scale {
    AUTO,
    NONE,
    PIXELS,
    STANDARD
  }

  @Option(
      names = "--train",
      paramLabel = "PATH",
      required = true,
      description = "What Spark reads.")
  private String path;

  @Option(
      names = "--format",
      paramLabel = "NAME",
      showDefaultValue = CommandLine.Help.Visibility.NEVER,
      description = {
        "parquet, csv, libsvm, or another format of Spark (default: by the ending; csv has a header)."
      })
  private String format;

  @Option(
      names = "--read",
      paramLabel = "KEY=VALUE",
      description = "An option of Spark's reader, as sep=;; may be given several times.")
  private Map<String, String> reading = Map.of();

  @Option(
      names = "--features",
      paramLabel = "COLUMN[,...]",
      split = ",",
      description = {
        "One column of vectors, arrays or binary, or several of numbers (default: the column"
            + " features,",
        "else all columns but the others named here)."
      })
  private List<String> features = List.of();

  @Option(
      names = "--label",
      paramLabel = "COLUMN",
      defaultValue = "label",
      description = "The classes: numbers or texts.")
  private String label;

  @Option(names = "--weight", paramLabel = "COLUMN", description = "What a sample counts.")
  private String weight;

  @Option(
      names = "--order",
      paramLabel = "COLUMN",
      description = "Numbers or orders the rows (default: the order of the files).")
  private String order;

  @Option(names = "--require-order", description = "Reject rows that have no order.")
  private boolean requireOrder;

  @Option(
      names = "--scale",
      paramLabel = "auto|none|pixels|standard",
      defaultValue = "auto",
      description = {
        "auto: bytes of binary columns are pixels, times 1/255. standard: each feature to a mean of"
            + " 0",
        "and a deviation of 1."
      })
  private Scale scale;

  @Option(
      names = "--max-sparse-features",
      paramLabel = "N",
      defaultValue = "" + LayoutOptions.MOST_OF_SPARSE,
      description = "Reject sparse vectors of more features, since they are made dense.")
  private int mostOfSparse;

  String source() {
    return path;
  }

  LayoutOptions layout(int partitions, boolean vector) {
    FeatureScale of =
        scale == Scale.PIXELS
            ? FeatureScale.PIXELS
            : scale == Scale.NONE ? FeatureScale.NONE : FeatureScale.AUTO;
    return new LayoutOptions(
        of, scale == Scale.STANDARD, partitions, requireOrder, mostOfSparse, vector);
  }

  /** Reads; the features are in one column. */
  Dataset<Row> read(SparkSession session) {
    String of = format == null ? formatOf(path.toLowerCase(Locale.ROOT)) : format;
    var reader = session.read().format(of);
    if (of.equals("csv")) {
      reader = reader.option("header", true);
    }
    Dataset<Row> rows = reader.options(reading).load(path);
    List<String> columns = featureColumns(rows);
    if (columns.size() == 1 && !isNumber(rows, columns.getFirst())) {
      return rows.withColumn(ASSEMBLED, rows.col(columns.getFirst()));
    }
    List<Column> numbers = new ArrayList<>();
    for (String column : columns) {
      numbers.add(rows.col(quoted(column)).try_cast(DataTypes.DoubleType));
    }
    return rows.withColumn(ASSEMBLED, array(numbers.toArray(Column[]::new)));
  }

  private static boolean isNumber(Dataset<Row> rows, String column) {
    var type = rows.schema().apply(column).dataType();
    return type instanceof org.apache.spark.sql.types.NumericType
        || type.equals(DataTypes.StringType);
  }

  private static String quoted(String column) {
    return "`" + column.replace("`", "``") + "`";
  }

  private static String formatOf(String path) {
    if (path.endsWith(".csv") || path.endsWith(".csv.gz")) {
      return "csv";
    }
    boolean libsvm =
        path.endsWith(".libsvm") || path.endsWith(".svm") || path.endsWith(".svmlight");
    return libsvm ? "libsvm" : "parquet";
  }

  private List<String> featureColumns(Dataset<Row> rows) {
    if (!features.isEmpty()) {
      features.forEach(column -> rows.col(quoted(column))); // fails if it is not there
      return features;
    }
    List<String> all = new ArrayList<>(List.of(rows.columns()));
    if (all.contains("features")) {
      return List.of("features");
    }
    rows.col(quoted(label));
    all.remove(label);
    all.remove(weight);
    all.remove(order);
    return all;
  }

  RowColumns columns() {
    return new RowColumns(
        ASSEMBLED, label, Optional.ofNullable(weight), Optional.ofNullable(order));
  }
}
