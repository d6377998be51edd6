package dev.lanewise.data.csv;

import de.siegmar.fastcsv.reader.CsvRecord;
import dev.lanewise.data.DataException;
import dev.lanewise.data.Dataset;
import dev.lanewise.data.DatasetFormat;
import dev.lanewise.data.DatasetPart;
import dev.lanewise.data.ReadOptions;
import dev.lanewise.data.file.FileContent;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Tables of comma-separated values with a header, gzipped or not; semicolons or tabs may stand for
 * the commas.
 *
 * <p>All columns are features, numbers, but the one of the labels, which are class numbers or
 * texts; the one of the weights of the samples, which {@link ReadOptions#weights()} names; and the
 * one that {@link ReadOptions#leftOut()} names. Where {@link ReadOptions#featureNames()} names
 * features, these are found by their names, in whatever order they are, and other columns are left
 * out or refused. The column of the labels is the one that {@link ReadOptions#labels()} names, else
 * that called label, target, class or y. A table whose first line is all numbers has no header, and
 * its columns are called by their numbers from 0. The header of the tables that come with
 * scikit-learn (samples, features, names of the classes) is understood too.
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
    byte[] start = FileContent.start(file, LOOKED_AT);
    for (byte character : start) {
      boolean control = character >= 0 && character < ' ';
      if (control && character != '\t' && character != '\n' && character != '\r') {
        return false;
      }
    }
    return Separator.of(start, start.length == LOOKED_AT).isPresent();
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
    char separator =
        Separator.of(FileContent.start(path, LOOKED_AT), true)
            .orElseThrow(() -> new DataException(source, "is no CSV file any more"));
    CsvHeader header;
    try (CsvRows rows = CsvRows.open(path, separator)) {
      CsvRecord first = rows.next();
      if (first == null) {
        throw new DataException(source, "is empty, expected a header and rows");
      }
      header = CsvHeader.parse(source, first, rows.next(), options);
    }
    return new CsvTable(path, separator, header, CsvFeatures.of(source, header, options));
  }
}
