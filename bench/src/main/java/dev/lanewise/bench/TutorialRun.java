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
import java.util.Locale;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A whole training run, data in memory: the tutorial's 2000 iterations, with the cost every 100.
 */
public class TutorialRun extends KernelBenchmark {

  private static final int ITERATIONS = 2000;

  private static final int VERIFIED_ITERATIONS = 10;

  /** Relative to the largest weight. */
  private static final double TOLERANCE = 1e-5;

  /** The features of a sample. */
  @Param("12288")
  public int d;

  /** The samples. */
  @Param("209")
  public int m;

  /** The engine; auto takes gram for the default problem. */
  @Param("auto")
  public String engine;

  private Kernels kernels;
  private Dataset data;
  private LogisticRegression trainer;

  /** Called by JMH. */
  public TutorialRun() {}

  /** Makes the problem, and verifies the engine by its weights after a few iterations. */
  @Setup
  public void setUp() {
    kernels = timed();
    data = Pixels.dataset(d, m);
    trainer = new LogisticRegression(options(ITERATIONS));
    verify();
  }

  private TrainingOptions options(int iterations) {
    return TrainingOptions.defaults()
        .withEngine(EngineChoice.valueOf(engine.toUpperCase(Locale.ROOT)))
        .withIterations(iterations)
        .withLearningRate(learningRate());
  }

  // By itself auto might take another engine for few iterations than for all of them.
  private EngineChoice trained() {
    return options(ITERATIONS).engineFor(data);
  }

  // The cost bends by at most (d + 1) / 4, as no pixel is above 1: such steps cannot overshoot, and
  // rounding errors do not grow.
  private double learningRate() {
    return 4.0 / (d + 1);
  }

  private void verify() {
    LogisticRegression few =
        new LogisticRegression(options(VERIFIED_ITERATIONS).withEngine(trained()));
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
  public Model tutorialRun() {
    return trainer.fit(data, kernels, TrainingListener.SILENT).model();
  }
}
