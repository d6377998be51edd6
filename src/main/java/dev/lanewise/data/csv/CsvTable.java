// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.csv;

import de.siegmar.fastcsv.reader.CsvRecord;
import dev.lanewise.data.DataException;
import dev.lanewise.data.Dataset;
import dev.lanewise.data.DatasetPart;
import dev.lanewise.data.FeatureNames;
import dev.lanewise.data.FeatureShape;
import dev.lanewise.data.LabelCollector;
import dev.lanewise.data.LabelRules;
import dev.lanewise.data.Labels;
import dev.lanewise.data.Mapping;
import dev.lanewise.data.Origin;
import dev.lanewise.data.ReadOptions;
import dev.lanewise.data.Scaling;
import dev.lanewise.data.Schema;
import dev.lanewise.data.table.RowEncoder;
import dev.lanewise.data.table.Table;
import dev.lanewise.data.table.TableColumn;
import dev.lanewise.data.table.TableEncoding;
import dev.lanewise.data.table.TableOptions;
import dev.lanewise.data.table.TableSource;
import dev.lanewise.data.table.Term;
import dev.lanewise.matrix.DoubleMatrix;
import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.matrix.Memory;
import dev.lanewise.matrix.NumberMatrix;
import java.lang.foreign.Arena;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * A table being read: once or twice to count its rows and find the roles of columns, then whole.
 * Where the cells of the first time were kept, they are not read again.
 */
final class CsvTable {

  private final CsvBody body;
  private final String source;
  private final CsvHeader header;
  private final CsvFeatures features;
  private final CsvCells cells;

  /** What turns rows into numbers. */
  private final CsvSamples samples;

  private final CsvRowFilter filter;

  /** How many rows the file has; 0 if nobody counted them. */
  private final int rows;

  /** The columns of the rows that an encoding is learned from; null if none is. */
  private final List<TableColumn> columns;

  /** What is kept of the cells since roles were looked for; null if nothing is. */
  private final CsvRoles known;

  /** The table that the samples come from; null if nobody looked at its columns. */
  private final TableSource table;

  private CsvTable(
      CsvBody body,
      CsvFeatures features,
      CsvCells cells,
      CsvSamples samples,
      List<TableColumn> columns,
      TableSource table,
      TableOptions options,
      CsvRoles known) {
    this.rows = known == null ? 0 : known.rows();
    this.known = known;
    this.body = body;
    this.source = body.path().toString();
    this.header = body.header();
    this.features = features;
    this.cells = cells;
    this.samples = samples;
    this.columns = columns;
    this.table = table;
    this.filter = new CsvRowFilter(features.columns(), options);
  }

  /**
   * Finds out which columns are features, and how they become numbers.
   *
   * @throws DataException if they cannot be
   */
  static CsvTable of(CsvBody body, ReadOptions options) {
    String source = body.path().toString();
    Optional<TableEncoding> known = options.wanted().encoding();
    List<Term> terms = options.tables().terms();
    if (known.isPresent()) {
      refuseTerms(!terms.isEmpty() && !terms.equals(known.get().terms()), source);
      CsvFeatures features = CsvFeatures.of(source, body.header(), options);
      CsvCells cells = new CsvCells(source, body.header(), features.columns(), options);
      TableOptions tables = options.tables().missingValues(known.get().missingValues());
      CsvRawCells raw =
          new CsvRawCells(body, cells, features.columns(), known.get().tableColumns(), tables);
      return new CsvTable(
          body,
          features,
          cells,
          new CsvEncodedCells(raw, known.get(), tables.strict()),
          null,
          new TableSource(List.of(), known, Optional.empty(), tables),
          tables,
          null);
    }
    boolean columnsKnown =
        options.wanted().columns().isPresent()
            || options.wanted().numbering().filter(n -> !n.columns().isEmpty()).isPresent();
    refuseTerms(columnsKnown && !terms.isEmpty(), source);
    if (columnsKnown || !options.tables().findsRoles()) {
      CsvFeatures features = CsvFeatures.of(source, body.header(), options);
      CsvCells cells = new CsvCells(source, body.header(), features.columns(), options);
      return new CsvTable(body, features, cells, cells, null, null, options.tables(), null);
    }
    CsvRoles roles = CsvRoles.find(body, options);
    CsvFeatures features = CsvFeatures.of(source, body.header(), options);
    CsvCells cells = new CsvCells(source, body.header(), features.columns(), options);
    TableSource table =
        new TableSource(roles.profiles(), Optional.empty(), Optional.empty(), options.tables());
    if (!roles.needsEncoding() && terms.isEmpty()) {
      return new CsvTable(body, features, cells, cells, null, table, options.tables(), roles);
    }
    if (options.numbers().told().filter(Scaling::isPixels).isPresent()) {
      throw new DataException(
          source,
          "has categories or missing cells, which are no pixels; say --scale none or standard");
    }
    List<TableColumn> columns = roles.tableColumns(features.columns());
    return new CsvTable(
        body,
        features,
        cells,
        new CsvRawCells(body, cells, features.columns(), columns, options.tables()),
        columns,
        table,
        options.tables(),
        roles);
  }

