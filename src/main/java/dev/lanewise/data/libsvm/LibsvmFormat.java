package dev.lanewise.data.libsvm;

import dev.lanewise.data.DataException;
import dev.lanewise.data.Dataset;
import dev.lanewise.data.DatasetFormat;
import dev.lanewise.data.DatasetPart;
import dev.lanewise.data.FeatureShape;
import dev.lanewise.data.Labels;
import dev.lanewise.data.Mapping;
import dev.lanewise.data.Origin;
import dev.lanewise.data.ReadOptions;
import dev.lanewise.data.SampleKind;
import dev.lanewise.data.Scaling;
import dev.lanewise.data.file.FileContent;
import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.matrix.Memory;
import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * LIBSVM's text format, gzipped or not: a line a sample, {@code label index:value index:value ...}.
 *
 * <p>Indices are from 1 and ascending; features that are left out are 0, and are kept as such: the
 * matrix is dense. There are as many features as the highest index, or, where {@link
 * ReadOptions#shape()} says so, more. Labels that are whole numbers from 0 are class numbers;
 * others, as -1 and +1, are classes in their order.
 */
public final class LibsvmFormat implements DatasetFormat {

  private static final String LABELS = "the first of each line";
  private static final int LOOKED_AT = 1 << 16;
  private static final long ALWAYS_ALLOWED = 1L << 30;
  private static final long MOST_TIMES = 100_000;

  /** What a value or a label takes in the file, at least. */
  private static final long LEAST_BYTES = 4;

  // What follows the first value is the next index, or nothing: a date and a time are in tables
  // too.
  private static final Pattern LINE =
      Pattern.compile(
          "^[ \\t]*+[^\\s#]++[ \\t]++[0-9]++:[^\\s:,;#]++[ \\t\\r]*+([0-9]++:|[0-9]*+\\z|#|$)",
          Pattern.MULTILINE);

  /** The format; it keeps nothing. */
  public LibsvmFormat() {}

  @Override
  public String name() {
    return "LIBSVM";
  }

  @Override
  public boolean matches(Path file) {
    byte[] start = FileContent.start(file, LOOKED_AT);
    return LINE.matcher(new String(start, StandardCharsets.ISO_8859_1)).find();
  }

  /**
   * {@inheritDoc}
   *
   * <p>It refuses, with the number of the line, indices that are out of order, below 1 or above
   * what was expected, and values that are no numbers in the range of float32.
   */
  @Override
  public Dataset read(Path path, ReadOptions options) {
    String source = path.toString();
    Size size = size(path, options);
    size.checkMemory((int) size.samples);
    Arena arena = Arena.ofShared();
    try {
      FloatMatrix matrix = FloatMatrix.allocate(arena, size.width, (int) size.samples);
      Filler filler = new Filler(source, matrix);
      try (FileContent content = FileContent.open(path)) {
        SvmLines.read(content, filler);
      }
      filler.finish();
      Labels labels = labels(source, filler.labels, options);
      return new Dataset(
          arena,
          matrix,
          labels == null ? null : labels.numbers(),
          labels == null ? SampleKind.UNNAMED : labels.classNames(),
          FeatureShape.of(size.width),
          Scaling.NONE,
          origin(path, size));
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
    int most = DatasetPart.samplesAtOnce(size.width);
    size.checkMemory((int) Math.min(most, size.samples));
    try (PartFiller filler =
            new PartFiller(origin(path, size), size.width, (int) size.samples, most, listener);
        FileContent content = FileContent.open(path)) {
      SvmLines.read(content, filler);
      filler.finish();
    }
  }

  private Origin origin(Path path, Size size) {
    return new Origin(path.toString(), name(), "indices 1 to " + size.width, "first of each line");
  }

  private static Size size(Path path, ReadOptions options) {
    String source = path.toString();
    if (options.mapping() == Mapping.ALWAYS) {
      throw new DataException(source, "the features cannot be mapped: they are text");
    }
    if (options.features().isPresent() || options.labels().isPresent()) {
      throw new DataException(
          source, "its lines have no names; --features and --labels are not for LIBSVM");
    }
    Size size = new Size(source, options);
    try (FileContent content = FileContent.open(path)) {
      SvmLines.read(content, size);
    }
    size.check();
    return size;
  }

  private static Labels labels(String source, List<String> texts, ReadOptions options) {
    // Samples that are only to be predicted may all be of one class.
    boolean one = texts.stream().distinct().limit(2).count() < 2;
    return one && !options.labelsRequired() ? null : Labels.ofTexts(source, LABELS, texts);
  }

  /** Finds out how many samples and features there are. */
  private static final class Size implements SvmLines.Listener {

    private final String source;
    private final int expected;
    private long samples;
    private long read;
    private int width;

    Size(String source, ReadOptions options) {
      this.source = source;
      this.expected = options.shape().map(FeatureShape::size).orElse(0);
    }

    @Override
    public void sample(String label, long line) {
      read += LEAST_BYTES;
      samples++;
    }

    @Override
    public void value(int index, float value, long line) {
      read += LEAST_BYTES;
      if (expected > 0 && index > expected) {
        throw new DataException(
            source,
            String.format(
                Locale.ROOT,
                "line %d: index %d, expected samples of %d features",
                line,
                index,
                expected));
      }
      width = Math.max(width, index);
    }

    void check() {
      if (samples == 0) {
        throw new DataException(source, "has no line with a sample");
      }
      if (samples > Integer.MAX_VALUE) {
        throw new DataException(
            source, String.format(Locale.ROOT, "has more than %d samples", Integer.MAX_VALUE));
      }
      width = Math.max(width, expected);
      if (width == 0) {
        throw new DataException(source, "has no features, expected index:value");
      }
    }

    void checkMemory(int held) {
      long labels = (long) held * (Integer.BYTES + Long.BYTES);
      Memory.lack(
              String.format(Locale.ROOT, "a dense table of %d samples of %d features", held, width),
              FloatMatrix.byteSize(width, held) + labels)
          .ifPresent(
              problem -> {
                throw new DataException(source, problem);
              });
      checkSparsity();
    }

    // One index of ten digits makes gigabytes of zeros.
    private void checkSparsity() {
      long size = FloatMatrix.byteSize(width, (int) samples);
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
    private final FloatMatrix matrix;
    private final List<String> labels = new ArrayList<>();
    private final Map<String, String> known = new HashMap<>();

    Filler(String source, FloatMatrix matrix) {
      this.source = source;
      this.matrix = matrix;
    }

    @Override
    public void sample(String label, long line) {
      if (labels.size() == matrix.columns()) {
        throw changed();
      }
      labels.add(known.computeIfAbsent(label, Filler::normal));
      Labels.checkCount(source, LABELS, known.size());
    }

    // +1, 1 and 1.0 are the same label.
    private static String normal(String label) {
      double value = Double.parseDouble(label);
      boolean whole = value == Math.rint(value) && Math.abs(value) < 1e9;
      return whole ? String.valueOf((long) value) : label;
    }

    @Override
    public void value(int index, float value, long line) {
      if (index > matrix.rows()) {
        throw changed();
      }
      matrix.set(index - 1, labels.size() - 1, value);
    }

    void finish() {
      if (labels.size() != matrix.columns()) {
        throw changed();
      }
    }

    private DataException changed() {
      return new DataException(
          source, "was changed while it was being read, expected the same lines to the end");
    }
  }
}
