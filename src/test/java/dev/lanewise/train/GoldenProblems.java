// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.train;

import dev.lanewise.data.Dataset;
import dev.lanewise.data.FeatureShape;
import dev.lanewise.data.Origin;
import dev.lanewise.data.Scaling;
import dev.lanewise.data.Schema;
import dev.lanewise.data.TestData;
import dev.lanewise.matrix.ByteMatrix;
import dev.lanewise.model.MultiClass;
import dev.lanewise.options.Activation;
import dev.lanewise.options.HiddenLayers;
import dev.lanewise.options.Optimizer;
import dev.lanewise.options.Penalty;
import dev.lanewise.options.Schedule;
import dev.lanewise.options.SgdOptions;
import dev.lanewise.random.Draw;
import dev.lanewise.random.Draw.Values;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Small problems that stay as they are: one for each solver, engine, form and kind of option. Their
 * data are drawn, and the same everywhere.
 */
final class GoldenProblems {

  /**
   * A problem.
   *
   * @param data what to learn from
   * @param weighted whether its samples have weights
   * @param options how
   */
  record Golden(Data data, boolean weighted, Hyperparameters options) {}

  /** Shapes beside, at and across the borders of blocks, tiles and sections. */
  enum Data {
    /** 3 blocks of samples of few features. */
    TALL(700, 33),
    /** Fewer samples than features. */
    WIDE(40, 300),
    /** 3 sections of features, too many for their Hessian. */
    LONG(20, 2100),
    /** Bytes. */
    PIXELS(60, 768),
    /** Five classes, 3 blocks of samples. */
    CLASSES(600, 45, 5),
    /** Three, and fewer samples than features. */
    WIDE_CLASSES(50, 200, 3),
    /** Three, of too many features for their matrices. */
    LONG_CLASSES(24, 1700, 3);

    private final int samples;
    private final int features;
    private final int classes;

    Data(int samples, int features) {
      this(samples, features, 2);
    }

    Data(int samples, int features, int classes) {
      this.samples = samples;
      this.features = features;
      this.classes = classes;
    }

    /** The caller closes it. */
    Dataset open(boolean weighted) {
      Dataset data = this == PIXELS ? pixels() : clouds();
      return weighted ? data.withWeights(weights()) : data;
    }

    private int[] labels() {
      Draw draw = new Draw(1 + ordinal());
      int[] labels = new int[samples];
      for (int j = 0; j < samples; j++) {
        labels[j] = classes > 2 && j < classes ? j : draw.between(0, classes - 1);
      }
      return labels;
    }

    private float[] weights() {
      Draw draw = new Draw(11 + ordinal());
      float[] weights = new float[samples];
      for (int j = 0; j < samples; j++) {
        weights[j] = draw.between(0, 8) / 4f;
      }
      return weights;
    }

    // Clouds that overlap, two or one of each class.
    private Dataset clouds() {
      Draw draw = new Draw(21 + ordinal());
      int[] labels = labels();
      float[][] x = new float[samples][];
      for (int j = 0; j < samples; j++) {
        x[j] = draw.floats(features, Values.NORMAL);
        if (classes > 2) {
          for (int i = labels[j]; i < features; i += classes + 2) {
            x[j][i] += 0.5f;
          }
        } else {
          for (int i = 0; i < features; i += 7) {
            x[j][i] += labels[j] == 1 ? 0.25f : -0.25f;
          }
        }
      }
      return TestData.ofClasses(x, labels, classes);
    }

    private Dataset pixels() {
      Arena arena = Arena.ofShared();
      MemorySegment bytes =
          MemorySegment.ofArray(new Draw(31 + ordinal()).bytes(samples * features));
      ByteMatrix x = ByteMatrix.allocate(arena, features, samples, Scaling.PIXEL_FACTOR);
      for (int j = 0; j < samples; j++) {
        x.setColumn(j, bytes, (long) j * features);
      }
      return new Dataset(
          arena,
          x,
          labels(),
          Schema.UNNAMED,
          FeatureShape.of(16, 16, 3),
          Scaling.PIXELS,
          Origin.memory("golden"));
    }
  }

  private GoldenProblems() {}

