package dev.lanewise.bench;

import dev.lanewise.data.Dataset;
import dev.lanewise.data.Scaling;
import dev.lanewise.matrix.FloatMatrix;
import java.lang.foreign.Arena;
import java.util.Random;

/**
 * Pseudo-random problems, the same in every run: {@link Random} is one of the few generators whose
 * numbers the JDK specifies.
 */
public final class Pixels {

  private Pixels() {}

  /**
   * m samples of d pixels from 0 to 1, with labels 0 and 1.
   *
   * @param d the features of a sample
   * @param m the samples
   * @return the data; the caller closes them
   */
  public static Dataset dataset(int d, int m) {
    Random random = new Random(1);
    float[][] samples = new float[m][d];
    int[] labels = new int[m];
    for (int j = 0; j < m; j++) {
      for (int i = 0; i < d; i++) {
        samples[j][i] = Scaling.pixel(random.nextInt(256));
      }
      labels[j] = random.nextInt(2);
    }
    return Dataset.of(samples, labels);
  }

  /**
   * X of such a problem as kernels take it.
   *
   * @param data made by {@link #dataset}
   * @return its features
   */
  public static FloatMatrix floats(Dataset data) {
    return (FloatMatrix) data.features();
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
