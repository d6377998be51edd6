package dev.lanewise.data;

import dev.lanewise.kernel.HostileNumbers;

/** Small data sets for tests. */
public final class TestData {

  private TestData() {}

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
