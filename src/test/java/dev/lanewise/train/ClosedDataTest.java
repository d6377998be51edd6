// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.lanewise.data.Dataset;
import dev.lanewise.data.hdf5.Hdf5DatasetWriter;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.kernel.simd.AllKernels;
import dev.lanewise.model.Evaluation;
import dev.lanewise.model.Model;
import dev.lanewise.random.Draw.Values;
import dev.lanewise.train.BitsRun.Storage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A data set that is closed is an exception that names it, whatever is asked of it. */
class ClosedDataTest {

  private static final String CLOSED = "Dataset[drawn: 60 samples of 40] is closed";

  @TempDir private Path folder;

  private static final BitsCase PROBLEM =
      new BitsCase(6, 60, 40, Values.PIXELS, 2, false, false, Hyperparameters.tutorial());

  private Dataset data(Storage storage, BitsCase problem) {
    return new BitsRun(AllKernels.scalar(), 1, storage)
        .data(problem, folder.resolve("features.bin"))
        .named("drawn");
  }

  @ParameterizedTest
  @EnumSource(Storage.class)
  void whatIsAskedOfClosedDataIsRefused(Storage storage) {
    Dataset data = data(storage, PROBLEM);
    Model model = new LogisticRegression(PROBLEM.options().withIterations(3)).fit(data).model();
    data.close();
    for (Kernels kernels : AllKernels.fast()) {
      for (Hyperparameters options :
          List.of(
              PROBLEM.options().withEngine(EngineChoice.PRIMAL),
              PROBLEM.options().withEngine(EngineChoice.GRAM),
              Hyperparameters.defaults(),
              PROBLEM.options().withSolver(SolverOptions.of(SolverChoice.LBFGS)),
              PROBLEM.options().withSolver(SolverOptions.of(SolverChoice.SGD)))) {
        assertClosed(
            () -> new LogisticRegression(options).fit(data, kernels, TrainingListener.SILENT));
      }
      assertClosed(() -> model.predict(data, kernels));
      assertClosed(() -> Evaluation.of(model, data, kernels));
    }
    assertClosed(data::close);
    Path copy = folder.resolve("copy.h5");
    assertClosed(() -> Hdf5DatasetWriter.write(copy, data, new int[] {0}));
    assertThat(copy).doesNotExist();
    assertThatThrownBy(() -> data.features().get(0, 0)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> data.features().column(0)).isInstanceOf(IllegalStateException.class);
  }

  @ParameterizedTest
  @EnumSource(Storage.class)
  void aDigestOfClosedDataIsRefusedUnlessItIsKnown(Storage storage) {
    Dataset unknown = data(storage, PROBLEM);
    unknown.close();
    assertClosed(unknown::sha256);
    Dataset known = data(storage, PROBLEM);
    String sha256 = known.sha256();
    known.close();
    assertThat(known.sha256()).isEqualTo(sha256);
  }

  private static void assertClosed(ThrowingCallable use) {
    assertThatThrownBy(use).isInstanceOf(IllegalStateException.class).hasMessage(CLOSED);
  }

  /** Whoever is training when the data go gets an exception; the JVM lives. */
  @ParameterizedTest
  @EnumSource(Storage.class)
  void dataThatAreClosedUnderATrainingEndIt(Storage storage) throws Exception {
    BitsCase problem =
        new BitsCase(
            7,
            700,
            400,
            Values.PIXELS,
            2,
            false,
            false,
            Hyperparameters.tutorial()
                .withEngine(EngineChoice.PRIMAL)
                .withIterations(Integer.MAX_VALUE)
                .withCostEvery(1));
    for (Kernels kernels : AllKernels.fast()) {
      Dataset data = data(storage, problem);
      CountDownLatch begun = new CountDownLatch(3);
      TrainingListener counting =
          new TrainingListener() {
            @Override
            public void costComputed(int iteration, double cost) {
              begun.countDown();
            }
          };
      AtomicReference<Throwable> thrown = new AtomicReference<>();
      Thread trainer =
          new Thread(
              () ->
                  thrown.set(
                      catchThrowable(
                          () ->
                              new LogisticRegression(problem.options(), Execution.ofThreads(2))
                                  .fit(data, kernels, counting))));
      trainer.start();
      begun.await();
      data.close();
      trainer.join();
      assertThat(thrown.get())
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("Dataset[drawn: 700 samples of 400] was closed while it was being read");
    }
    Files.deleteIfExists(folder.resolve("features.bin"));
  }
}
