// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.libsvm;

import dev.lanewise.data.DataException;
import dev.lanewise.data.Dataset;
import dev.lanewise.data.DatasetFormat;
import dev.lanewise.data.DatasetPart;
import dev.lanewise.data.FeatureShape;
import dev.lanewise.data.LabelCollector;
import dev.lanewise.data.LabelRules;
import dev.lanewise.data.Labels;
import dev.lanewise.data.Mapping;
import dev.lanewise.data.Numbering;
import dev.lanewise.data.Origin;
import dev.lanewise.data.ReadOptions;
import dev.lanewise.data.Scaling;
import dev.lanewise.data.Schema;
import dev.lanewise.data.TextOptions;
import dev.lanewise.data.WantedFeatures;
import dev.lanewise.data.file.FileContent;
import dev.lanewise.data.file.TextContent;
import dev.lanewise.matrix.Memory;
import dev.lanewise.matrix.NumberMatrix;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * LIBSVM's text format, gzipped or not: a line a sample, {@code label index:value index:value ...}.
 *
 * <p>Indices are ascending, from 1 or from 0: as {@link TextOptions#firstIndex()} says, else as in
 * the file that a model learned from ({@link WantedFeatures#numbering()}), else as a comment of
 * scikit-learn's says, else from 0 where there is an index 0. Features that are left out are 0, and
 * are kept as such: the matrix is dense. There are as many features as the highest index says, or,
 * where {@link WantedFeatures#shape()} says so, more. A {@code qid:number} after the label is
 * skipped. Labels that are whole numbers from 0 are class numbers; others, as -1 and +1, are
 * classes in their order.
 */
public final class LibsvmFormat implements DatasetFormat {

  private static final String LABELS = "the first field";
  private static final int LOOKED_AT = 1 << 16;
  private static final long ALWAYS_ALLOWED = 1L << 30;
  private static final long MOST_TIMES = 100_000;

  /** What a value or a label takes in the file, at least. */
  private static final long LEAST_BYTES = 4;

  // What follows the first value is the next index, or nothing: a date and a time are in tables
  // too.
  private static final Pattern LINE =
      Pattern.compile(
          "^[ \\t]*+[^\\s#]++(?:[ \\t]++qid:[0-9]++)?+[ \\t]++[0-9]++:[^\\s:,;#]++[ \\t\\r]*+([0-9]++:|[0-9]*+\\z|#|$)",
          Pattern.MULTILINE);

  /** The format; it keeps nothing. */
  public LibsvmFormat() {}

  @Override
  public String name() {
    return "LIBSVM";
  }

  @Override
  public boolean matches(Path file) {
    return LINE.matcher(TextContent.start(file, LOOKED_AT).text()).find();
  }

  @Override
  public List<String> unused(TextOptions text) {
    return text.ofTables();
  }

  /**
   * {@inheritDoc}
   *
   * <p>It refuses, with the number of the line, indices that are out of order, or lower or higher
   * than expected, and values that are no numbers in the range of float32.
   */
  @Override
  public Dataset read(Path path, ReadOptions options) {
    String source = path.toString();
    boolean exact = options.numbers().exact();
    Size size = size(path, options);
    size.checkMemory((int) size.samples);
    Arena arena = Arena.ofShared();
    try {
      NumberMatrix matrix = NumberMatrix.allocate(arena, size.width, (int) size.samples, exact);
      Filler filler = new Filler(source, matrix, size.firstIndex, options.labelRules());
      try (FileContent content = FileContent.open(path)) {
        SvmLines.read(content, exact, filler);
      }
      filler.finish();
      Labels labels = filler.labels.finish().orElse(null);
      return new Dataset(
              arena,
              matrix,
              labels == null ? null : labels.numbers(),
              labels == null ? Schema.UNNAMED : labels.classNames(),
              FeatureShape.of(size.width),
              Scaling.NONE,
              origin(path, size))
          .withNumbering(Numbering.fromIndex(size.firstIndex));
    } catch (RuntimeException | Error e) {
      // A data set that refuses its data has closed it.
      if (arena.scope().isAlive()) {
        arena.close();
      }
      throw e;
    }
  }

  /**
   * {@inheritDoc}
   *
   * <p>A sample is dense in its part, and gone with it.
   */
  @Override
  public void readInParts(Path path, ReadOptions options, Consumer<DatasetPart> listener) {
    Size size = size(path, options);
    boolean exact = options.numbers().exact();
    int most = DatasetPart.samplesAtOnce(size.width);
    size.checkMemory((int) Math.min(most, size.samples));
    try (PartFiller filler =
            new PartFiller(
                origin(path, size),
                size.width,
                size.firstIndex,
                (int) size.samples,
                most,
                exact,
                listener);
        FileContent content = FileContent.open(path)) {
      SvmLines.read(content, exact, filler);
      filler.finish();
    }
  }

  private Origin origin(Path path, Size size) {
    return new Origin(
        path.toString(),
        name(),
        String.format(
            Locale.ROOT, "indices %d to %d", size.firstIndex, size.firstIndex + size.width - 1),
        "first of each line");
  }

  private static Size size(Path path, ReadOptions options) {
    String source = path.toString();
    if (options.mapping() == Mapping.ALWAYS) {
      throw new DataException(source, "the features cannot be mapped: they are text");
    }
    if (options.entries().features().isPresent() || options.entries().labels().isPresent()) {
      throw new DataException(
          source, "its lines have no names; --features and --labels are not for LIBSVM");
    }
    Size size = new Size(source, FirstIndex.of(path, options), options);
    try (FileContent content = FileContent.open(path)) {
      SvmLines.read(content, size.exact, size);
    }
    size.check();
    return size;
  }

  /** Finds out how many samples and features there are. */
  private static final class Size implements SvmLines.Listener {

    private final String source;
    private final FirstIndex first;
    private final int expected;

    /** Whether it is a model that expects so many, and not the user. */
    private final boolean ofModel;

    private final Consumer<String> noted;
    private final boolean exact;
    private long samples;
    private long read;
    private int lowest = Integer.MAX_VALUE;
    private int highest = -1;
    private long lineOfHighest;
    private int firstIndex;
    private int width;

    Size(String source, FirstIndex first, ReadOptions options) {
      this.source = source;
      this.first = first;
      this.exact = options.numbers().exact();
      this.expected = options.wanted().shape().map(FeatureShape::size).orElse(0);
      this.ofModel = options.wanted().numbering().isPresent();
      this.noted = options.notices().noted();
    }

    @Override
    public void sample(String label, long line) {
      read += LEAST_BYTES;
      samples++;
    }

    @Override
    public void value(int index, double value, long line) {
      read += LEAST_BYTES;
      first.check(source, index, line);
      lowest = Math.min(lowest, index);
      if (index > highest) {
        highest = index;
        lineOfHighest = line;
      }
    }

    void check() {
      if (samples == 0) {
        throw new DataException(source, "has no line with a sample");
      }
      if (samples > Integer.MAX_VALUE) {
        throw new DataException(
            source, String.format(Locale.ROOT, "has more than %d samples", Integer.MAX_VALUE));
      }
      firstIndex = first.decide(source, lowest, highest, ofModel ? expected : 0, noted);
      width = highest - firstIndex + 1;
      if (expected > 0 && width > expected) {
        throw new DataException(
            source,
            String.format(
                Locale.ROOT,
                "line %d: index %d, expected samples of %d features: indices %d to %d",
                lineOfHighest,
                highest,
                expected,
                firstIndex,
                firstIndex + expected - 1));
      }
      width = Math.max(width, expected);
      if (width <= 0) {
        throw new DataException(source, "has no features, expected index:value");
      }
    }

    void checkMemory(int held) {
      long labels = (long) held * (Integer.BYTES + Long.BYTES);
      Memory.lack(
              String.format(Locale.ROOT, "a dense table of %d samples of %d features", held, width),
              NumberMatrix.byteSize(width, held, exact) + labels)
          .ifPresent(
              problem -> {
                throw new DataException(source, problem);
              });
      checkSparsity();
    }

    // One index of ten digits makes gigabytes of zeros.
    private void checkSparsity() {
      long size = NumberMatrix.byteSize(width, (int) samples, exact);
      if (size > ALWAYS_ALLOWED && size / MOST_TIMES > read) {
        throw new DataException(
            source,
            String.format(
                Locale.ROOT,
                "would take %d bytes as a dense table of %d samples of %d features, more than %d times as many as it has",
                size,
                samples,
                width,
                MOST_TIMES));
      }
    }
  }

  /** Fills the matrix. */
  private static final class Filler implements SvmLines.Listener {

    private final String source;
    private final NumberMatrix matrix;
    private final int firstIndex;
    private final LabelCollector labels;
    private int samples;

    Filler(String source, NumberMatrix matrix, int firstIndex, LabelRules rules) {
      this.source = source;
      this.firstIndex = firstIndex;
      this.matrix = matrix;
      this.labels = new LabelCollector(source, LABELS, rules);
    }

    @Override
    public void sample(String label, long line) {
      if (samples == matrix.columns()) {
        throw changed();
      }
      samples++;
      labels.add(LabelCollector.LINE, line, label);
    }

    @Override
    public void value(int index, double value, long line) {
      if (index < firstIndex || index - firstIndex >= matrix.rows()) {
        throw changed();
      }
      matrix.put(index - firstIndex, samples - 1, value);
    }

    void finish() {
      if (samples != matrix.columns()) {
        throw changed();
      }
    }

    private DataException changed() {
      return new DataException(
          source, "was changed while it was being read, expected the same lines to the end");
    }
  }
}
