// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.data.Dataset;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.kernel.simd.AllKernels;
import dev.lanewise.model.Model;
import dev.lanewise.model.Predictions;
import dev.lanewise.random.Draw.Values;
import dev.lanewise.train.BitsRun.Storage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What says that it may be shared between threads is, by many at once. */
class SharedObjectsTest {

  private static final int THREADS = 8;
  private static final int TIMES = 10;

  @TempDir private Path folder;

  private static final BitsCase PROBLEM =
      new BitsCase(
          5,
          300,
          120,
          Values.PIXELS,
          2,
          false,
          false,
          Hyperparameters.tutorial().withIterations(5));

  private Dataset data(Storage storage) {
    return new BitsRun(AllKernels.scalar(), 1, storage)
        .data(PROBLEM, folder.resolve("features.bin"));
  }

  /** All threads begin together, and each does the same many times over. */
  private static <T> List<T> together(Callable<T> task) throws Exception {
    CyclicBarrier start = new CyclicBarrier(THREADS);
    try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      List<Future<List<T>>> all = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        all.add(
            threads.submit(
                () -> {
                  List<T> found = new ArrayList<>();
                  start.await();
                  for (int k = 0; k < TIMES; k++) {
                    found.add(task.call());
                  }
                  return found;
                }));
      }
      List<T> found = new ArrayList<>();
      for (Future<List<T>> one : all) {
        found.addAll(one.get());
      }
      return found;
    }
  }

  @ParameterizedTest
  @EnumSource(Storage.class)
  void aModelPredictsForManyThreadsAtOnce(Storage storage) throws Exception {
    try (Dataset data = data(storage)) {
      Model model = new LogisticRegression(PROBLEM.options()).fit(data).model();
      for (Kernels kernels : AllKernels.fast()) {
        int expected = hash(model.predict(data, AllKernels.scalar()));
        assertThat(together(() -> hash(model.predict(data, kernels))))
            .hasSize(THREADS * TIMES)
            .containsOnly(expected);
      }
    }
  }

  private static int hash(Predictions predictions) {
    int hash = 0;
    for (int j = 0; j < predictions.size(); j++) {
      hash = 31 * hash + Float.floatToIntBits(predictions.score(j));
      hash = 31 * hash + Float.floatToIntBits(predictions.probability(j));
    }
    return hash;
  }

  @ParameterizedTest
  @EnumSource(Storage.class)
  void oneTrainerTrainsOnOneDataSetManyTimesAtOnce(Storage storage) throws Exception {
    Hyperparameters descent = PROBLEM.options();
    for (Hyperparameters options :
        List.of(
            descent.withEngine(EngineChoice.PRIMAL),
            descent.withSolver(SolverOptions.of(SolverChoice.SGD).withIterations(1)))) {
      LogisticRegression trainer = new LogisticRegression(options, Execution.ofThreads(2));
      try (Dataset data = data(storage)) {
        String expected = trainer.fit(data).model().weightsSha256();
        List<String> found = together(() -> trainer.fit(data).model().weightsSha256());
        assertThat(found).hasSize(THREADS * TIMES).containsOnly(expected);
      }
    }
  }

  @Test
  void manyThreadsAskForTheDigestOfOneDataSet() throws Exception {
    String expected;
    try (Dataset data = data(Storage.FLOATS)) {
      expected = data.sha256();
    }
    try (Dataset data = data(Storage.MAPPED_BYTES)) {
      assertThat(together(data::sha256)).containsOnly(expected);
    }
  }
}
