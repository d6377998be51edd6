// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.csv;

import de.siegmar.fastcsv.reader.CsvRecord;
import dev.lanewise.data.DataException;
import dev.lanewise.data.Dataset;
import dev.lanewise.data.DatasetPart;
import dev.lanewise.data.FeatureShape;
import dev.lanewise.data.LabelCollector;
import dev.lanewise.data.LabelRules;
import dev.lanewise.data.Labels;
import dev.lanewise.data.Mapping;
import dev.lanewise.data.Origin;
import dev.lanewise.data.ReadOptions;
import dev.lanewise.data.Scaling;
import dev.lanewise.data.Schema;
import dev.lanewise.matrix.Memory;
import dev.lanewise.matrix.NumberMatrix;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A table being read, twice: first its rows are counted, so that its memory is asked for once.
 *
 * @param path the file
 * @param dialect how its lines are taken apart
 * @param header the columns
 * @param features which of them are features
 * @param cells what is in their fields
 */
record CsvTable(
    Path path, Dialect dialect, CsvHeader header, CsvFeatures features, CsvCells cells) {

  Dataset read(ReadOptions options, String format) {
    String source = path.toString();
    refuseMapping(options);
    int samples = count(this::check);
    int width = features.width();
    boolean exact = options.numbers().exact();
    long besideBytes = (long) samples * (Integer.BYTES + Long.BYTES + Float.BYTES);
    Memory.lack(
            String.format(
                Locale.ROOT, "a table of %d rows and %d columns", samples, header.names().size()),
            NumberMatrix.byteSize(width, samples, exact) + besideBytes)
        .ifPresent(
            problem -> {
              throw new DataException(source, problem);
            });
    Arena arena = Arena.ofShared();
    try {
      NumberMatrix matrix = NumberMatrix.allocate(arena, width, samples, exact);
      float[] weights = header.weights() == CsvHeader.NONE ? null : new float[samples];
      Labels labels = fill(matrix, weights, options.labelRules()).orElse(null);
      Dataset data =
          named(
              new Dataset(
                  arena,
                  matrix,
                  labels == null ? null : labels.numbers(),
                  labels == null ? Schema.UNNAMED : labels.classNames(),
                  FeatureShape.of(width),
                  Scaling.NONE,
                  origin(format)));
      return weights == null ? data : data.withWeights(weights);
    } catch (RuntimeException | Error e) {
      // A data set that refuses its data has closed it.
      if (arena.scope().isAlive()) {
        arena.close();
      }
      throw e;
    }
  }

  private void refuseMapping(ReadOptions options) {
    if (options.mapping() == Mapping.ALWAYS) {
      throw new DataException(path.toString(), "the features cannot be mapped: they are text");
    }
  }

  private Origin origin(String format) {
    Origin origin =
        new Origin(
            path.toString(),
            format,
            String.format(Locale.ROOT, "%d columns", features.width()),
            header.label() == CsvHeader.NONE ? "" : labelName());
    return header.weights() == CsvHeader.NONE
        ? origin
        : origin.withWeights(header.names().get(header.weights()));
  }

  /** Gives the samples a part at a time, without labels. */
  void readInParts(ReadOptions options, String format, Consumer<DatasetPart> listener) {
    refuseMapping(options);
    boolean exact = options.numbers().exact();
    double[] sample = new double[features.width()];
    int samples =
        count(
            row -> {
              check(row);
              cells.fill(row, features.columns(), sample);
            });
    try (CsvRows rows = CsvRows.open(path, dialect)) {
      CsvRecord row = first(rows);
      int most = DatasetPart.samplesAtOnce(sample.length);
      for (int from = 0, to; from < samples; from = to) {
        to = Math.min(samples - from, most) + from;
        Arena arena = Arena.ofShared();
        NumberMatrix matrix;
        try {
          matrix = NumberMatrix.allocate(arena, sample.length, to - from, exact);
          for (int j = from; j < to; j++, row = rows.next()) {
            expect(row);
            cells.fill(row, features.columns(), sample);
            matrix.putColumn(j - from, sample);
          }
        } catch (RuntimeException | Error e) {
          arena.close();
          throw e;
        }
        try (Dataset part = unlabelled(arena, matrix, format)) {
          listener.accept(new DatasetPart(part, from, samples));
        }
      }
      if (row != null) {
        throw changed();
      }
    }
  }

  private Dataset unlabelled(Arena arena, NumberMatrix matrix, String format) {
    return named(
        new Dataset(
            arena,
            matrix,
            null,
            Schema.UNNAMED,
            FeatureShape.of(matrix.rows()),
            Scaling.NONE,
            origin(format)));
  }

  private Dataset named(Dataset data) {
    Dataset withNames = features.names().map(data::withFeatureNames).orElse(data);
    return features.numbering().map(withNames::withNumbering).orElse(withNames);
  }

  private void expect(CsvRecord row) {
    if (row == null) {
      throw changed();
    }
    check(row);
  }

  private int count(Consumer<CsvRecord> check) {
    long count = 0;
    try (CsvRows rows = CsvRows.open(path, dialect)) {
      CsvRecord row = first(rows);
      while (row != null) {
        check.accept(row);
        count++;
        row = rows.next();
      }
    }
    if (count == 0) {
      throw new DataException(path.toString(), "has no row but its header, expected samples");
    }
    if (header.rows() != CsvHeader.NONE && count != header.rows()) {
      throw new DataException(
          path.toString(),
          String.format(Locale.ROOT, "has %d rows, its header says %d", count, header.rows()));
    }
    if (count > Integer.MAX_VALUE) {
      throw new DataException(path.toString(), "has more than 2147483647 rows");
    }
    return (int) count;
  }

  private CsvRecord first(CsvRows rows) {
    CsvRecord first = rows.next();
    return header.firstIsRow() || first == null ? first : rows.next();
  }

  private void check(CsvRecord row) {
    int fields = row.getFieldCount();
    int expected = header.names().size();
    if (fields != expected) {
      String advice = "";
      if (fields == expected + 1 && row.getField(expected).isBlank()) {
        advice = "; it ends with a separator, remove it";
      } else if (fields > expected) {
        advice = "; a field with a separator in it, such as a decimal comma, stands in quotes";
      }
      throw new DataException(
          path.toString(),
          String.format(
              Locale.ROOT,
              "line %d has %d fields, expected %d%s",
              row.getStartingLineNumber(),
              fields,
              expected,
              advice));
    }
  }

  /**
   * Fills the matrix and the weights, and gives the labels if there is a column of them.
   *
   * @param weights null where there is no column of them
   */
  private Optional<Labels> fill(NumberMatrix matrix, float[] weights, LabelRules rules) {
    boolean labelled = header.label() != CsvHeader.NONE;
    LabelCollector labels =
        labelled
            ? new LabelCollector(path.toString(), labelName(), rules, header.classNames())
            : null;
    double[] sample = new double[matrix.rows()];
    boolean weighs = weights == null;
    try (CsvRows rows = CsvRows.open(path, dialect)) {
      CsvRecord row = first(rows);
      long firstLine = row == null ? 0 : row.getStartingLineNumber();
      long lastLine = firstLine;
      for (int j = 0; j < matrix.columns(); j++, row = rows.next()) {
        expect(row);
        cells.fill(row, features.columns(), sample);
        matrix.putColumn(j, sample);
        lastLine = row.getStartingLineNumber();
        if (weights != null) {
          weights[j] = cells.weight(row, header.weights());
          weighs |= weights[j] > 0;
        }
        if (labelled) {
          labels.add(LabelCollector.LINE, lastLine, label(row));
        }
      }
      if (row != null) {
        throw changed();
      }
      if (!weighs) {
        throw new DataException(
            path.toString(),
            String.format(
                Locale.ROOT,
                "lines %d to %d: column '%s' is 0 in all of them, expected a weight above 0",
                firstLine,
                lastLine,
                header.names().get(header.weights())));
      }
    }
    return labelled ? labels.finish() : Optional.empty();
  }

  private String label(CsvRecord row) {
    String field = unquoted(row.getField(header.label()));
    if (!header.isSure() && field.equals(header.names().get(header.label()))) {
      throw new DataException(
          path.toString(),
          String.format(
                  Locale.ROOT,
                  "line %d has '%s', as the first line, which could be a row, too; say --no-header if it is,",
                  row.getStartingLineNumber(),
                  CsvCells.shown(field))
              + " else --header");
    }
    return cells.label(field);
  }

  // Blanks before quotes that come late in the file have not been seen before.
  private static String unquoted(String field) {
    String text = field.strip();
    boolean spaced = text.length() > 1 && field.charAt(0) == ' ' && text.charAt(0) == '"';
    return spaced && text.endsWith("\"") ? text.substring(1, text.length() - 1) : text;
  }

  private String labelName() {
    return String.format(Locale.ROOT, "column '%s'", header.names().get(header.label()));
  }

  private DataException changed() {
    return new DataException(
        path.toString(), "was changed while it was being read, expected the same rows to the end");
  }
}