  /** All problems, by name. */
  static Map<String, Golden> all() {
    Map<String, Golden> all = new LinkedHashMap<>();
    descent(all);
    optima(all);
    batches(all);
    softmax(all);
    oneVersusRest(all);
    hiddenLayers(all);
    networksInSampleSpace(all);
    return all;
  }

  private static void hiddenLayers(Map<String, Golden> all) {
    Hyperparameters descent =
        Hyperparameters.tutorial()
            .withIterations(20)
            .withLearningRate(0.05)
            .withCostEvery(1)
            .withInitialization(Initialization.HE, 4);
    Hyperparameters primal = descent.withEngine(EngineChoice.PRIMAL);
    HiddenLayers two = HiddenLayers.of(20, 7);
    all.put("network-primal", new Golden(Data.TALL, true, primal.withHidden(two)));
    all.put(
        "network-primal-tanh-l1-l2",
        new Golden(
            Data.CLASSES,
            false,
            primal
                .withPenalty(new Penalty(0.5, 2))
                .withInitialization(Initialization.GLOROT, 5)
                .withHidden(HiddenLayers.of(33).withActivation(Activation.TANH))));
    all.put("network-primal-pixels", new Golden(Data.PIXELS, false, primal.withHidden(two)));
    Hyperparameters lbfgs =
        descent
            .withSolver(SolverOptions.of(SolverChoice.LBFGS).withTolerance(1e-3))
            .withIterations(30);
    all.put("network-lbfgs", new Golden(Data.TALL, false, lbfgs.withHidden(two)));
    all.put(
        "network-lbfgs-l1-classes",
        new Golden(
            Data.CLASSES,
            true,
            lbfgs.withPenalty(new Penalty(1, 1)).withHidden(HiddenLayers.of(12))));
    Hyperparameters adam =
        descent.withSgd(SgdOptions.USUAL_OF_NETWORKS.withBatchSize(64)).withIterations(4);
    all.put("network-adam", new Golden(Data.TALL, false, adam.withHidden(HiddenLayers.of(300, 5))));
    all.put(
        "network-adam-dropout-holdout",
        new Golden(
            Data.CLASSES,
            true,
            adam.withSgd(SgdOptions.USUAL_OF_NETWORKS.withBatchSize(50).withHoldout(0.2, 3))
                .withIterations(6)
                .withHidden(two.withDropout(0.3))));
    all.put(
        "network-adamw",
        new Golden(
            Data.LONG_CLASSES,
            false,
            adam.withSgd(SgdOptions.USUAL.withOptimizer(Optimizer.Adam.DECOUPLED))
                .withIterations(4)
                .withPenalty(Penalty.l2(3))
                .withHidden(two)));
    all.put(
        "network-nesterov",
        new Golden(
            Data.PIXELS,
            false,
            adam.withSgd(
                    SgdOptions.USUAL.withOptimizer(new Optimizer.Sgd(0.9, true)).withBatchSize(9))
                .withIterations(4)
                .withLearningRate(0.01)
                .withHidden(two)));
  }

  private static void descent(Map<String, Golden> all) {
    Hyperparameters descent =
        Hyperparameters.tutorial().withIterations(40).withLearningRate(0.1).withCostEvery(1);
    Hyperparameters primal = descent.withEngine(EngineChoice.PRIMAL);
    all.put("primal-tall", new Golden(Data.TALL, false, primal));
    all.put("primal-wide", new Golden(Data.WIDE, false, primal));
    all.put("primal-pixels", new Golden(Data.PIXELS, false, primal.withLearningRate(0.01)));
    all.put("primal-l2", new Golden(Data.TALL, false, primal.withPenalty(Penalty.l2(20))));
    all.put("primal-l1-l2", new Golden(Data.TALL, false, primal.withPenalty(new Penalty(2, 5))));
    all.put("primal-weights", new Golden(Data.TALL, true, primal));
    all.put(
        "primal-balanced",
        new Golden(Data.TALL, false, primal.withClassWeights(ClassWeights.BALANCED)));
    all.put(
        "primal-normal",
        new Golden(Data.LONG, false, primal.withInitialization(Initialization.NORMAL, 5)));
    Hyperparameters gram = descent.withEngine(EngineChoice.GRAM);
    all.put("gram-wide", new Golden(Data.WIDE, false, gram));
    all.put("gram-tall", new Golden(Data.TALL, false, gram));
    all.put("gram-long", new Golden(Data.LONG, false, gram));
    all.put("gram-pixels", new Golden(Data.PIXELS, false, gram.withLearningRate(0.01)));
    all.put(
        "gram-l2-normal",
        new Golden(
            Data.WIDE,
            false,
            gram.withPenalty(Penalty.l2(3)).withInitialization(Initialization.NORMAL, 6)));
    all.put("gram-weights", new Golden(Data.WIDE, true, gram));
  }

