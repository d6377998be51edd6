// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.bench;

import dev.lanewise.data.Dataset;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.model.Model;
import dev.lanewise.train.EngineChoice;
import dev.lanewise.train.Hyperparameters;
import dev.lanewise.train.LogisticRegression;
import dev.lanewise.train.TrainingListener;
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

  /** Features and samples. */
  @Param(Shape.TUTORIAL)
  public String shape;

  /** How X lies in memory. */
  @Param(Storage.DEFAULT)
  public String storage;

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
    data = Storage.of(storage).dataset(Shape.of(shape));
    trainer = new LogisticRegression(options(ITERATIONS));
    DescentCheck.verify(data, DescentCheck.learningRate(data.width()), this::verified);
  }

  private Hyperparameters options(int iterations) {
    return Hyperparameters.tutorial()
        .withEngine(EngineChoice.valueOf(engine.toUpperCase(Locale.ROOT)))
        .withIterations(iterations)
        .withLearningRate(DescentCheck.learningRate(data.width()));
  }

  // By itself auto might take another engine for few iterations than for all of them.
  private EngineChoice trained() {
    return options(ITERATIONS).engineFor(data);
  }

  private DescentCheck.Weights verified(int iterations) {
    LogisticRegression few = new LogisticRegression(options(iterations).withEngine(trained()));
    Model model = few.fit(data, kernels, TrainingListener.SILENT).model();
    Model others = few.fit(data, counterpart(), TrainingListener.SILENT).model();
    Verify.sameBits("w", model.weights(), others.weights());
    Verify.sameBits("b", new float[] {model.bias()}, new float[] {others.bias()});
    return new DescentCheck.Weights(model.weights(), model.bias());
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
