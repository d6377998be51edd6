// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.process;

import dev.lanewise.data.Dataset;
import dev.lanewise.data.Datasets;
import dev.lanewise.data.ReadOptions;
import dev.lanewise.kernel.KernelChoice;
import dev.lanewise.kernel.KernelRequest;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.options.Activation;
import dev.lanewise.options.HiddenLayers;
import dev.lanewise.options.Optimizer;
import dev.lanewise.options.Penalty;
import dev.lanewise.options.Schedule;
import dev.lanewise.options.SgdOptions;
import dev.lanewise.train.EngineChoice;
import dev.lanewise.train.Execution;
import dev.lanewise.train.Hyperparameters;
import dev.lanewise.train.Initialization;
import dev.lanewise.train.LogisticRegression;
import dev.lanewise.train.SolverChoice;
import dev.lanewise.train.SolverOptions;
import dev.lanewise.train.TrainingListener;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Trains on a file in many ways, each by all kernels of this JVM, on several numbers of threads,
 * and says what came out: {@code WAY KERNEL LANES THREADS DIGEST}. A program of its own, for the
 * JVM to be any that is wanted.
 */
final class ManyTrainings {

  static final List<String> ENGINES = List.of("primal", "gram");

  private ManyTrainings() {}

  /**
   * Runs.
   *
   * @param args how many steps each, the most lanes, 0 for scalar kernels alone, a file of two
   *     classes, and one of three classes; without that, the engines of gradient descent alone
   */
  public static void main(String[] args) {
    int steps = Integer.parseInt(args[0]);
    int mostLanes = Integer.parseInt(args[1]);
    Map<String, Hyperparameters> ways = ofTwoClasses(steps);
    if (args.length == 3) {
      ways.keySet().retainAll(ENGINES);
      train(Path.of(args[2]), ways, mostLanes, List.of(1, 2, 3, 8));
      return;
    }
    train(Path.of(args[2]), ways, mostLanes, List.of(1, 3));
    train(Path.of(args[3]), ofMany(steps), mostLanes, List.of(1, 3));
  }

  private static void train(
      Path file, Map<String, Hyperparameters> ways, int mostLanes, List<Integer> threads) {
    try (Dataset data = Datasets.read(file, ReadOptions.labelled())) {
      train(data, ways, KernelRequest.scalar(), threads);
      for (int lanes = 4; lanes <= mostLanes; lanes *= 2) {
        train(data, ways, KernelRequest.simd(lanes), threads);
      }
    }
  }

  private static void train(
      Dataset data,
      Map<String, Hyperparameters> ways,
      KernelRequest request,
      List<Integer> numbersOfThreads) {
    Kernels kernels = KernelChoice.choose(request, warning -> {});
    ways.forEach(
        (way, options) -> {
          for (int threads : numbersOfThreads) {
            String digest =
                new LogisticRegression(options, Execution.ofThreads(threads))
                    .fit(data, kernels, TrainingListener.SILENT)
                    .model()
                    .weightsSha256();
            System.out.printf(
                Locale.ROOT,
                "%s %s %d %d %s%n",
                way,
                kernels.name(),
                kernels.lanes(),
                threads,
                digest);
          }
        });
  }

  private static Map<String, Hyperparameters> ofMany(int steps) {
    return Map.of("softmax", Hyperparameters.defaults().withIterations(Math.min(steps, 10)));
  }

  private static Map<String, Hyperparameters> ofTwoClasses(int steps) {
    Map<String, Hyperparameters> ways = new LinkedHashMap<>();
    Hyperparameters descent = Hyperparameters.tutorial().withIterations(steps);
    ways.put("primal", descent.withEngine(EngineChoice.PRIMAL));
    ways.put("gram", descent.withEngine(EngineChoice.GRAM));
    Hyperparameters optimum = Hyperparameters.defaults().withIterations(Math.min(steps, 10));
    ways.put("newton", optimum);
    // Adam's steps have roots and quotients, which other runs do without.
    SgdOptions batches =
        SgdOptions.USUAL
            .withBatchSize(7)
            .withOptimizer(Optimizer.Adam.USUAL)
            .withSchedule(Schedule.of(Schedule.Kind.COSINE))
            .withHoldout(0.2, 5);
    ways.put(
        "sgd",
        optimum
            .withSolver(SolverOptions.sgd(batches).withIterations(Math.min(steps, 3)))
            .withPenalty(new Penalty(0.1, 1)));
    ways.put(
        "lbfgs",
        optimum
            .withSolver(SolverOptions.of(SolverChoice.LBFGS).withIterations(Math.min(steps, 10)))
            .withPenalty(new Penalty(0.1, 1)));
    networks(ways, steps);
    return ways;
  }

  private static void networks(Map<String, Hyperparameters> ways, int steps) {
    Hyperparameters few =
        Hyperparameters.tutorial()
            .withIterations(Math.min(steps, 10))
            .withInitialization(Initialization.HE, 1);
    HiddenLayers hidden = HiddenLayers.of(20, 7);
    ways.put("network-primal", few.withEngine(EngineChoice.PRIMAL).withHidden(hidden));
    ways.put("network-gram", few.withEngine(EngineChoice.GRAM).withHidden(hidden));
    ways.put(
        "network-adam",
        few.withSgd(SgdOptions.USUAL_OF_NETWORKS.withBatchSize(64))
            .withIterations(Math.min(steps, 3))
            .withHidden(hidden.withActivation(Activation.TANH).withDropout(0.25)));
    ways.put(
        "network-lbfgs",
        few.withSolver(SolverOptions.of(SolverChoice.LBFGS).withIterations(Math.min(steps, 6)))
            .withHidden(hidden.withActivation(Activation.SIGMOID)));
  }
}