  private static void networksInSampleSpace(Map<String, Golden> all) {
    Hyperparameters gram =
        Hyperparameters.tutorial()
            .withHidden(HiddenLayers.of(7, 5))
            .withEngine(EngineChoice.GRAM)
            .withIterations(30)
            .withLearningRate(0.1)
            .withCostEvery(1);
    all.put("network-gram-wide", new Golden(Data.WIDE, false, gram));
    all.put("network-gram-tall", new Golden(Data.TALL, false, gram));
    all.put("network-gram-pixels", new Golden(Data.PIXELS, false, gram));
    all.put(
        "network-gram-numpy-l2",
        new Golden(
            Data.LONG,
            false,
            gram.withPenalty(Penalty.l2(2)).withInitialization(Initialization.numpy(0.01), 1)));
    all.put(
        "network-gram-tanh-weights",
        new Golden(
            Data.WIDE_CLASSES,
            true,
            gram.withHidden(HiddenLayers.of(6).withActivation(Activation.TANH))
                .withInitialization(Initialization.GLOROT, 2)));
  }

  private static void optima(Map<String, Golden> all) {
    Hyperparameters newton = Hyperparameters.defaults();
    all.put("newton-samples", new Golden(Data.WIDE, false, newton));
    all.put("newton-parts", new Golden(Data.TALL, false, newton));
    all.put("newton-pixels", new Golden(Data.PIXELS, false, newton));
    all.put("newton-no-penalty", new Golden(Data.TALL, false, newton.withPenalty(Penalty.NONE)));
    all.put(
        "newton-diagonal",
        new Golden(Data.LONG, false, newton.withPenalty(Penalty.NONE).withIterations(4)));
    all.put(
        "newton-weights",
        new Golden(Data.TALL, true, newton.withClassWeights(ClassWeights.BALANCED)));
    Hyperparameters lbfgs = newton.withSolver(SolverOptions.of(SolverChoice.LBFGS));
    all.put("lbfgs-tall", new Golden(Data.TALL, false, lbfgs));
    all.put("lbfgs-wide", new Golden(Data.WIDE, false, lbfgs));
    all.put("lbfgs-pixels", new Golden(Data.PIXELS, false, lbfgs));
    all.put("lbfgs-l1", new Golden(Data.TALL, false, lbfgs.withPenalty(new Penalty(4, 0))));
    all.put("lbfgs-l1-l2", new Golden(Data.WIDE, false, lbfgs.withPenalty(new Penalty(0.5, 1))));
    all.put("lbfgs-weights", new Golden(Data.TALL, true, lbfgs));
  }

  private static void batches(Map<String, Golden> all) {
    SgdOptions usual = SgdOptions.USUAL;
    sgd(all, "sgd-one-by-one", Data.WIDE, usual.withBatchSize(1));
    sgd(all, "sgd-tall", Data.TALL, usual);
    sgd(all, "sgd-pixels", Data.PIXELS, usual.withBatchSize(13));
    sgd(all, "sgd-momentum", Data.TALL, usual.withOptimizer(new Optimizer.Sgd(0.9, false)));
    sgd(all, "sgd-nesterov", Data.TALL, usual.withOptimizer(new Optimizer.Sgd(0.9, true)));
    sgd(all, "sgd-adam", Data.TALL, usual.withOptimizer(Optimizer.Adam.USUAL));
    for (Schedule.Kind kind : Schedule.Kind.values()) {
      sgd(all, "sgd-" + kind.id(), Data.WIDE, usual.withSchedule(new Schedule(kind, 0.5, 2)));
    }
    sgd(all, "sgd-holdout", Data.TALL, usual.withHoldout(0.2, 2));
    sgd(all, "sgd-tolerance", Data.TALL, usual.withTolerance(0.95));
    Hyperparameters adam =
        Hyperparameters.tutorial()
            .withSgd(usual.withOptimizer(Optimizer.Adam.USUAL).withBatchSize(50))
            .withIterations(6)
            .withPenalty(new Penalty(1, 2))
            .withInitialization(Initialization.NORMAL, 9)
            .withCostEvery(1);
    all.put("sgd-adam-l1-l2-weights", new Golden(Data.TALL, true, adam));
    all.put(
        "sgd-l1-l2",
        new Golden(Data.TALL, false, adam.withSgd(usual).withIterations(6).withLearningRate(0.05)));
  }

