// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lanewise.data.DataException;
import dev.lanewise.data.Dataset;
import dev.lanewise.data.FeatureShape;
import dev.lanewise.data.LabelRules;
import dev.lanewise.data.Labels;
import dev.lanewise.data.Origin;
import dev.lanewise.data.Question;
import dev.lanewise.data.Scaling;
import dev.lanewise.kernel.KernelChoice;
import dev.lanewise.kernel.KernelRequest;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.model.Evaluation;
import dev.lanewise.model.Model;
import dev.lanewise.model.MultiClass;
import dev.lanewise.options.Penalty;
import dev.lanewise.options.SgdOptions;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OneVersusRestTest {

  private static final List<String> NAMES = List.of("3", "7", "9");

  private final Kernels kernels = KernelChoice.choose(KernelRequest.auto(), warning -> {});

  /** Three clouds that overlap, the last with few samples; labels as of a file of numbers. */
  static Dataset clouds(int samples, int features, String... texts) {
    Random random = new Random(5);
    Arena arena = Arena.ofShared();
    FloatMatrix x = FloatMatrix.allocate(arena, features, samples);
    List<String> labels = new ArrayList<>();
    for (int j = 0; j < samples; j++) {
      int k = j % 7 == 6 ? 2 : j % 2;
      labels.add(texts[k]);
      for (int i = 0; i < features; i++) {
        x.set(i, j, (float) (random.nextGaussian() + (i % 3 == k ? 1 : 0)));
      }
    }
    Labels found =
        Labels.ofTexts("clouds", "y", labels, LabelRules.STRICT, List.of()).orElseThrow();
    return new Dataset(
        arena,
        x,
        found.numbers(),
        found.classNames(),
        FeatureShape.of(features),
        Scaling.NONE,
        Origin.memory("clouds"));
  }

  private static LogisticRegression trainer(Hyperparameters options) {
    return new LogisticRegression(options, Execution.ofThreads(2));
  }

  private static Hyperparameters options(SolverChoice solver) {
    return Hyperparameters.defaults()
        .withMultiClass(MultiClass.OVR)
        .withSolver(
            SolverOptions.of(solver).withIterations(solver == SolverChoice.NEWTON ? 50 : 9));
  }

  private static Model alone(Dataset data, int k, Hyperparameters options) {
    Question question = new Question(data.classNames(), List.of(data.classNames().get(k)));
    return trainer(options).fit(question.ask(data)).model();
  }

  @ParameterizedTest
  @EnumSource
  void eachNeuronHasTheBitsOfItsQuestionAlone(SolverChoice solver) {
    Hyperparameters options = options(solver);
    try (Dataset data = clouds(300, 20, "3", "7", "9")) {
      Model model = trainer(options).fit(data).model();
      assertThat(model.schema().classNames()).isEqualTo(NAMES);
      assertThat(model.multiClass()).contains(MultiClass.OVR);
      assertThat(model.provenance().options()).containsEntry("multi-class", "ovr");
      for (int k = 0; k < 3; k++) {
        Model one = alone(data, k, options);
        assertThat(model.weights(k)).isEqualTo(one.weights());
        assertThat(model.bias(k)).isEqualTo(one.bias());
      }
      assertThat(Evaluation.of(model, data, kernels).accuracy()).isGreaterThan(0.6);
    }
  }

  @Test
  void fewSamplesOfManyFeaturesAndBalancedClassesToo() {
    Hyperparameters options = options(SolverChoice.NEWTON).withClassWeights(ClassWeights.BALANCED);
    try (Dataset data = clouds(40, 100, "a", "b", "c")) {
      Model model = trainer(options).fit(data).model();
      for (int k = 0; k < 3; k++) {
        assertThat(model.weights(k)).isEqualTo(alone(data, k, options).weights());
      }
    }
  }

  @Test
  void weightsOfNamedClassesGoWithTheirSamples() {
    Hyperparameters options = options(SolverChoice.NEWTON);
    try (Dataset data = clouds(140, 10, "3", "7", "9")) {
      Model model =
          trainer(options.withClassWeights(ClassWeights.parse("7=2.5,9=0.5"))).fit(data).model();
      float[] weights = new float[140];
      int[] labels = data.labels();
      for (int j = 0; j < 140; j++) {
        weights[j] = List.of(1f, 2.5f, 0.5f).get(labels[j]);
      }
      Model weighed = trainer(options).fit(data.withWeights(weights)).model();
      Model plain = trainer(options).fit(data).model();
      assertThat(model.weightsSha256())
          .isEqualTo(weighed.weightsSha256())
          .isNotEqualTo(plain.weightsSha256());
      assertThatThrownBy(
              () -> trainer(options.withClassWeights(ClassWeights.parse("0=2"))).fit(data))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("no class '0' to weigh; the classes are 3, 7, 9");
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = EngineChoice.class,
      names = {"PRIMAL", "GRAM"})
  void aSeriesDescendsOnceForAClassAndHasTheResultsOfEachRunAlone(EngineChoice engine) {
    Hyperparameters options =
        Hyperparameters.tutorial()
            .withMultiClass(MultiClass.OVR)
            .withLearningRate(0.1)
            .withCostEvery(4)
            .withEngine(engine)
            .withClassWeights(ClassWeights.parse("7=2.5"));
    List<Integer> iterations = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void iterationCompleted(int completed) {
            iterations.add(completed);
          }
        };
    try (Dataset data = clouds(60, 80, "3", "7", "9")) {
      List<TrainingResult> found = series(options, data, List.of(9, 0, 23), listener);
      assertThat(found).extracting(one -> one.convergence().iterations()).containsExactly(0, 9, 23);
      assertThat(iterations).hasSize(3 * 23);
      for (TrainingResult one : found) {
        TrainingResult alone =
            trainer(options.withIterations(one.convergence().iterations()))
                .fit(data, kernels, TrainingListener.SILENT);
        assertThat(one.model().weightsSha256()).isEqualTo(alone.model().weightsSha256());
        assertThat(one.costs()).isEqualTo(alone.costs());
        assertThat(one.convergence()).isEqualTo(alone.convergence());
        assertThat(one.engine()).isEqualTo(alone.engine()).isEqualTo(engine.id());
        assertThat(one.model().provenance().options())
            .isEqualTo(alone.model().provenance().options());
      }
    }
  }

  @Test
  void aSeriesTellsWhatAllClassesReachAndThenWhyNoMore() {
    // The penalty throws the weights to and fro, further each time.
    Hyperparameters options =
        Hyperparameters.tutorial()
            .withMultiClass(MultiClass.OVR)
            .withEngine(EngineChoice.PRIMAL)
            .withPenalty(Penalty.l2(500))
            .withCostEvery(0)
            .withLearningRate(1);
    List<Integer> counts = IntStream.rangeClosed(1, 60).boxed().toList();
    try (Dataset data = clouds(60, 80, "3", "7", "9")) {
      List<Integer> alone = new ArrayList<>();
      String firstFailure = null;
      for (int count : counts) {
        try {
          trainer(options.withIterations(count)).fit(data);
          alone.add(count);
        } catch (TrainingException e) {
          firstFailure = firstFailure == null ? e.getMessage() : firstFailure;
        }
      }
      List<Integer> reached = new ArrayList<>();
      assertThatThrownBy(
              () ->
                  trainer(options)
                      .fitSeries(
                          data,
                          counts,
                          WarmStart.NONE,
                          kernels,
                          TrainingListener.SILENT,
                          one -> reached.add(one.convergence().iterations())))
          .isInstanceOf(TrainingException.class)
          .hasMessage(firstFailure)
          .hasMessageContaining("against the rest: diverged");
      assertThat(reached).isNotEmpty().isEqualTo(alone);
    }
  }

  private List<TrainingResult> series(
      Hyperparameters options, Dataset data, List<Integer> counts, TrainingListener listener) {
    List<TrainingResult> found = new ArrayList<>();
    trainer(options).fitSeries(data, counts, WarmStart.NONE, kernels, listener, found::add);
    return found;
  }

  @Test
  void theListenerHearsOfEachClassAndTheResultOfAll() {
    List<String> heard = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void classStarted(int classNumber, int classes, String name) {
            heard.add(classNumber + " of " + classes + " " + name);
          }

          @Override
          public void iterationCompleted(int completed) {
            heard.add("iteration " + completed);
          }
        };
    Hyperparameters options =
        options(SolverChoice.GD).withIterations(2).withCostEvery(1).withPenalty(Penalty.NONE);
    try (Dataset data = clouds(70, 10, "x", "y", "z")) {
      TrainingResult result = trainer(options).fit(data, listener);
      assertThat(heard)
          .containsExactly(
              "0 of 3 x",
              "iteration 1",
              "iteration 2",
              "1 of 3 y",
              "iteration 1",
              "iteration 2",
              "2 of 3 z",
              "iteration 1",
              "iteration 2");
      assertThat(result.costs()).extracting(CostPoint::iteration).containsExactly(0, 1);
      assertThat(result.costs().getFirst().cost()).isCloseTo(Math.log(2), within(1e-7));
      double sum = 0;
      double passes = 0;
      for (int k = 0; k < 3; k++) {
        Question question = new Question(data.classNames(), List.of(data.classNames().get(k)));
        TrainingResult one = trainer(options).fit(question.ask(data));
        sum += one.convergence().objective();
        passes += one.convergence().passes();
      }
      assertThat(result.convergence().objective()).isCloseTo(sum / 3, within(1e-15));
      assertThat(result.convergence().passes()).isEqualTo(passes);
      assertThat(result.convergence().iterations()).isEqualTo(2);
      assertThat(result.convergence().converged()).isFalse();
    }
  }

  @Test
  void convergenceIsThatOfTheWorstAndWarningsComeOnce() {
    List<String> warnings = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void warning(String message) {
            warnings.add(message);
          }
        };
    try (Dataset data = clouds(300, 20, "3", "7", "9")) {
      TrainingResult result = trainer(options(SolverChoice.NEWTON)).fit(data, listener);
      assertThat(result.convergence().converged()).isTrue();
      assertThat(result.convergence().relativeGradientNorm()).isLessThan(1e-6);
      assertThat(warnings).isEmpty();
      TrainingResult early =
          trainer(options(SolverChoice.LBFGS).withIterations(1)).fit(data, listener);
      assertThat(early.convergence().converged()).isFalse();
      assertThat(early.convergence().stopReason().id()).isEqualTo("iterations");
      assertThat(warnings).hasSize(1);
      assertThat(warnings.getFirst())
          .startsWith("class '3' against the rest (and 2 more): not converged after 1 iterations");
    }
  }

  @Test
  void aModelOfTheClassesIsAStartAlsoForSamplesOfSomeOfThem() {
    Hyperparameters options = options(SolverChoice.NEWTON);
    try (Dataset data = clouds(300, 20, "3", "7", "9")) {
      TrainingResult cold = trainer(options).fit(data);
      TrainingResult warm = trainer(options).fit(data, cold.model());
      assertThat(warm.convergence().iterations()).isLessThan(cold.convergence().iterations());
      assertThat(warm.model().provenance().options())
          .containsEntry("from", cold.model().weightsSha256());
      int[] some = {0, 1, 2, 3, 4, 5, 7, 8, 9, 10};
      Hyperparameters steps = options(SolverChoice.GD).withPenalty(Penalty.NONE);
      try (Dataset part = data.select(some)) {
        assertThat(part.counts()).containsExactly(5, 5, 0);
        Model more = trainer(steps).partialFit(part, cold.model()).model();
        assertThat(more.schema().classNames()).isEqualTo(NAMES);
        assertThat(more.weightsSha256()).isNotEqualTo(cold.model().weightsSha256());
        assertThat(trainer(steps).fit(part).model().schema().classNames())
            .as("without a model the classes are those that there are samples of")
            .containsExactly("3", "7");
      }
      try (Dataset other = clouds(30, 20, "3", "8", "9")) {
        assertThatThrownBy(() -> trainer(steps).fit(other, cold.model()))
            .isInstanceOf(DataException.class)
            .hasMessageContaining("class '8', which the model to start from does not have");
      }
    }
  }

  @Test
  void aDivergedClassIsNamed() {
    Hyperparameters options =
        options(SolverChoice.GD).withPenalty(Penalty.NONE).withLearningRate(1e300);
    try (Dataset data = clouds(70, 10, "x", "y", "z")) {
      assertThatThrownBy(() -> trainer(options).fit(data))
          .isInstanceOf(TrainingException.class)
          .hasMessageStartingWith("class 'x' against the rest: diverged at iteration");
    }
  }

  @Test
  void samplesAreHeldOutOfEachQuestion() {
    SgdOptions sgd = SgdOptions.USUAL.withHoldout(0.2, 5);
    Hyperparameters options =
        options(SolverChoice.SGD).withSolver(SolverOptions.sgd(sgd).withIterations(4));
    try (Dataset data = clouds(210, 10, "3", "7", "9")) {
      TrainingResult result = trainer(options).fit(data);
      for (int k = 0; k < 3; k++) {
        assertThat(result.model().weights(k)).isEqualTo(alone(data, k, options).weights());
      }
      assertThat(result.heldOut().orElseThrow().samples()).isEqualTo(42);
      assertThat(result.heldOut().orElseThrow().cost()).isBetween(0.1, 0.7);
    }
  }

  @Test
  void allKernelsAndThreadsGiveTheSameBits() {
    Hyperparameters options = options(SolverChoice.NEWTON);
    try (Dataset data = clouds(600, 30, "3", "7", "9")) {
      String expected = trainer(options).fit(data).model().weightsSha256();
      for (Execution execution :
          List.of(Execution.ofThreads(1), new Execution(KernelRequest.scalar(), 2))) {
        assertThat(new LogisticRegression(options, execution).fit(data).model().weightsSha256())
            .isEqualTo(expected);
      }
    }
  }
}
