// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.bench;

import dev.lanewise.data.Dataset;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.options.HiddenLayers;
import dev.lanewise.options.SgdOptions;
import dev.lanewise.train.EngineChoice;
import dev.lanewise.train.Execution;
import dev.lanewise.train.Hyperparameters;
import dev.lanewise.train.Initialization;
import dev.lanewise.train.LogisticRegression;
import dev.lanewise.train.TrainingListener;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** An iteration of gradient descent on a network, or an epoch of Adam in batches of 200. */
public class NetworkEpoch extends KernelBenchmark {

  // What a run does but once takes as long as five iterations.
  private static final int ITERATIONS = 40;

  /** Features and samples. */
  @Param("784x8192")
  public String shape;

  /** The units of the hidden layer. */
  @Param("128")
  public int units;

  /** How many threads compute. */
  @Param("1")
  public int threads;

  /** How: primal, gram or adam. */
  @Param({"primal", "adam"})
  public String way;

  private Kernels kernels;
  private Dataset data;

  /** Called by JMH. */
  public NetworkEpoch() {}

  /** Makes the problem, and verifies its bits. */
  @Setup
  public void setUp() {
    prepare(Storage.FLOATS.dataset(Shape.of(shape)));
  }

  /**
   * Verifies that other kernels and one thread give the same bits.
   *
   * @param problem what to train on; stays the caller's
   */
  public void prepare(Dataset problem) {
    data = problem;
    kernels = timed();
    String timed = digest(kernels, threads);
    String other = digest(counterpart(), 1);
    if (!timed.equals(other)) {
      throw new IllegalStateException(
          "the weights have digest " + timed + ", by other kernels " + other);
    }
  }

  private String digest(Kernels some, int count) {
    return new LogisticRegression(options(2), Execution.ofThreads(count))
        .fit(data, some, TrainingListener.SILENT)
        .model()
        .weightsSha256();
  }

  private Hyperparameters options(int iterations) {
    Hyperparameters plain =
        Hyperparameters.tutorial()
            .withInitialization(Initialization.HE, 1)
            .withHidden(HiddenLayers.of(units));
    Hyperparameters chosen =
        way.equals("adam")
            ? plain.withSgd(SgdOptions.USUAL_OF_NETWORKS)
            : plain.withEngine(way.equals("gram") ? EngineChoice.GRAM : EngineChoice.PRIMAL);
    return chosen.withIterations(iterations).withCostEvery(0);
  }

  /** Frees the memory. */
  @TearDown
  public void tearDown() {
    data.close();
  }

  /**
   * What is timed, with what a run does but once.
   *
   * @return the digest of the weights
   */
  @Benchmark
  @OperationsPerInvocation(ITERATIONS)
  public Object networkEpoch() {
    return new LogisticRegression(options(ITERATIONS), Execution.ofThreads(threads))
        .fit(data, kernels, TrainingListener.SILENT);
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
}
