// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lanewise.model.MultiClass;
import dev.lanewise.options.Optimizer;
import dev.lanewise.options.Penalty;
import dev.lanewise.options.Schedule;
import dev.lanewise.options.SgdOptions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Hyperparameters check their numbers and name those that weights depend on. */
class HyperparametersTest {

  private static final int CLASSES = 3;

  private static Stream<Hyperparameters> othersOf(Hyperparameters options) {
    return Stream.of(
        options.withIterations(7),
        options.withPenalty(Penalty.l2(3)),
        options.withClassWeights(ClassWeights.BALANCED),
        options.withMultiClass(MultiClass.OVR),
        options.withInitialization(Initialization.NORMAL, 0),
        options.withInitialization(Initialization.ZEROS, 5));
  }

  @ParameterizedTest
  @EnumSource
  void provenanceTellsHyperparametersApart(SolverChoice solver) {
    Hyperparameters options = Hyperparameters.of(solver);
    Map<String, String> names = options.toMap(CLASSES);
    assertThat(othersOf(options)).allSatisfy(o -> assertThat(o.toMap(CLASSES)).isNotEqualTo(names));
    SolverOptions own =
        solver.reachesOptimum()
            ? options.solverOptions().withTolerance(0.5)
            : options.solverOptions().withLearningRate(0.5);
    assertThat(options.withSolver(own).toMap(CLASSES)).isNotEqualTo(names);
    if (solver.takesL1()) {
      assertThat(options.withPenalty(new Penalty(1, 0)).toMap(CLASSES)).isNotEqualTo(names);
    }
    assertThat(options.withCostEvery(3).toMap(CLASSES)).isEqualTo(names);
  }

  @Test
  void provenanceTellsOptionsOfBatchesApart() {
    SgdOptions usual = SgdOptions.USUAL;
    List<SgdOptions> others =
        List.of(
            usual.withBatchSize(9),
            usual.withOptimizer(new Optimizer.Sgd(0.5, false)),
            usual.withOptimizer(new Optimizer.Sgd(0.5, true)),
            usual.withOptimizer(Optimizer.Adam.USUAL),
            usual.withSchedule(Schedule.of(Schedule.Kind.STEP)),
            usual.withTolerance(0.1),
            usual.withHoldout(0.2, 5),
            usual.withHoldout(0.2, 6));
    assertThat(others.stream().map(SgdOptions::toMap))
        .doesNotContain(usual.toMap())
        .doesNotHaveDuplicates();
  }

  @Test
  void onlyNewtonRejectsAnL1Penalty() {
    Penalty l1 = new Penalty(1, 0);
    for (SolverChoice solver : SolverChoice.values()) {
      Hyperparameters options = Hyperparameters.of(solver);
      if (solver == SolverChoice.NEWTON) {
        assertThatThrownBy(() -> options.withPenalty(l1)).hasMessageStartingWith("newton takes no");
      } else {
        assertThat(options.withPenalty(l1).penalty()).isEqualTo(l1);
      }
    }
  }

  @Test
  void threadsOutOfRangeAreRejected() {
    for (int threads : new int[] {-1, 0, Execution.MOST_THREADS + 1}) {
      assertThatThrownBy(() -> Execution.ofThreads(threads))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("threads are from 1 to 1024, not " + threads);
    }
    assertThat(Execution.DEFAULT.threads()).isPositive();
  }
}
