// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.process;

import dev.lanewise.data.Dataset;
import dev.lanewise.data.Datasets;
import dev.lanewise.data.Mapping;
import dev.lanewise.data.ReadOptions;
import dev.lanewise.kernel.KernelChoice;
import dev.lanewise.kernel.KernelRequest;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.model.Evaluation;
import dev.lanewise.model.Model;
import dev.lanewise.model.ModelFile;
import dev.lanewise.options.Penalty;
import dev.lanewise.train.EngineChoice;
import dev.lanewise.train.Execution;
import dev.lanewise.train.Hyperparameters;
import dev.lanewise.train.LogisticRegression;
import dev.lanewise.train.SolverChoice;
import dev.lanewise.train.SolverOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Trains, evaluates, writes and reads models, one after the other, and says at some of them what
 * the process has: {@code MODELS RESIDENT_KIB THREADS FILES}. A program of its own, for its memory
 * to be its own.
 */
final class ThousandModels {

  private static final int SAYS_EVERY = 100;
  private static final int WRITES_EVERY = 10;

  private ThousandModels() {}

  /**
   * Runs.
   *
   * @param args how many models, a file to learn from, and a folder to write to
   */
  public static void main(String[] args) throws IOException {
    int models = Integer.parseInt(args[0]);
    Path data = Path.of(args[1]);
    Path file = Path.of(args[2]).resolve("model.h5");
    Kernels kernels = KernelChoice.choose(KernelRequest.auto(), warning -> {});
    List<Hyperparameters> ways = ways();
    Mapping[] mappings = Mapping.values();
    for (int i = 1; i <= models; i++) {
      ReadOptions read = ReadOptions.labelled().mapped(mappings[i % mappings.length]);
      try (Dataset train = Datasets.read(data, read)) {
        Model model =
            new LogisticRegression(ways.get(i % ways.size()), Execution.ofThreads(2))
                .fit(train)
                .model();
        if (i % WRITES_EVERY == 0) {
          ModelFile.write(model, file);
          model = ModelFile.read(file);
        }
        Evaluation.of(model, train, kernels);
      }
      if (i % SAYS_EVERY == 0) {
        System.out.println(i + " " + residentKib() + " " + threads() + " " + files());
      }
    }
  }

  private static List<Hyperparameters> ways() {
    Hyperparameters descent = Hyperparameters.tutorial().withIterations(4).withCostEvery(2);
    Hyperparameters optimum = Hyperparameters.defaults().withIterations(3);
    return List.of(
        descent.withEngine(EngineChoice.PRIMAL),
        descent.withEngine(EngineChoice.GRAM),
        optimum,
        optimum.withSolver(SolverOptions.of(SolverChoice.LBFGS).withIterations(3)),
        optimum
            .withSolver(SolverOptions.of(SolverChoice.LBFGS).withIterations(3))
            .withPenalty(new Penalty(1, 1)),
        descent.withSolver(SolverOptions.of(SolverChoice.SGD).withIterations(2)));
  }

  private static long residentKib() throws IOException {
    String line =
        Files.readAllLines(Path.of("/proc/self/status")).stream()
            .filter(entry -> entry.startsWith("VmRSS:"))
            .findFirst()
            .orElseThrow();
    return Long.parseLong(line.replaceAll("\\D", ""));
  }

  private static int threads() {
    return Thread.activeCount();
  }

  private static long files() throws IOException {
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      return open.count();
    }
  }
}
