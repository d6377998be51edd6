// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.bench;

import dev.lanewise.data.Dataset;
import dev.lanewise.data.Datasets;
import dev.lanewise.data.ReadOptions;
import dev.lanewise.kernel.KernelChoice;
import dev.lanewise.kernel.KernelRequest;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.select.Candidate;
import dev.lanewise.select.Penalties;
import dev.lanewise.select.PenaltySearch;
import dev.lanewise.select.SearchObserver;
import dev.lanewise.train.Hyperparameters;
import dev.lanewise.train.LogisticRegression;
import dev.lanewise.train.TrainingListener;
import dev.lanewise.train.WarmStart;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/**
 * Cross-validation of penalties by Newton's method, and a training on all samples, again and again
 * in one JVM: {@code Search FILE FROM TO PENALTIES FOLDS RUNS}. Prints one line: the time of the
 * first run, the median and the least of the second half of the runs, and what was picked.
 */
public final class Search {

  private Search() {}

  /**
   * Runs.
   *
   * @param args a file, both ends of the range of penalties and how many there are in it, how many
   *     folds, and how often
   */
  public static void main(String[] args) {
    Kernels kernels = KernelChoice.choose(KernelRequest.auto(), System.err::println);
    Penalties penalties =
        Penalties.range(
            Double.parseDouble(args[1]), Double.parseDouble(args[2]), Integer.parseInt(args[3]));
    PenaltySearch search =
        new PenaltySearch(
            new LogisticRegression(Hyperparameters.defaults().withCostEvery(0)),
            penalties,
            Integer.parseInt(args[4]),
            false);
    double[] millis = new double[Integer.parseInt(args[5])];
    try (Dataset data = Datasets.read(Path.of(args[0]), ReadOptions.labelled())) {
      PenaltySearch.Outcome outcome = null;
      for (int run = 0; run < millis.length; run++) {
        long start = System.nanoTime();
        outcome =
            search.fit(
                data, WarmStart.NONE, kernels, TrainingListener.SILENT, SearchObserver.SILENT);
        millis[run] = (System.nanoTime() - start) / 1e6;
      }
      double[] warm = Arrays.copyOfRange(millis, millis.length / 2, millis.length);
      Arrays.sort(warm);
      Candidate best = outcome.scores().candidates().get(outcome.scores().best());
      System.out.printf(
          Locale.ROOT,
          "first %.0f ms, then median %.0f ms, least %.0f ms of %d; best %s, log-loss %.6f,"
              + " converged %d of %d, %s%d%n",
          millis[0],
          warm[warm.length / 2],
          warm[0],
          warm.length,
          best.l2(),
          best.logLoss(),
          outcome.scores().candidates().stream().mapToInt(Candidate::converged).sum(),
          penalties.size() * outcome.scores().folds(),
          kernels.name(),
          kernels.lanes());
    }
  }
}
