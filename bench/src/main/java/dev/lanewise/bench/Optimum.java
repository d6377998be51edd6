// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.bench;

import dev.lanewise.data.Dataset;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.model.Model;
import dev.lanewise.options.Penalty;
import dev.lanewise.reference.Neuron;
import dev.lanewise.reference.Samples;
import dev.lanewise.train.Execution;
import dev.lanewise.train.Hyperparameters;
import dev.lanewise.train.LogisticRegression;
import dev.lanewise.train.SolverChoice;
import dev.lanewise.train.SolverOptions;
import dev.lanewise.train.TrainingListener;
import dev.lanewise.train.TrainingResult;
import java.util.Locale;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A whole training run of a solver, data in memory: to the optimum, with an l2 penalty of 1, or a
 * few epochs of stochastic gradient descent.
 */
public class Optimum extends KernelBenchmark {

  private static final double L2 = 1;
  private static final int EPOCHS = 5;

  /** Of the objective that a solver reports, to that of its weights: sums of losses in float32. */
  private static final double OBJECTIVE_TOLERANCE = 1e-5;

  /** Of the gradient at zero weights: what float32 leaves, and some. */
  private static final double GRADIENT_TOLERANCE = 1e-5;

  /** Features and samples. */
  @Param("784x8192")
  public String shape;

  /** How X lies in memory. */
  @Param(Storage.DEFAULT)
  public String storage;

  /** What minimises. */
  @Param({"newton", "lbfgs", "sgd"})
  public String solver;

  /** How many threads compute. */
  @Param("1")
  public int threads;

  private Kernels kernels;
  private Dataset data;
  private LogisticRegression trainer;

  /** Called by JMH. */
  public Optimum() {}

  /** Makes the problem, and verifies where the solver comes to. */
  @Setup
  public void setUp() {
    prepare(Storage.of(storage).dataset(Shape.of(shape)));
  }

  /**
   * Verifies where the solver comes to.
   *
   * @param problem what to train on; stays the caller's
   */
  public void prepare(Dataset problem) {
    kernels = timed();
    data = problem;
    SolverChoice choice = SolverChoice.valueOf(solver.toUpperCase(Locale.ROOT));
    SolverOptions options = SolverOptions.of(choice);
    trainer =
        new LogisticRegression(
            Hyperparameters.defaults()
                .withSolver(choice.usesBatches() ? options.withIterations(EPOCHS) : options)
                .withPenalty(Penalty.l2(L2))
                .withCostEvery(0),
            Execution.ofThreads(threads));
    verify(choice.reachesOptimum());
  }

  private void verify(boolean toTheOptimum) {
    TrainingResult result = trainer.fit(data, kernels, TrainingListener.SILENT);
    Model model = result.model();
    Model others = trainer.fit(data, counterpart(), TrainingListener.SILENT).model();
    Verify.sameBits("w", model.weights(), others.weights());
    Verify.sameBits("b", new float[] {model.bias()}, new float[] {others.bias()});

    double[][] samples = Samples.of(data);
    int[] labels = data.labels();
    Neuron found = new Neuron(Verify.doubles(model.weights()), model.bias());
    double objective = objective(found, samples, labels);
    double reported = result.convergence().objective();
    Verify.close("the objective", objective, reported, OBJECTIVE_TOLERANCE * objective);
    Neuron zero = new Neuron(data.width());
    Verify.close(
        "the objective above that of zero weights",
        0,
        Math.max(0, objective - objective(zero, samples, labels)),
        0);
    if (toTheOptimum) {
      double atZero = gradientNorm(zero, samples, labels);
      double norm = gradientNorm(found, samples, labels);
      Verify.close("the norm of the gradient", 0, norm, GRADIENT_TOLERANCE * atZero);
    }
  }

  private static double objective(Neuron neuron, double[][] x, int[] y) {
    double squares = 0;
    for (double weight : neuron.weights()) {
      squares += weight * weight;
    }
    return neuron.cost(x, y) + L2 / 2 * squares / y.length;
  }

  private static double gradientNorm(Neuron neuron, double[][] x, int[] y) {
    double[] dw = neuron.dw(x, y);
    double[] w = neuron.weights();
    double db = neuron.db(x, y);
    double sum = db * db;
    for (int i = 0; i < dw.length; i++) {
      double g = dw[i] + L2 * w[i] / y.length;
      sum += g * g;
    }
    return Math.sqrt(sum);
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
  public Model optimum() {
    return trainer.fit(data, kernels, TrainingListener.SILENT).model();
  }
}
