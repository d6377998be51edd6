// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.bench;

import dev.lanewise.data.Dataset;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.model.Model;
import dev.lanewise.train.EngineChoice;
import dev.lanewise.train.Execution;
import dev.lanewise.train.Hyperparameters;
import dev.lanewise.train.LogisticRegression;
import dev.lanewise.train.TrainingListener;
import dev.lanewise.train.TrainingResult;
import java.util.Locale;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.BenchmarkParams;

/** Equations (1) to (9) without the cost: one iteration of training by the primal engine. */
public class Epoch extends KernelBenchmark {

  /**
   * Iterations of one timed run, unless JMH's option {@code -opi} says another number. What a run
   * does but once, such as filling the vectors, is spread over them.
   */
  private static final int ITERATIONS = 200;

  /** Features and samples. */
  @Param(Shape.TUTORIAL)
  public String shape;

  /** How X lies in memory. */
  @Param(Storage.DEFAULT)
  public String storage;

  /** How many threads compute. */
  @Param("1")
  public int threads;

  /** Not JMH's business: with gram, X'X would be made in every timed run. */
  private EngineChoice engine = EngineChoice.PRIMAL;

  private Kernels kernels;
  private Dataset data;
  private LogisticRegression trainer;

  /** Called by JMH. */
  public Epoch() {}

  /**
   * Times another engine; for {@link #nanosAnIteration}.
   *
   * @param choice primal or gram
   */
  public void take(EngineChoice choice) {
    engine = choice;
  }

  /**
   * Makes the problem, and verifies the weights after a few iterations.
   *
   * @param params has the number of iterations
   */
  @Setup
  public void setUp(BenchmarkParams params) {
    prepare(Storage.of(storage).dataset(Shape.of(shape)));
    trainer =
        new LogisticRegression(options(params.getOpsPerInvocation()), Execution.ofThreads(threads));
  }

  /**
   * Verifies the weights after a few iterations.
   *
   * @param problem what to train on; stays the caller's
   */
  public void prepare(Dataset problem) {
    kernels = timed();
    data = problem;
    DescentCheck.verify(
        data, DescentCheck.learningRate(data.width()), count -> verified(options(count)));
  }

  private Hyperparameters options(int iterations) {
    return Hyperparameters.tutorial()
        .withEngine(engine)
        .withIterations(iterations)
        .withLearningRate(DescentCheck.learningRate(data.width()))
        .withCostEvery(0);
  }

  private DescentCheck.Weights verified(Hyperparameters options) {
    LogisticRegression few = new LogisticRegression(options, Execution.ofThreads(threads));
    TrainingResult result = few.fit(data, kernels, TrainingListener.SILENT);
    if (result.threads() != threads) {
      throw new IllegalStateException(
          String.format(
              Locale.ROOT,
              "so small a problem is trained on %d threads, not on %d",
              result.threads(),
              threads));
    }
    Model model = result.model();
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
  @OperationsPerInvocation(ITERATIONS)
  public Model epoch() {
    return trainer.fit(data, kernels, TrainingListener.SILENT).model();
  }

  /**
   * Times iterations alone, by a clock that looks on: without what a run does but once. The first
   * iteration is not timed.
   *
   * @param iterations how many to time, at least 1
   * @return nanoseconds an iteration
   */
  public double nanosAnIteration(int iterations) {
    Clock clock = new Clock(iterations + 1);
    watch(iterations + 1, clock);
    return (double) clock.nanos / iterations;
  }

  /**
   * Trains while somebody looks on.
   *
   * @param iterations how many
   * @param listener told of each
   */
  public void watch(int iterations, TrainingListener listener) {
    new LogisticRegression(options(iterations), Execution.ofThreads(threads))
        .fit(data, kernels, listener);
  }

  /** From the end of the first iteration to the end of the last. */
  private static final class Clock implements TrainingListener {

    private final int last;
    private long nanos;

    Clock(int last) {
      this.last = last;
    }

    @Override
    public void iterationCompleted(int completed) {
      if (completed == 1) {
        nanos = -System.nanoTime();
      } else if (completed == last) {
        nanos += System.nanoTime();
      }
    }
  }
}
