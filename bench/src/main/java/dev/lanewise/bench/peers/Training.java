// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.bench.peers;

import de.bwaldvogel.liblinear.SolverType;
import dev.lanewise.bench.Verify;
import dev.lanewise.data.Dataset;
import dev.lanewise.reference.Neuron;
import dev.lanewise.reference.Samples;
import dev.lanewise.train.Hyperparameters;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Training to the cost that ours reaches with the tutorial's options, on 209 drawn pictures.
 *
 * <p>Taking the data over into each library's own form is not timed. Each peer does the least that
 * it can be told to and that reaches the cost, which is searched before anything is timed.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(3)
@Warmup(iterations = 3)
@Measurement(iterations = 5)
public class Training {

  /** What ours may be off from itself: the reference computes the cost in another order. */
  private static final double SLACK = 1e-9;

  private static final int VERIFIED_ITERATIONS = 100;

  /** Of the cost, which falls from 0.69. */
  private static final double TOLERANCE = 1e-6;

  /** Who trains. */
  @Param({"lanewise", "lanewise-newton", "liblinear-primal", "liblinear-dual", "tribuo"})
  public String trainer;

  private Dataset data;
  private double[][] samples;
  private int[] labels;
  private double target;
  private Trainer timed;
  private int effort;
  private Object learned;

  /** Called by JMH. */
  public Training() {}

  /** Makes the problem, and finds out how much training reaches the cost. */
  @Setup
  public void setUp() {
    data = Drawn.dataset();
    samples = Samples.of(data);
    labels = data.labels();
    Trainer ours = LanewiseTrainer.tutorial(data);
    verify(ours);
    target = cost(ours, ours.train(ours.leastEffort()));
    timed =
        switch (trainer) {
          case "lanewise" -> ours;
          case "lanewise-newton" -> LanewiseTrainer.newton(data);
          case "liblinear-primal" -> new LiblinearTrainer(SolverType.L2R_LR, data);
          case "liblinear-dual" -> new LiblinearTrainer(SolverType.L2R_LR_DUAL, data);
          case "tribuo" -> new TribuoTrainer(data);
          default -> throw new IllegalArgumentException("there is no trainer " + trainer);
        };
    effort = timed.leastEffort();
    double reached = cost(timed, timed.train(effort));
    // Written so that NaN goes on.
    while (!(reached <= target + SLACK)) {
      if (effort == timed.mostEffort()) {
        throw new IllegalStateException(
            String.format(
                Locale.ROOT,
                "%s reaches a cost of %s, not of %s, with %s",
                trainer,
                reached,
                target,
                timed.words(effort)));
      }
      effort++;
      reached = cost(timed, timed.train(effort));
    }
    System.out.printf(
        Locale.ROOT,
        "%n%s: cost %.6f, to reach %.6f, with %s%n",
        trainer,
        reached,
        target,
        timed.words(effort));
  }

  // The cost that all are measured by is ours, so ours must be right first.
  private void verify(Trainer ours) {
    Neuron neuron = new Neuron(data.width());
    for (int iteration = 0; iteration < VERIFIED_ITERATIONS; iteration++) {
      neuron.descend(samples, labels, Hyperparameters.tutorial().learningRate());
    }
    double expected = neuron.cost(samples, labels);
    Verify.close("the cost", expected, cost(ours, ours.train(VERIFIED_ITERATIONS)), TOLERANCE);
  }

  private double cost(Trainer of, Object result) {
    Neuron neuron = of.neuron(result);
    return neuron.cost(samples, labels);
  }

  /** Verifies what was timed, and frees the memory. */
  @TearDown
  public void tearDown() {
    try {
      double reached = cost(timed, learned);
      Verify.close("the cost above the target", 0, Math.max(0, reached - target), SLACK);
    } finally {
      data.close();
    }
  }

  /**
   * What is timed.
   *
   * @return what was learned
   */
  @Benchmark
  public Object train() {
    learned = timed.train(effort);
    return learned;
  }
}
