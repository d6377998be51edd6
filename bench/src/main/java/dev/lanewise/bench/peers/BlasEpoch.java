// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.bench.peers;

import dev.lanewise.bench.DescentCheck;
import dev.lanewise.bench.Pixels;
import dev.lanewise.data.Dataset;
import dev.ludovic.netlib.blas.BLAS;
import java.util.Arrays;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Setup;

/**
 * Equations (1) to (9) without the cost, as one would write them on BLAS; beside {@link
 * dev.lanewise.bench.Epoch}.
 */
public class BlasEpoch extends BlasBenchmark {

  private static final int ITERATIONS = 200;

  private BLAS library;
  private int stride;
  private float[] x;
  private int[] labels;
  private float[] w;
  private float[] z;
  private float[] g;
  private float bias;

  // A chain of additions may be as long as there are samples, where ours end with a block.
  private static final double TOLERANCE = 10 * DescentCheck.TOLERANCE;

  /** Called by JMH. */
  public BlasEpoch() {}

  /** Makes the problem, and verifies the weights after a few iterations. */
  @Setup
  public void setUp() {
    library = timed();
    try (Dataset data = problem()) {
      w = new float[d];
      z = new float[m];
      g = new float[d];
      stride = Pixels.floats(data).stride();
      x = onHeap(data);
      labels = data.labels();
      DescentCheck.verify(data, DescentCheck.learningRate(d), TOLERANCE, this::verified);
    }
  }

  private DescentCheck.Weights verified(int iterations) {
    descend(iterations);
    return new DescentCheck.Weights(w.clone(), bias);
  }

  private void descend(int iterations) {
    Arrays.fill(w, 0f);
    bias = 0;
    float rate = (float) (-DescentCheck.learningRate(d) / m);
    for (int iteration = 0; iteration < iterations; iteration++) {
      forward();
      double errors = 0;
      for (int j = 0; j < m; j++) {
        z[j] = (float) (1 / (1 + Math.exp(-z[j]))) - labels[j]; // (2) and the bracket of (6), (7)
        errors += z[j];
      }
      gradient();
      library.saxpy(d, rate, g, 1, w, 1); // (8)
      bias -= (float) (DescentCheck.learningRate(d) / m * errors); // (7), (9)
    }
  }

  // (1)
  private void forward() {
    Arrays.fill(z, bias);
    library.sgemv("T", d, m, 1f, x, stride, w, 1, 1f, z, 1);
  }

  // (6)
  private void gradient() {
    library.sgemv("N", d, m, 1f, x, stride, z, 1, 0f, g, 1);
  }

  /**
   * The two calls alone, with nothing between them.
   *
   * @return g
   */
  @Benchmark
  public float[] sgemvTwice() {
    forward();
    gradient();
    return g;
  }

  /**
   * What is timed.
   *
   * @return w
   */
  @Benchmark
  @OperationsPerInvocation(ITERATIONS)
  public float[] epochSgemv() {
    descend(ITERATIONS);
    return w;
  }
}
