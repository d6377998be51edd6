// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.array;

import dev.lanewise.data.DataException;
import dev.lanewise.data.FeatureShape;
import dev.lanewise.data.LabelCollector;
import dev.lanewise.data.LabelRules;
import dev.lanewise.data.Labels;
import dev.lanewise.data.Scaling;
import dev.lanewise.data.file.FileContent;
import dev.lanewise.data.file.MappedFile;
import dev.lanewise.matrix.ByteMatrix;
import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.matrix.MappedMatrix;
import dev.lanewise.matrix.Memory;
import dev.lanewise.matrix.NumberMatrix;
import dev.lanewise.matrix.SampleMatrix;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a file says of an array that it holds: samples first, the rest is one sample.
 *
 * @param source the file, for messages
 * @param name what the array is called
 * @param type how its numbers are stored
 * @param dimensions none of them negative
 */
public record NumberArray(String source, String name, NumberType type, List<Long> dimensions) {

  /** An array; the dimensions are copied. */
  public NumberArray {
    dimensions = List.copyOf(dimensions);
  }

  /**
   * The number of bytes that the array takes.
   *
   * @return {@link Long#MAX_VALUE} if they cannot be counted
   */
  public long byteSize() {
    if (dimensions.contains(0L)) {
      return 0;
    }
    long size = type.size();
    for (long dimension : dimensions) {
      if (size > Long.MAX_VALUE / dimension) {
        return Long.MAX_VALUE;
      }
      size *= dimension;
    }
    return size;
  }

  /**
   * The number of samples.
   *
   * @return the first dimension
   */
  public int samples() {
    return Math.toIntExact(dimensions.getFirst());
  }

  /**
   * The shape of a sample.
   *
   * @return all dimensions but the first
   */
  public FeatureShape shape() {
    return new FeatureShape(dimensions.stream().skip(1).map(Math::toIntExact).toList());
  }

  /**
   * How these numbers become features.
   *
   * @return for bytes without a sign as {@link Scaling#ofBytes}, else as they are
   */
  public Scaling scaling() {
    return type.isUnsignedByte() ? Scaling.ofBytes(shape()) : Scaling.NONE;
  }

  /**
   * Refuses an array that cannot be features.
   *
   * @throws DataException if it has fewer than two dimensions, no sample, no feature, or too many
   *     of either
   */
  public void checkFeatures() {
    if (dimensions.size() < 2) {
      throw refused("samples x features, two dimensions or more");
    }
    if (dimensions.getFirst() == 0) {
      throw refused("at least one sample");
    }
    if (dimensions.contains(0L)) {
      throw refused("at least one feature");
    }
    // Whole below 2 GiB also as the bytes of one sample: what one Java buffer can hold.
    long most = Integer.MAX_VALUE / Math.max(type.size(), Float.BYTES) - 2 * FloatMatrix.LANES;
    boolean tooWide = byteSize() / type.size() / dimensions.getFirst() > most;
    if (byteSize() == Long.MAX_VALUE || dimensions.getFirst() > Integer.MAX_VALUE || tooWide) {
      throw refused(
          String.format(Locale.ROOT, "at most %d samples of %d features", Integer.MAX_VALUE, most));
    }
  }

  private DataException refused(String expected) {
    return new DataException(
        source, String.format(Locale.ROOT, "the features are %s, expected %s", this, expected));
  }

  /** What a copy of the features takes in memory, in bytes. */
  private long matrixSize(boolean exact) {
    return type.isUnsignedByte()
        ? ByteMatrix.byteSize(shape().size(), samples())
        : NumberMatrix.byteSize(shape().size(), samples(), keepsDoubles(exact));
  }

  /** Whether features that are to be exact are kept as float64. */
  boolean keepsDoubles(boolean exact) {
    return exact && !type.isWithinFloat();
  }

  /**
   * Refuses features that do not fit into memory.
   *
   * @param beside what is in memory at the same time, in bytes
   * @param exact whether numbers that are no float32 are kept as float64
   * @throws DataException if there is not enough
   */
  public void checkMemory(long beside, boolean exact) {
    Memory.lack(toString(), matrixSize(exact) + beside)
        .ifPresent(
            problem -> {
              throw new DataException(source, problem);
            });
  }

  /**
   * Whether there should be no copy of the features in memory.
   *
   * @param exact whether numbers that are no float32 are kept as float64
   * @return true if it would take more than a quarter of the memory
   */
  public boolean isLarge(boolean exact) {
    return Memory.isLarge(matrixSize(exact));
  }

