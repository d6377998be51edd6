// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data;

import dev.lanewise.kernel.HostileNumbers;
import dev.lanewise.matrix.FloatMatrix;
import java.lang.foreign.Arena;
import java.util.stream.IntStream;

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

  /** As many overlapping clouds as classes, every third feature telling one of them. */
  public static Dataset manyClouds(int m, int d, int classes, long seed) {
    HostileNumbers numbers = new HostileNumbers(seed);
    float[][] samples = numbers.samples(m, d, HostileNumbers.Kind.SIGNED);
    int[] labels = new int[m];
    for (int j = 0; j < m; j++) {
      labels[j] = j < classes ? j : numbers.between(0, classes - 1);
      for (int i = 0; i < d; i++) {
        samples[j][i] += i % (classes + 2) == labels[j] ? 0.8f : 0;
      }
    }
    return ofClasses(samples, labels, classes);
  }

  /** Samples of any number of classes. */
  public static Dataset ofClasses(float[][] samples, int[] labels, int classes) {
    Arena arena = Arena.ofShared();
    FloatMatrix features = FloatMatrix.allocate(arena, samples[0].length, samples.length);
    for (int j = 0; j < samples.length; j++) {
      features.setColumn(j, samples[j]);
    }
    return new Dataset(
        arena,
        features,
        labels,
        IntStream.range(0, classes).mapToObj(String::valueOf).toList(),
        FeatureShape.of(samples[0].length),
        Scaling.NONE,
        Origin.memory("clouds"));
  }
}