  private static void sgd(Map<String, Golden> all, String name, Data data, SgdOptions sgd) {
    Hyperparameters options =
        Hyperparameters.tutorial()
            .withSgd(sgd)
            .withIterations(6)
            .withInitialization(Initialization.ZEROS, 77)
            .withCostEvery(1);
    all.put(name, new Golden(data, false, options));
  }

  private static void softmax(Map<String, Golden> all) {
    Hyperparameters descent =
        Hyperparameters.tutorial().withIterations(30).withLearningRate(0.2).withCostEvery(1);
    all.put("softmax-primal", new Golden(Data.CLASSES, false, descent));
    all.put("softmax-primal-wide", new Golden(Data.WIDE_CLASSES, false, descent));
    all.put(
        "softmax-primal-l1-l2-weights",
        new Golden(
            Data.CLASSES,
            true,
            descent
                .withPenalty(new Penalty(1, 4))
                .withClassWeights(ClassWeights.BALANCED)
                .withInitialization(Initialization.NORMAL, 3)));
    Hyperparameters newton = Hyperparameters.defaults();
    all.put("softmax-newton", new Golden(Data.CLASSES, false, newton));
    all.put("softmax-newton-wide", new Golden(Data.WIDE_CLASSES, true, newton));
    all.put("softmax-newton-diagonal", new Golden(Data.LONG_CLASSES, false, newton));
    Hyperparameters lbfgs = newton.withSolver(SolverOptions.of(SolverChoice.LBFGS));
    all.put("softmax-lbfgs", new Golden(Data.CLASSES, false, lbfgs));
    all.put(
        "softmax-lbfgs-l1-l2",
        new Golden(Data.WIDE_CLASSES, false, lbfgs.withPenalty(new Penalty(0.5, 1))));
    SgdOptions usual = SgdOptions.USUAL;
    sgd(all, "softmax-sgd", Data.CLASSES, usual);
    sgd(
        all,
        "softmax-sgd-nesterov-holdout",
        Data.CLASSES,
        usual.withOptimizer(new Optimizer.Sgd(0.9, true)).withHoldout(0.2, 2));
    sgd(all, "softmax-sgd-adam", Data.WIDE_CLASSES, usual.withOptimizer(Optimizer.Adam.USUAL));
  }

  private static void oneVersusRest(Map<String, Golden> all) {
    Hyperparameters descent =
        Hyperparameters.tutorial()
            .withMultiClass(MultiClass.OVR)
            .withIterations(30)
            .withLearningRate(0.2)
            .withCostEvery(1);
    all.put("ovr-primal", new Golden(Data.CLASSES, false, descent.withEngine(EngineChoice.PRIMAL)));
    all.put(
        "ovr-gram", new Golden(Data.WIDE_CLASSES, false, descent.withEngine(EngineChoice.GRAM)));
    Hyperparameters newton = Hyperparameters.defaults().withMultiClass(MultiClass.OVR);
    all.put("ovr-newton-samples", new Golden(Data.WIDE_CLASSES, false, newton));
    all.put(
        "ovr-newton-balanced",
        new Golden(Data.CLASSES, true, newton.withClassWeights(ClassWeights.BALANCED)));
    all.put(
        "ovr-lbfgs-l1",
        new Golden(
            Data.CLASSES,
            false,
            newton
                .withSolver(SolverOptions.of(SolverChoice.LBFGS))
                .withPenalty(new Penalty(2, 0))));
    all.put(
        "ovr-sgd",
        new Golden(
            Data.CLASSES,
            false,
            descent.withSgd(SgdOptions.USUAL).withIterations(4).withLearningRate(0.05)));
  }
}
