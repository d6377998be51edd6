package dev.lanewise.data.hdf5;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;

import dev.lanewise.data.DataException;
import dev.lanewise.data.FeatureShape;
import dev.lanewise.data.Scaling;
import dev.lanewise.matrix.FloatMatrix;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.List;

/** Turns a data set of m x anything into X: d x m, column j is sample j in C order. */
final class FeatureReader {

  private final String source;
  private final Elements elements;
  private final FeatureShape shape;
  private final int samples;

  /**
   * Checks that a data set can be features.
   *
   * @param source the file, for messages
   * @param elements the data set
   * @throws DataException if it has fewer than two dimensions, no sample, no feature, or too many
   *     of either
   */
  FeatureReader(String source, Elements elements) {
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
      throw refused("at most %d samples of %d features".formatted(Integer.MAX_VALUE, most));
    }
    this.samples = Math.toIntExact(dimensions.getFirst());
    this.shape = new FeatureShape(dimensions.stream().skip(1).map(Math::toIntExact).toList());
  }

  private DataException refused(String expected) {
    return new DataException(
        source, "the features are %s, expected %s".formatted(elements.entry(), expected));
  }

  FeatureShape shape() {
    return shape;
  }

  int samples() {
    return samples;
  }

  Scaling scaling() {
    return elements.type().isUnsignedByte() ? Scaling.PIXELS : Scaling.NONE;
  }

  /**
   * Reads the features.
   *
   * @param arena owns the memory of the matrix
   * @return d x m, scaled
   * @throws DataException if a number is NaN, infinite or beyond the range of float32, or there is
   *     not enough memory
   */
  FloatMatrix read(Arena arena) {
    FloatMatrix matrix = allocate(arena);
    if (elements.type().isUnsignedByte()) {
      fillPixels(matrix);
    } else if (elements.type().isFloat32()) {
      fillFloats(matrix);
    } else {
      fillNumbers(matrix);
    }
    return matrix;
  }

  private FloatMatrix allocate(Arena arena) {
    MemorySegment bytes = elements.bytes();
    long unpacked = bytes.isMapped() ? 0 : bytes.byteSize();
    long floats = FloatMatrix.byteSize(shape.size(), samples);
    // The sum cannot overflow: floats is about 2^62 at most, unpacked is in memory already.
    Memory.check(source, "data set " + elements.entry() + " as float32", floats + unpacked);
    return FloatMatrix.allocate(arena, shape.size(), samples);
  }

  // Arrays and plain loops: they are quick long before the compiler has seen to them.
  private void fillPixels(FloatMatrix matrix) {
    byte[] pixels = new byte[matrix.rows()];
    float[] column = new float[matrix.rows()];
    for (int j = 0; j < samples; j++) {
      elements.copyBytes((long) j * pixels.length, pixels);
      scale(pixels, column);
      matrix.setColumn(j, column);
    }
  }

  private static void scale(byte[] pixels, float[] column) {
    for (int i = 0; i < column.length; i++) {
      column[i] = (pixels[i] & 0xff) * Scaling.PIXEL_FACTOR;
    }
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

  private void fillNumbers(FloatMatrix matrix) {
    ElementType type = elements.type();
    float[] column = new float[matrix.rows()];
    for (int j = 0; j < samples; j++) {
      ByteBuffer in = elements.run((long) j * column.length, column.length);
      for (int i = 0; i < column.length; i++) {
        column[i] = type.floatAt(in, i);
        if (!Float.isFinite(column[i])) {
          throw new DataException(
              source,
              "feature %d of sample %d in %s is %s, expected a finite number in float32's range"
                  .formatted(i, j, elements.entry().name(), type.textAt(in, i)));
        }
      }
      matrix.setColumn(j, column);
    }
  }
}
