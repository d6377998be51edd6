// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.hdf5;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;

import dev.lanewise.data.DataException;
import dev.lanewise.data.FeatureShape;
import dev.lanewise.data.Scaling;
import dev.lanewise.data.array.NumberType;
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
import java.nio.ByteOrder;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Turns a data set of m x anything into X: d x m, column j is sample j in C order. */
final class FeatureReader {

  private final String source;
  private final Elements elements;
  private final FeatureShape shape;
  private final int samples;
  private final boolean doubles;

  /**
   * Checks that a data set can be features.
   *
   * @param source the file, for messages
   * @param elements the data set
   * @param exact whether numbers that are no float32 are kept as float64
   * @throws DataException if it has fewer than two dimensions, no sample, no feature, or too many
   *     of either
   */
  FeatureReader(String source, Elements elements, boolean exact) {
    this.source = source;
    this.elements = elements;
    Hdf5Entry entry = elements.entry();
    List<Long> dimensions = entry.dimensions();
    if (dimensions.size() < 2) {
      throw refused("samples x features, two dimensions or more");
    }
    if (dimensions.getFirst() == 0) {
      throw refused("at least one sample");
    }
    if (entry.elements() == 0) {
      throw refused("at least one feature");
    }
    // Whole below 2 GiB also as the bytes of one sample: what one Java buffer can hold.
    long most = Integer.MAX_VALUE / Math.max(elements.type().size(), Float.BYTES);
    if (dimensions.getFirst() > Integer.MAX_VALUE
        || entry.elements() / dimensions.getFirst() > most) {
      throw refused(
          String.format(Locale.ROOT, "at most %d samples of %d features", Integer.MAX_VALUE, most));
    }
    this.doubles = exact && !isWithinFloat(elements.type());
    this.samples = Math.toIntExact(dimensions.getFirst());
    this.shape = new FeatureShape(dimensions.stream().skip(1).map(Math::toIntExact).toList());
  }

  private static boolean isWithinFloat(ElementType type) {
    return type.isFloat32() || type.number().isWithinFloat();
  }

  private DataException refused(String expected) {
    return new DataException(
        source,
        String.format(Locale.ROOT, "the features are %s, expected %s", elements.entry(), expected));
  }

  FeatureShape shape() {
    return shape;
  }

  int samples() {
    return samples;
  }

  Scaling scaling() {
    return elements.type().isUnsignedByte() ? Scaling.ofBytes(shape) : Scaling.NONE;
  }

  /**
   * Why the features cannot be computed with where they lie in the file.
   *
   * @param onePiece whether they are in one piece, uncompressed
   * @return empty if they can
   */
  Optional<String> unmappable(boolean onePiece) {
    ElementType type = elements.type();
    if (!onePiece) {
      return Optional.of("they are not in one uncompressed piece of the file, in their order");
    } else if (type.isUnsignedByte() || isNativeFloat()) {
      return Optional.empty();
    }
    return Optional.of("they are " + type.name());
  }

  private boolean isNativeFloat() {
    return elements.type().isFloat32() && elements.type().order() == ByteOrder.nativeOrder();
  }

  /** The memory that a copy of the features takes, in bytes. */
  long byteSize() {
    return elements.type().isUnsignedByte()
        ? ByteMatrix.byteSize(shape.size(), samples)
        : NumberMatrix.byteSize(shape.size(), samples, doubles);
  }

  /**
   * Leaves the features in their file.
   *
   * @param file the file
   * @param offset where they begin in it, in bytes
   * @return d x m
   */
  MappedMatrix map(MappedFile file, long offset) {
    MemorySegment mapped = file.map(offset, elements.entry().byteSize());
    return elements.type().isUnsignedByte()
        ? MappedMatrix.ofBytes(file, mapped, shape.size(), samples, scaling().factor())
        : MappedMatrix.ofFloats(file, mapped, shape.size(), samples);
  }

  /**
   * Reads the features into memory: bytes as bytes, all other numbers as float32, or as float64
   * where they are to be exact and are no float32.
   *
   * @param arena owns the memory of the matrix
   * @return d x m, scaled
   * @throws DataException if a number is NaN, infinite or beyond the range of float32, or there is
   *     not enough memory
   */
  SampleMatrix read(Arena arena) {
    checkMemory();
    if (elements.type().isUnsignedByte()) {
      return pixels(arena);
    }
    if (elements.type().isFloat32()) {
      FloatMatrix matrix = FloatMatrix.allocate(arena, shape.size(), samples);
      fillFloats(matrix);
      return matrix;
    }
    NumberMatrix matrix = NumberMatrix.allocate(arena, shape.size(), samples, doubles);
    fillNumbers(matrix);
    return matrix;
  }

  private void checkMemory() {
    MemorySegment bytes = elements.bytes();
    // The sum cannot overflow: a matrix has about 2^62 bytes at most, what is unpacked is in memory
    // already.
    long unpacked = bytes.isMapped() ? 0 : bytes.byteSize();
    Memory.lack("data set " + elements.entry(), byteSize() + unpacked)
        .ifPresent(
            problem -> {
              throw new DataException(source, problem);
            });
  }

  private ByteMatrix pixels(Arena arena) {
    ByteMatrix matrix = ByteMatrix.allocate(arena, shape.size(), samples, scaling().factor());
    for (int j = 0; j < samples; j++) {
      matrix.setColumn(j, elements.bytes(), (long) j * matrix.rows());
    }
    return matrix;
  }

  private void fillFloats(FloatMatrix matrix) {
    MemorySegment from = elements.bytes();
    long size = (long) matrix.rows() * Float.BYTES;
    for (int j = 0; j < samples; j++) {
      MemorySegment.copy(
          from,
          JAVA_FLOAT_UNALIGNED.withOrder(elements.type().order()),
          j * size,
          matrix.segment(),
          JAVA_FLOAT,
          matrix.columnOffset(j),
          matrix.rows());
    }
  }

  private void fillNumbers(NumberMatrix matrix) {
    NumberType type = elements.type().number();
    double[] column = new double[matrix.rows()];
    for (int j = 0; j < samples; j++) {
      ByteBuffer in = elements.run((long) j * column.length, column.length);
      for (int i = 0; i < column.length; i++) {
        column[i] = doubles ? type.doubleAt(in, i) : type.floatAt(in, i);
        if (!Float.isFinite((float) column[i])) {
          throw new DataException(
              source,
              String.format(
                  Locale.ROOT,
                  "feature %d of sample %d in %s is %s, expected a finite number in float32's range",
                  i,
                  j,
                  elements.entry().name(),
                  type.textAt(in, i)));
        }
      }
      matrix.putColumn(j, column);
    }
  }
}
