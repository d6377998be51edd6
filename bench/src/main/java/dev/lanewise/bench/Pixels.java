// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.bench;

import dev.lanewise.data.Dataset;
import dev.lanewise.data.FeatureShape;
import dev.lanewise.data.Origin;
import dev.lanewise.data.Scaling;
import dev.lanewise.data.Schema;
import dev.lanewise.data.file.MappedFile;
import dev.lanewise.matrix.ByteMatrix;
import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.matrix.SampleMatrix;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;

/** Pseudo-random problems, the same in every run. */
public final class Pixels {

  private static final int VALUES = 256;
  private static final double MIDDLE = (VALUES - 1) / 2.0;

  // A pixel's standard deviation is 74.
  private static final double NOISE = 100;

  // SplitMix64, eight pixels a number: large problems are to be made in a second.
  private long state = 1;

  private Pixels() {}

  /**
   * m samples of d pixels from 0 to 1, with labels 0 and 1 that have to do with them.
   *
   * @param shape d and m
   * @return the data; the caller closes them
   */
  public static Dataset floats(Shape shape) {
    float[] features = new float[VALUES];
    for (int pixel = 0; pixel < VALUES; pixel++) {
      features[pixel] = Scaling.pixel(pixel);
    }
    Arena arena = Arena.ofShared();
    FloatMatrix x = FloatMatrix.allocate(arena, shape.d(), shape.m());
    float[] column = new float[shape.d()];
    int[] labels =
        draw(
            shape,
            (j, sample) -> {
              for (int i = 0; i < column.length; i++) {
                column[i] = features[Byte.toUnsignedInt(sample[i])];
              }
              x.setColumn(j, column);
            });
    return dataset(arena, x, labels, shape);
  }

  /**
   * The same samples as {@link #floats(Shape)} gives, as bytes.
   *
   * @param shape d and m
   * @return the data; the caller closes them
   */
  public static Dataset bytes(Shape shape) {
    Arena arena = Arena.ofShared();
    ByteMatrix x = ByteMatrix.allocate(arena, shape.d(), shape.m(), Scaling.PIXEL_FACTOR);
    int[] labels = draw(shape, (j, sample) -> x.setColumn(j, MemorySegment.ofArray(sample), 0));
    return dataset(arena, x, labels, shape);
  }

  /**
   * The same samples, as bytes in a mapped file.
   *
   * @param shape d and m
   * @return the data; the caller closes them
   */
  public static Dataset mappedBytes(Shape shape) {
    try (MappedPixels file = new MappedPixels()) {
      int[] labels = draw(shape, (j, sample) -> file.add(sample));
      MappedFile mapped = file.map();
      SampleMatrix x = MappedPixels.bytes(mapped, shape, Scaling.PIXEL_FACTOR);
      return dataset(mapped, x, labels, shape);
    }
  }

  /**
   * The same samples, as floats in a mapped file.
   *
   * @param shape d and m
   * @return the data; the caller closes them
   */
  public static Dataset mappedFloats(Shape shape) {
    ByteBuffer floats = ByteBuffer.allocate(shape.d() * Float.BYTES).order(ByteOrder.nativeOrder());
    try (MappedPixels file = new MappedPixels()) {
      int[] labels =
          draw(
              shape,
              (j, sample) -> {
                floats.clear();
                for (byte pixel : sample) {
                  floats.putFloat(Scaling.pixel(Byte.toUnsignedInt(pixel)));
                }
                file.add(floats.array());
              });
      MappedFile mapped = file.map();
      return dataset(mapped, MappedPixels.floats(mapped, shape), labels, shape);
    }
  }

  /** Takes one sample. */
  private interface Column {
    void set(int j, byte[] sample);
  }

  /** Draws all samples; returns their labels. */
  private static int[] draw(Shape shape, Column column) {
    int[] labels = new int[shape.m()];
    Pixels pixels = new Pixels();
    byte[] sample = new byte[shape.d()];
    for (int j = 0; j < shape.m(); j++) {
      pixels.next(sample);
      column.set(j, sample);
      labels[j] = pixels.label(sample);
    }
    return labels;
  }

  private static Dataset dataset(Arena arena, SampleMatrix x, int[] labels, Shape shape) {
    return new Dataset(
        arena,
        x,
        labels,
        Schema.UNNAMED,
        FeatureShape.of(shape.d()),
        Scaling.PIXELS,
        Origin.memory("pixels"));
  }

  private void next(byte[] sample) {
    long bits = 0;
    for (int i = 0; i < sample.length; i++) {
      bits = i % Long.BYTES == 0 ? next() : bits >>> Byte.SIZE;
      sample[i] = (byte) bits;
    }
  }

  // Half of the pixels speak for a class and half against it, and chance has its say: something can
  // be learned, and no weights tell all samples apart.
  private int label(byte[] sample) {
    double sum = 0;
    for (int i = 0; i < sample.length; i++) {
      double brightness = Byte.toUnsignedInt(sample[i]) - MIDDLE;
      sum += (mix(i) & 1) == 0 ? brightness : -brightness;
    }
    double chance = 2 * ((next() >>> 11) * 0x1p-53) - 1;
    return sum > NOISE * Math.sqrt(sample.length) * chance ? 1 : 0;
  }

  private long next() {
    state += 0x9E3779B97F4A7C15L;
    return mix(state);
  }

  private static long mix(long number) {
    long bits = (number ^ number >>> 30) * 0xBF58476D1CE4E5B9L;
    bits = (bits ^ bits >>> 27) * 0x94D049BB133111EBL;
    return bits ^ bits >>> 31;
  }

  /**
   * X of such a problem as kernels take it.
   *
   * @param data made by {@link #floats(Shape)}
   * @return its features
   * @throws IllegalArgumentException if they are stored otherwise
   */
  public static FloatMatrix floats(Dataset data) {
    if (!(data.features() instanceof FloatMatrix floats)) {
      throw new IllegalArgumentException("this benchmark takes storage=floats only");
    }
    return floats;
  }

  /**
   * A column of numbers above {@code -scale} and below {@code scale}.
   *
   * @param arena owns the memory
   * @param rows how many numbers
   * @param scale what bounds them
   * @return the column
   */
  public static FloatMatrix column(Arena arena, int rows, float scale) {
    Random random = new Random(2);
    FloatMatrix column = FloatMatrix.allocate(arena, rows, 1);
    for (int i = 0; i < rows; i++) {
      column.set(i, 0, scale * (2 * random.nextFloat() - 1));
    }
    return column;
  }
}
