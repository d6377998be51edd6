package dev.lanewise.bench;

import dev.lanewise.data.Dataset;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.model.Model;
import dev.lanewise.reference.Neuron;
import dev.lanewise.reference.Samples;
import dev.lanewise.train.EngineChoice;
import dev.lanewise.train.LogisticRegression;
import dev.lanewise.train.TrainingListener;
import dev.lanewise.train.TrainingOptions;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** Equations (1) to (9) without the cost: one iteration of training by the primal engine. */
public class Epoch extends KernelBenchmark {

  /**
   * Iterations of one timed run. What a run does but once, such as the digest of the data, is
   * spread over them.
   */
  private static final int ITERATIONS = 200;

  private static final int VERIFIED_ITERATIONS = 10;

  /** Relative to the largest weight. */
  private static final double TOLERANCE = 1e-5;

  /** The features of a sample. */
  @Param("12288")
  public int d;

  /** The samples. */
  @Param("209")
  public int m;

  /** How many threads compute. */
  @Param("1")
  public int threads;

  private Kernels kernels;
  private Dataset data;
  private LogisticRegression trainer;

  /** Called by JMH. */
  public Epoch() {}

  /** Makes the problem, and verifies the weights after a few iterations. */
  @Setup
  public void setUp() {
    kernels = timed();
    data = Pixels.dataset(d, m);
    trainer = new LogisticRegression(options(ITERATIONS));
    verify();
  }

  private TrainingOptions options(int iterations) {
    return TrainingOptions.defaults()
        .withEngine(EngineChoice.PRIMAL)
        .withThreads(threads)
        .withIterations(iterations)
        .withLearningRate(learningRate())
        .withCostEvery(0);
  }

  // The cost bends by at most (d + 1) / 4, as no pixel is above 1: such steps cannot overshoot, and
  // rounding errors do not grow.
  private double learningRate() {
    return 4.0 / (d + 1);
  }

  private void verify() {
    LogisticRegression few = new LogisticRegression(options(VERIFIED_ITERATIONS));
    Model model = few.fit(data, kernels, TrainingListener.SILENT).model();
    Model others = few.fit(data, counterpart(), TrainingListener.SILENT).model();
    float[] weights = model.weights();
    Verify.sameBits("w", weights, others.weights());
    Verify.sameBits("b", new float[] {model.bias()}, new float[] {others.bias()});

    double[][] samples = Samples.of(data);
    int[] labels = data.labels();
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
      Verify.close("w " + i, expected[i], weights[i], bound);
    }
    Verify.close("b", neuron.bias(), model.bias(), bound);
  }

  /** Frees the memory. */
  @TearDown
  public void tearDown() {
    data.close();
  }

  /**
   * What is timed.
   *
   * @return the model
   */
  @Benchmark
  @OperationsPerInvocation(ITERATIONS)
  public Model epoch() {
    return trainer.fit(data, kernels, TrainingListener.SILENT).model();
  }
}