  private static void refuseTerms(boolean wrong, String source) {
    if (wrong) {
      throw new DataException(
          source,
          "is read with the features of a model, which has other terms; leave --interactions,"
              + " --polynomial and --formula out");
    }
  }

  Dataset read(ReadOptions options, String format) {
    refuseMapping(options);
    int count = rows > 0 && !filter.drops() ? rows : count(row -> {}, options);
    boolean exact = options.numbers().exact();
    long besideBytes = (long) count * (Integer.BYTES + Long.BYTES + Float.BYTES);
    CsvKeptCells.Numbers[] kept = kept();
    // The rows that an encoding is learned from are kept as they are.
    requireMemory(
        count,
        (kept == null ? NumberMatrix.byteSize(samples.width(), count, learns() || exact) : 0)
            + besideBytes);
    Arena arena = Arena.ofShared();
    try {
      NumberMatrix numbers =
          kept == null
              ? NumberMatrix.allocate(arena, samples.width(), count, learns() || exact)
              : matrix(kept, count);
      float[] weights = header.weights() == CsvHeader.NONE ? null : new float[count];
      Labels labels =
          (kept == null
                  ? fill(numbers, weights, options.labelRules())
                  : keptLabels(count, options.labelRules()))
              .orElse(null);
      samples.tell(options);
      Dataset data =
          learns()
              ? encoded(arena, (DoubleMatrix) numbers, labels, exact, format)
              : named(data(arena, numbers, labels, format));
      return weights == null ? data : data.withWeights(weights);
    } catch (RuntimeException | Error e) {
      // A data set that refuses its data has closed it.
      if (arena.scope().isAlive()) {
        arena.close();
      }
      throw e;
    }
  }

  /** The cells that were kept; null if rows must be read again. */
  private CsvKeptCells.Numbers[] kept() {
    if (!learns() || filter.drops() || !header.isSure() || header.weights() != CsvHeader.NONE) {
      return null;
    }
    CsvKeptCells source = known.kept();
    CsvKeptCells.Numbers[] found = ((CsvRawCells) samples).kept(source);
    int label = header.label();
    boolean labels =
        label == CsvHeader.NONE
            || found != null && source.hasTexts(label) && !source.hasMissing(label);
    return labels ? found : null;
  }

  /** The rows as they were kept, column by column. */
  private static DoubleMatrix matrix(CsvKeptCells.Numbers[] columns, int rows) {
    return DoubleMatrix.computed(
        columns.length,
        rows,
        new DoubleMatrix.Source() {
          @Override
          public void compute(int row, double[] cells) {
            for (int i = 0; i < cells.length; i++) {
              cells[i] = columns[i].at(row);
            }
          }

          @Override
          public double element(int column, int row, int width) {
            return columns[column].at(row);
          }
        });
  }

  private Optional<Labels> keptLabels(int rows, LabelRules rules) {
    LabelCollector labels = labels(rules);
    for (int j = 0; labels != null && j < rows; j++) {
      String text = known.kept().text(header.label(), j);
      labels.add(LabelCollector.LINE, known.firstLine() + j, text);
    }
    return labels == null ? Optional.empty() : labels.finish();
  }

  /** Collects labels; null if there is no column of them. */
  private LabelCollector labels(LabelRules rules) {
    return header.label() == CsvHeader.NONE
        ? null
        : new LabelCollector(source, labelName(), rules, header.classNames());
  }

  private boolean learns() {
    return columns != null;
  }

  private void requireMemory(int rows, long bytes) {
    Memory.lack(
            String.format(
                Locale.ROOT, "a table of %d rows and %d columns", rows, header.names().size()),
            bytes)
        .ifPresent(
            problem -> {
              throw new DataException(source, problem);
            });
  }

  private Dataset data(Arena arena, NumberMatrix matrix, Labels labels, String format) {
    return new Dataset(
        arena,
        matrix,
        labels == null ? null : labels.numbers(),
        labels == null ? Schema.UNNAMED : labels.classNames(),
        FeatureShape.of(matrix.rows()),
        Scaling.NONE,
        origin(format));
  }

  /** Learns from the rows with labels, or from all if there are none, and encodes all rows. */
  private Dataset encoded(
      Arena arena, DoubleMatrix cells, Labels labels, boolean exact, String format) {
    Table rows = new Table(columns, cells);
    int[] all = IntStream.range(0, rows.rows()).toArray();
    int[] learned =
        labels == null
            ? all
            : IntStream.of(all).filter(j -> labels.numbers()[j] != Labels.MISSING).toArray();
    TableEncoding by;
    FeatureNames names;
    try {
      by = TableEncoding.learn(rows, learned, table.options());
      names = FeatureNames.of(by.featureNames());
    } catch (IllegalArgumentException e) {
      throw new DataException(source, e.getMessage(), e);
    }
    RowEncoder encoder = new RowEncoder(by, columns);
    NumberMatrix encoded;
    if (exact) {
      // They are read a few times, and float64 would take twice the memory of what is trained on.
      encoded = encoder.features(rows, all);
    } else {
      requireMemory(all.length, FloatMatrix.byteSize(by.width(), all.length));
      encoded = FloatMatrix.allocate(arena, by.width(), all.length);
      encoder.encode(rows, all, encoded);
    }
    Dataset data =
        data(arena, encoded, labels, format)
            .withFeatureNames(names)
            .withTable(table.encodedBy(by).with(Optional.of(rows)));
    return features.numbering().map(data::withNumbering).orElse(data);
  }