  /**
   * Why the features cannot be computed with where they lie, in one uncompressed piece.
   *
   * @return empty if they can
   */
  public Optional<String> unmappable() {
    return type.isUnsignedByte() || type.isNativeFloat()
        ? Optional.empty()
        : Optional.of("they are " + type);
  }

  /**
   * Leaves the features in their file.
   *
   * @param file the file
   * @param offset where they begin in it, in bytes
   * @return d x m
   */
  public MappedMatrix map(MappedFile file, long offset) {
    MemorySegment mapped = file.map(offset, byteSize());
    return type.isUnsignedByte()
        ? MappedMatrix.ofBytes(file, mapped, shape().size(), samples(), scaling().factor())
        : MappedMatrix.ofFloats(file, mapped, shape().size(), samples());
  }

  /**
   * Reads the features, which come next in a file, in C order: bytes as bytes, all other numbers as
   * float32, or as float64 where they are to be exact and are no float32.
   *
   * @param content what comes next are the numbers
   * @param arena owns the memory of the matrix
   * @param exact whether numbers that are no float32 are kept as float64
   * @return d x m, scaled
   * @throws DataException if the file ends before, or a number is not finite in float32
   */
  public SampleMatrix read(FileContent content, Arena arena, boolean exact) {
    int rows = shape().size();
    byte[] bytes = new byte[rows * type.size()];
    if (type.isUnsignedByte()) {
      ByteMatrix matrix = ByteMatrix.allocate(arena, rows, samples(), scaling().factor());
      MemorySegment sample = MemorySegment.ofArray(bytes);
      for (int j = 0; j < samples(); j++) {
        content.fill(bytes, "sample " + j + " of " + name);
        matrix.setColumn(j, sample, 0);
      }
      return matrix;
    }
    boolean doubles = keepsDoubles(exact);
    NumberMatrix matrix = NumberMatrix.allocate(arena, rows, samples(), doubles);
    ByteBuffer in = ByteBuffer.wrap(bytes).order(type.order());
    double[] column = new double[rows];
    for (int j = 0; j < samples(); j++) {
      content.fill(bytes, "sample " + j + " of " + name);
      for (int i = 0; i < rows; i++) {
        column[i] = finite(in, i, i, j, doubles);
      }
      matrix.putColumn(j, column);
    }
    return matrix;
  }

  /** A number as a feature, rounded to float32 unless doubles are kept, or a refusal. */
  double finite(ByteBuffer in, int index, int feature, int sample, boolean doubles) {
    double value = doubles ? type.doubleAt(in, index) : type.floatAt(in, index);
    if (!Float.isFinite((float) value)) {
      throw new DataException(
          source,
          String.format(
              Locale.ROOT,
              "feature %d of sample %d in %s is %s, expected a finite number in float32's range",
              feature,
              sample,
              name,
              type.textAt(in, index)));
    }
    return value;
  }

  /**
   * Refuses an array that is not one label a sample: m, m x 1 or 1 x m.
   *
   * @param samples how many there must be
   * @throws DataException if it is of another shape
   */
  public void checkLabels(int samples) {
    boolean line = dimensions.size() == 1 || dimensions.size() == 2 && dimensions.contains(1L);
    if (!line || byteSize() != (long) samples * type.size()) {
      throw new DataException(
          source,
          String.format(
              Locale.ROOT,
              "%s does not fit %d samples, expected %d labels in one dimension",
              this,
              samples,
              samples));
    }
  }

  /**
   * Reads labels, which come next in a file.
   *
   * @param content what comes next are the numbers
   * @param samples how many they are, as checked by {@link #checkLabels}
   * @param rules how labels become classes
   * @param classNames what the numbers from 0 on are called; empty if they have no names
   * @return the labels; empty where the samples are to be taken for unlabelled
   * @throws DataException if the file ends before, or as {@link LabelCollector}
   */
  public Optional<Labels> readLabels(
      FileContent content, int samples, LabelRules rules, List<String> classNames) {
    Labels.checkMemory(source, toString(), samples);
    LabelCollector labels = new LabelCollector(source, name, rules, classNames);
    byte[] bytes = new byte[type.size()];
    ByteBuffer in = ByteBuffer.wrap(bytes).order(type.order());
    for (int j = 0; j < samples; j++) {
      content.fill(bytes, "label " + j + " of " + name);
      type.addLabel(labels, in, 0, j);
    }
    return labels.finish();
  }

  /** The name, the dimensions and the type. */
  @Override
  public String toString() {
    return dimensions.stream()
        .map(String::valueOf)
        .collect(Collectors.joining(", ", name + " (", ") " + type));
  }
}
