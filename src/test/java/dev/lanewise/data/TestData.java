package dev.lanewise.data;

import dev.lanewise.kernel.HostileNumbers;

/** Small data sets for tests. */
public final class TestData {

  private TestData() {}

  /** Pixels, m pictures of d one after the other; all 256 values where there are so many. */
  public static byte[] pixels(int m, int d, long seed) {
    byte[] pixels = new byte[Math.multiplyExact(m, d)];
    new java.util.Random(seed).nextBytes(pixels);
    return pixels;
  }

  /** The same pixels as floats, for a data set of floats. */
  public static float[][] scaled(byte[] pixels, int m) {
    int d = pixels.length / m;
    float[][] samples = new float[m][d];
    for (int j = 0; j < m; j++) {
      for (int i = 0; i < d; i++) {
        samples[j][i] = Scaling.pixel(pixels[j * d + i] & 0xff);
      }
    }
    return samples;
  }

  /** Two overlapping clouds that a neuron can tell apart fairly well. */
  public static Dataset clouds(int m, int d, long seed) {
    HostileNumbers numbers = new HostileNumbers(seed);
    float[][] samples = numbers.samples(m, d, HostileNumbers.Kind.SIGNED);
    int[] labels = numbers.labels(m);
    for (int j = 0; j < m; j++) {
      for (int i = 0; i < d; i += 3) {
        samples[j][i] += labels[j] == 1 ? 0.4f : -0.4f;
      }
    }
    return Dataset.of(samples, labels);
  }
}
