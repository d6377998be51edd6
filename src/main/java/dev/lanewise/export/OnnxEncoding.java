// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.export;

import dev.lanewise.data.table.CategoricalEncoding;
import dev.lanewise.data.table.ColumnEncoding;
import dev.lanewise.data.table.NumericEncoding;
import dev.lanewise.data.table.TableEncoding;
import dev.lanewise.export.OnnxGraph.Attribute;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.LongStream;

/** The encoding of a table's columns as operators, in double as in Lanewise. */
final class OnnxEncoding {

  private static final List<String> OUTPUTS = List.of("probabilities", "class");
  private static final List<Integer> ONE = List.of(1);
  private static final long NONE = -1;

  private final OnnxGraph graph;
  private final List<String> parts = new ArrayList<>();

  private OnnxEncoding(OnnxGraph graph) {
    this.graph = graph;
  }

  /** Why an encoding cannot be exported. */
  static Optional<String> problem(TableEncoding encoding) {
    return encoding.columnNames().stream()
        .filter(OUTPUTS::contains)
        .findFirst()
        .map(
            name ->
                String.format(
                    Locale.ROOT,
                    "column '%s' would be an input with the name of an output; rename it in the"
                        + " table and train again",
                    name));
  }

  /** Adds an input for each column; returns the features, N x d doubles. */
  static String features(OnnxGraph graph, TableEncoding encoding) {
    OnnxEncoding onnx = new OnnxEncoding(graph);
    for (ColumnEncoding column : encoding.columns()) {
      graph.input(
          column.name(),
          column instanceof NumericEncoding ? OnnxGraph.DOUBLE : OnnxGraph.STRING,
          ONE,
          column instanceof NumericEncoding number
              ? number.isBoolean() ? "1 for true, 0 for false" : "numbers, NaN if missing"
              : "levels, empty if missing");
    }
    for (int i = 0; i < encoding.columns().size(); i++) {
      ColumnEncoding column = encoding.columns().get(i);
      if (column instanceof NumericEncoding number) {
        onnx.number(number, "column_" + i);
      } else {
        onnx.levels((CategoricalEncoding) column, encoding, "column_" + i);
      }
    }
    String encoded = graph.operator("Concat", onnx.parts, "encoded", new Attribute("axis", 1));
    return encoding.terms().isEmpty() ? encoded : terms(graph, encoding, encoded);
  }

  /** Adds the products of columns, one term after the other. */
  private static String terms(OnnxGraph graph, TableEncoding encoding, String encoded) {
    List<String> parts = new ArrayList<>(List.of(encoded));
    List<int[]> factors = encoding.factors();
    int at = 0;
    for (int term = 0; term < encoding.terms().size(); term++) {
      int width = encoding.termWidths().get(term);
      String product = null;
      for (int i = 0; i < encoding.terms().get(term).columns().size(); i++) {
        long[] numbers = new long[width];
        for (int k = 0; k < width; k++) {
          numbers[k] = factors.get(at + k)[i];
        }
        String suffix = term + "_" + i;
        String indices = graph.integers("factors_" + suffix, numbers);
        String factor =
            graph.operator(
                "Gather", List.of(encoded, indices), "factor_" + suffix, new Attribute("axis", 1));
        product =
            product == null
                ? factor
                : graph.operator("Mul", List.of(product, factor), "product_" + suffix);
      }
      if (width > 0) {
        parts.add(product);
      }
      at += width;
    }
    return graph.operator("Concat", parts, "with_terms", new Attribute("axis", 1));
  }

  private void number(NumericEncoding column, String name) {
    if (column.fill().isEmpty()) {
      parts.add(column.name());
      return;
    }
    String missing = graph.operator("IsNaN", List.of(column.name()), name + "_missing");
    String fill = graph.doubles(name + "_fill", new double[] {column.fill().getAsDouble()});
    parts.add(graph.operator("Where", List.of(missing, fill, column.name()), name + "_filled"));
    if (column.indicator()) {
      parts.add(doubles(missing, name + "_indicator"));
    }
  }

  private String doubles(String operand, String name) {
    return graph.operator("Cast", List.of(operand), name, new Attribute("to", OnnxGraph.DOUBLE));
  }

  private void levels(CategoricalEncoding column, TableEncoding encoding, String name) {
    int width = column.featureNames().size();
    if (width == 0) {
      return;
    }
    List<String> texts = new ArrayList<>();
    List<Long> features = new ArrayList<>();
    for (long i = 0; i < column.levels().size(); i++) {
      texts.add(column.levels().get((int) i));
      features.add(i);
    }
    for (String rare : column.rare()) {
      texts.add(rare);
      features.add((long) column.levels().size());
    }
    if (column.missing()) {
      List<String> missing = new ArrayList<>(encoding.missingValues());
      missing.add("");
      for (String text : missing) {
        texts.add(text);
        features.add(width - 1L);
      }
    }
    String number =
        graph.operator(
            OnnxGraph.ML_DOMAIN,
            "LabelEncoder",
            List.of(column.name()),
            name + "_number",
            Attribute.texts("keys_strings", texts),
            Attribute.numbers("values_int64s", features),
            new Attribute("default_int64", NONE));
    String numbers = graph.integers(name + "_numbers", LongStream.range(0, width).toArray());
    String equal = graph.operator("Equal", List.of(number, numbers), name + "_equal");
    parts.add(doubles(equal, name + "_levels"));
  }
}
