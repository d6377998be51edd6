// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.csv;

import de.siegmar.fastcsv.reader.CsvRecord;
import dev.lanewise.data.DataException;
import dev.lanewise.data.Dataset;
import dev.lanewise.data.DatasetFormat;
import dev.lanewise.data.DatasetPart;
import dev.lanewise.data.EntryOptions;
import dev.lanewise.data.ReadOptions;
import dev.lanewise.data.TextOptions;
import dev.lanewise.data.WantedFeatures;
import dev.lanewise.data.file.TextContent;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * Tables of comma-separated values with a header, gzipped or not; semicolons or tabs may stand for
 * the commas.
 *
 * <p>All columns are features, numbers, but the one of the labels, which are class numbers or
 * texts; the one of the weights of the samples, which {@link EntryOptions#weights()} names; and the
 * one that {@link EntryOptions#leftOut()} names. Where {@link WantedFeatures#names()} names
 * features, these are found by their names, in whatever order they are, and other columns are left
 * out or refused. The column of the labels is the one that {@link EntryOptions#labels()} names,
 * else that called label, target, class or y. A table whose first line is all numbers has no
 * header, and its columns are called by their numbers from 0. The header of the tables that come
 * with scikit-learn (samples, features, names of the classes) is understood too.
 */
public final class CsvFormat implements DatasetFormat {

  private static final int LOOKED_AT = 1 << 16;

  /** The format; it keeps nothing. */
  public CsvFormat() {}

  @Override
  public String name() {
    return "CSV";
  }

  @Override
  public boolean matches(Path file) {
    return matches(file, ReadOptions.unlabelled());
  }

  @Override
  public boolean matches(Path file, ReadOptions options) {
    TextContent.Start start = TextContent.start(file, LOOKED_AT);
    return !start.isBinary() && Dialect.of(start, options.text()).isPresent();
  }

  @Override
  public List<String> unused(TextOptions text) {
    return text.firstIndex().isPresent() ? List.of(TextOptions.FIRST_INDEX) : List.of();
  }

  @Override
  public boolean readsTables() {
    return true;
  }

  /**
   * {@inheritDoc}
   *
   * <p>It refuses, with the number of the line, rows of more or fewer fields than the header has,
   * fields that are empty or no number, numbers beyond the range of float32, and weights that are
   * negative or all 0.
   */
  @Override
  public Dataset read(Path path, ReadOptions options) {
    return table(path, options).read(options, name());
  }

  @Override
  public void readInParts(Path path, ReadOptions options, Consumer<DatasetPart> listener) {
    table(path, options).readInParts(options, name(), listener);
  }

  private static CsvTable table(Path path, ReadOptions options) {
    String source = path.toString();
    Dialect dialect =
        Dialect.of(TextContent.start(path, LOOKED_AT), options.text())
            .orElseThrow(() -> new DataException(source, "is no table any more"));
    CsvHeader header;
    try (CsvRows rows = CsvRows.open(path, dialect)) {
      CsvRecord first = rows.next();
      if (first == null) {
        throw new DataException(source, "is empty, expected a header and rows");
      }
      header = CsvHeader.parse(source, dialect, first, rows.next(), options);
    }
    return CsvTable.of(new CsvBody(path, dialect, header), options);
  }
}
