package dev.lanewise.bench.peers;

import dev.lanewise.bench.Pixels;
import dev.lanewise.bench.Verify;
import dev.lanewise.data.Dataset;
import dev.lanewise.reference.Neuron;
import dev.lanewise.reference.Samples;
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

  private static final int VERIFIED_ITERATIONS = 10;

  /** Relative to the largest weight. */
  private static final double TOLERANCE = 1e-5;

  private BLAS library;
  private int stride;
  private float[] x;
  private int[] labels;
  private float[] w;
  private float[] z;
  private float[] g;
  private float bias;

  /** Called by JMH. */
  public BlasEpoch() {}

  /** Makes the problem, and verifies the weights after a few iterations. */
  @Setup
  public void setUp() {
    library = timed();
    w = new float[d];
    z = new float[m];
    g = new float[d];
    try (Dataset data = Pixels.dataset(d, m)) {
      stride = Pixels.floats(data).stride();
      x = onHeap(data);
      labels = data.labels();
      verify(Samples.of(data));
    }
  }

  // As in our own benchmark: steps that cannot overshoot.
  private double learningRate() {
    return 4.0 / (d + 1);
  }

  private void verify(double[][] samples) {
    descend(VERIFIED_ITERATIONS);
    Neuron neuron = new Neuron(d);
    for (int iteration = 0; iteration < VERIFIED_ITERATIONS; iteration++) {
      neuron.descend(samples, labels, learningRate());
    }
    double[] expected = neuron.weights();
    double largest = Math.abs(neuron.bias());
    for (double weight : expected) {
      largest = Math.max(largest, Math.abs(weight));
    }
    double bound = TOLERANCE * largest;
    for (int i = 0; i < d; i++) {
      Verify.close("w " + i, expected[i], w[i], bound);
    }
    Verify.close("b", neuron.bias(), bias, bound);
  }

  private void descend(int iterations) {
    Arrays.fill(w, 0f);
    bias = 0;
    float rate = (float) (-learningRate() / m);
    for (int iteration = 0; iteration < iterations; iteration++) {
      Arrays.fill(z, bias);
      library.sgemv("T", d, m, 1f, x, stride, w, 1, 1f, z, 1); // (1)
      double errors = 0;
      for (int j = 0; j < m; j++) {
        z[j] = (float) (1 / (1 + Math.exp(-z[j]))) - labels[j]; // (2) and the bracket of (6), (7)
        errors += z[j];
      }
      library.sgemv("N", d, m, 1f, x, stride, z, 1, 0f, g, 1); // (6)
      library.saxpy(d, rate, g, 1, w, 1); // (8)
      bias -= (float) (learningRate() / m * errors); // (7), (9)
    }
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