  private int count(Consumer<CsvRecord> check, ReadOptions options) {
    int[] kept = {0};
    int rows =
        body.count(
            row -> {
              if (filter.keeps(row)) {
                check.accept(row);
                kept[0]++;
              }
            });
    if (kept[0] == 0) {
      throw new DataException(
          source,
          String.format(
              Locale.ROOT,
              "has a missing cell in each of its %d rows, expected a row without; --missing impute"
                  + " or --drop",
              rows));
    }
    if (kept[0] < rows) {
      String line =
          String.format(
              Locale.ROOT,
              "%s: %d of %d rows have a missing cell; left out (--missing drop)",
              source,
              rows - kept[0],
              rows);
      options.notices().noted().accept(line);
    }
    return kept[0];
  }

  private void refuseMapping(ReadOptions options) {
    if (options.mapping() == Mapping.ALWAYS) {
      throw new DataException(source, "the features cannot be mapped: they are text");
    }
  }

  private Origin origin(String format) {
    Origin origin =
        new Origin(
            source,
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
    if (learns()) {
      try (Dataset whole = read(options, format)) {
        listener.accept(new DatasetPart(whole, 0, whole.samples()));
      }
      return;
    }
    boolean exact = options.numbers().exact();
    double[] sample = new double[samples.width()];
    int count = count(row -> samples.fill(row, sample), options);
    samples.tell(options);
    try (CsvRows rows = body.open()) {
      CsvRecord row = body.first(rows);
      int most = DatasetPart.samplesAtOnce(sample.length);
      for (int from = 0, to; from < count; from = to) {
        to = Math.min(count - from, most) + from;
        Arena arena = Arena.ofShared();
        NumberMatrix matrix;
        try {
          matrix = NumberMatrix.allocate(arena, sample.length, to - from, exact);
          for (int j = from; j < to; row = rows.next()) {
            body.expect(row);
            if (filter.keeps(row)) {
              samples.fill(row, sample);
              matrix.putColumn(j++ - from, sample);
            }
          }
        } catch (RuntimeException | Error e) {
          arena.close();
          throw e;
        }
        try (Dataset part = named(data(arena, matrix, null, format))) {
          listener.accept(new DatasetPart(part, from, count));
        }
      }
      requireEnd(rows, row);
    }
  }

  private void requireEnd(CsvRows rows, CsvRecord next) {
    for (CsvRecord row = next; row != null; row = rows.next()) {
      if (filter.keeps(row)) {
        throw body.changed();
      }
    }
  }

  private Dataset named(Dataset data) {
    Optional<FeatureNames> names =
        table == null || table.encoding().isEmpty()
            ? features.names()
            : table.encoding().map(by -> FeatureNames.of(by.featureNames()));
    Dataset withNames = names.map(data::withFeatureNames).orElse(data);
    Dataset numbered = features.numbering().map(withNames::withNumbering).orElse(withNames);
    return table == null ? numbered : numbered.withTable(table);
  }

  /**
   * Fills the matrix and the weights, and gives the labels if there is a column of them.
   *
   * @param weights null where there is no column of them
   */
  private Optional<Labels> fill(NumberMatrix matrix, float[] weights, LabelRules rules) {
    LabelCollector labels = labels(rules);
    double[] sample = new double[matrix.rows()];
    boolean weighs = weights == null;
    try (CsvRows rows = body.open()) {
      CsvRecord row = body.first(rows);
      long firstLine = row == null ? 0 : row.getStartingLineNumber();
      long lastLine = firstLine;
      for (int j = 0; j < matrix.columns(); row = rows.next()) {
        body.expect(row);
        lastLine = row.getStartingLineNumber();
        if (!filter.keeps(row)) {
          continue;
        }
        samples.fill(row, sample);
        matrix.putColumn(j, sample);
        if (weights != null) {
          weights[j] = cells.weight(row, header.weights());
          weighs |= weights[j] > 0;
        }
        if (labels != null) {
          labels.add(LabelCollector.LINE, lastLine, label(row));
        }
        j++;
      }
      requireEnd(rows, row);
      if (!weighs) {
        throw new DataException(
            source,
            String.format(
                Locale.ROOT,
                "lines %d to %d: column '%s' is 0 in all of them, expected a weight above 0",
                firstLine,
                lastLine,
                header.names().get(header.weights())));
      }
    }
    return labels == null ? Optional.empty() : labels.finish();
  }

  private String label(CsvRecord row) {
    String field = unquoted(row.getField(header.label()));
    if (!header.isSure() && field.equals(header.names().get(header.label()))) {
      throw new DataException(
          source,
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
}
