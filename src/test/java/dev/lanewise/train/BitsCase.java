// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.train;

import dev.lanewise.data.Scaling;
import dev.lanewise.model.MultiClass;
import dev.lanewise.options.Activation;
import dev.lanewise.options.HiddenLayers;
import dev.lanewise.options.Optimizer;
import dev.lanewise.options.Penalty;
import dev.lanewise.options.Schedule;
import dev.lanewise.options.SgdOptions;
import dev.lanewise.random.Draw;
import dev.lanewise.random.Draw.Values;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A problem drawn from a seed: its shape, its values, its options.
 *
 * @param seed what it was drawn from, and what its values are drawn from
 * @param samples m
 * @param features d
 * @param values what the features are like
 * @param classes K: two, or more, which the options say how to tell apart
 * @param weighted whether the samples have weights of their own
 * @param oneClass whether all labels are the same; of two classes only
 * @param options how to train, whatever computes
 */
record BitsCase(
    long seed,
    int samples,
    int features,
    Values values,
    int classes,
    boolean weighted,
    boolean oneClass,
    Hyperparameters options) {

  // Of lanes, tiles, blocks of samples and sections of features: below, at, above.
  private static final int[] BORDERS = {
    1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 32, 33, 35, 36, 37, 63, 64, 65, 255, 256, 257, 511, 512,
    513, 767, 768, 769, 1023, 1024, 1025
  };

  private static final double[] WEIGHTS_OF_CLASSES = {0.3, 2};

  private static final int MOST_CLASSES = 12;
  private static final int MOST_NUMBERS = 18_000;
  private static final double MOST_WORK = 7e5;
  private static final int FEW = 24;

  /** The case of a seed. */
  static BitsCase of(long seed) {
    Draw draw = new Draw(seed);
    while (true) {
      int samples = size(draw);
      int features = size(draw);
      if ((long) samples * features > MOST_NUMBERS) {
        continue;
      }
      Values values = draw.of(Values.values());
      int classes = draw.oneIn(4) ? Math.min(draw.between(3, MOST_CLASSES), samples) : 2;
      boolean many = classes > 2;
      BitsCase drawn =
          new BitsCase(
              seed,
              samples,
              features,
              values,
              many ? classes : 2,
              draw.oneIn(3),
              !many && draw.oneIn(25),
              withHidden(options(draw, values, samples, many), many, seed));
      if (drawn.work() <= MOST_WORK) {
        return drawn;
      }
    }
  }

  // By draws of their own, so that other problems of a seed stay as they are.
  private static Hyperparameters withHidden(Hyperparameters options, boolean many, long seed) {
    Draw draw = new Draw(seed ^ 0x68696464656EL);
    boolean isTaken =
        options.solver() != SolverChoice.NEWTON
            && !(many && options.multiClass() == MultiClass.OVR);
    if (!isTaken || !draw.oneIn(3)) {
      return options;
    }
    HiddenLayers layers =
        draw.oneIn(2)
            ? HiddenLayers.of(draw.between(1, 18))
            : HiddenLayers.of(draw.between(1, 12), draw.between(1, 6));
    double dropout = options.solver().usesBatches() && draw.oneIn(3) ? 0.4 : 0;
    return options
        .withInitialization(
            draw.of(Initialization.HE, Initialization.GLOROT, Initialization.NUMPY_FAN_IN),
            draw.between(0, 1000))
        .withHidden(layers.withActivation(draw.of(Activation.values())).withDropout(dropout));
  }

  private static int size(Draw draw) {
    return draw.oneIn(3) ? draw.between(1, 300) : draw.of(BORDERS);
  }

  private static Hyperparameters options(Draw draw, Values values, int samples, boolean many) {
    Penalty penalty =
        new Penalty(draw.of(0.0, 0.0, 0.01, 1.0), draw.of(0.0, 0.0, 1e-3, 1.0, 1.0, 50.0));
    // Gradient descent takes any penalty, so that it may be set before the solver.
    Hyperparameters plain =
        Hyperparameters.tutorial()
            .withClassWeights(
                draw.of(
                    ClassWeights.NONE,
                    ClassWeights.NONE,
                    ClassWeights.BALANCED,
                    ClassWeights.of(
                        Map.of("0", WEIGHTS_OF_CLASSES[0], "1", WEIGHTS_OF_CLASSES[1]))))
            .withInitialization(draw.of(Initialization.ZEROS, Initialization.NORMAL), draw.any())
            .withCostEvery(draw.between(0, 3));
    MultiClass way = many ? draw.of(MultiClass.values()) : MultiClass.SOFTMAX;
    plain = plain.withMultiClass(way);
    double rate = draw.of(0.5, 0.05, 1e-3) * (draw.oneIn(8) ? 1 : scale(values));
    SolverChoice solver = draw.of(SolverChoice.values());
    switch (solver) {
      case GD:
        // Softmax has no gram engine.
        EngineChoice engine =
            many && way == MultiClass.SOFTMAX
                ? EngineChoice.PRIMAL
                : draw.of(EngineChoice.PRIMAL, EngineChoice.GRAM);
        double l1 = engine == EngineChoice.GRAM ? 0 : penalty.l1();
        return plain
            .withPenalty(new Penalty(l1, penalty.l2()))
            .withSolver(
                SolverOptions.of(SolverChoice.GD)
                    .withEngine(engine)
                    .withLearningRate(rate)
                    .withIterations(draw.between(1, 8)));
      case SGD:
        return plain
            .withPenalty(penalty)
            .withSolver(
                SolverOptions.sgd(sgd(draw, samples))
                    .withLearningRate(rate)
                    .withIterations(draw.between(1, 4)));
      case NEWTON:
        return plain
            .withPenalty(Penalty.l2(penalty.l2()))
            .withSolver(SolverOptions.of(solver).withIterations(draw.between(1, 4)));
      default:
        return plain
            .withPenalty(penalty)
            .withSolver(SolverOptions.of(solver).withIterations(draw.between(1, 6)));
    }
  }

  // A rate at which some runs stay finite.
  private static double scale(Values values) {
    switch (values) {
      case HUGE:
        return 1e-50;
      case CANCELLING:
      case MIXED:
        return 1e-14;
      case SPREAD:
        return 1e-12;
      default:
        return 1;
    }
  }

  private static SgdOptions sgd(Draw draw, int samples) {
    Optimizer optimizer =
        draw.of(
            new Optimizer.Sgd(0, false),
            new Optimizer.Sgd(0.9, false),
            new Optimizer.Sgd(0.8, true),
            Optimizer.Adam.USUAL);
    Schedule schedule = new Schedule(draw.of(Schedule.Kind.values()), 0.5, draw.between(1, 2));
    double holdout = samples > 20 && draw.oneIn(3) ? 0.25 : 0;
    double tolerance = holdout == 0 && draw.oneIn(4) ? 0.1 : 0;
    int most = Math.max(1, (int) (samples * (1 - holdout)) - 2);
    int size = draw.oneIn(2) ? draw.between(1, most) : Math.min(most, draw.of(BORDERS));
    return new SgdOptions(Math.max(size, most / FEW), optimizer, schedule, tolerance, holdout, 2);
  }

  // About how many multiply-adds there are; the factor of a matrix is what costs most of Newton's.
  private double work() {
    // Small columns, of which there are K, cost more than their multiply-adds.
    return isMany() ? 2 * classes * workOfOne() : workOfOne();
  }

  private double workOfOne() {
    double d = features;
    double m = samples;
    double passes = 2 * d * m * options.iterations();
    for (int units : options.hidden().units()) {
      passes *= units;
    }
    switch (options.solver()) {
      case GD:
        return options.solverOptions().engine() == EngineChoice.GRAM ? m * m * d + passes : passes;
      case NEWTON:
        boolean inSamples = !isSoftmax() && m <= d && options.penalty().l2() > 0;
        double side = inSamples ? m : d;
        double matrix = !inSamples && d > 2048 ? 0 : side * side * (side / 3 + Math.max(d, m) / 2);
        return options.iterations() * (matrix + 40 * d * m) / 4;
      default:
        return 3 * passes;
    }
  }

  /** Whether there are three classes or more. */
  boolean isMany() {
    return classes > 2;
  }

  /** Whether all classes are learned together, and not one neuron after the other. */
  boolean isSoftmax() {
    return isMany() && options.multiClass() == MultiClass.SOFTMAX;
  }

  /** The pixels of {@link Values#PIXELS}, sample after sample. */
  byte[] pixels() {
    return ofFeatures().bytes(samples * features);
  }

  /** The features, an array a sample. */
  float[][] x() {
    float[][] x = new float[samples][];
    if (values == Values.PIXELS) {
      byte[] pixels = pixels();
      for (int j = 0; j < samples; j++) {
        x[j] = new float[features];
        for (int i = 0; i < features; i++) {
          x[j][i] = Scaling.pixel(pixels[j * features + i] & 0xff);
        }
      }
      return x;
    }
    Draw draw = ofFeatures();
    for (int j = 0; j < samples; j++) {
      x[j] = draw.floats(features, values);
    }
    return x;
  }

  /** The labels, from 0 to below the classes; of more than two each has a sample. */
  int[] y() {
    Draw draw = new Draw(seed ^ 0x6C6162656C73L);
    int[] y = new int[samples];
    for (int j = 0; j < samples; j++) {
      y[j] = oneClass ? 1 : isMany() && j < classes ? j : draw.between(0, classes - 1);
    }
    return y;
  }

  /** What the samples of each class weigh, where classes have weights of their own. */
  double[] ofClasses() {
    double[] all = new double[classes];
    Arrays.fill(all, 1);
    if (!options.classWeights().isNone() && options.classWeights() != ClassWeights.BALANCED) {
      System.arraycopy(WEIGHTS_OF_CLASSES, 0, all, 0, WEIGHTS_OF_CLASSES.length);
    }
    return all;
  }

  /** What the samples of each class weigh, where classes are to count alike. */
  static double[] balanced(int[] y, int classes, float[] weights) {
    double[] sums = new double[classes];
    double all = 0;
    for (int j = 0; j < y.length; j++) {
      sums[y[j]] += weights[j];
      all += weights[j];
    }
    double present = Arrays.stream(sums).filter(sum -> sum > 0).count();
    double n = all;
    return Arrays.stream(sums).map(sum -> sum == 0 ? 1 : n / (present * sum)).toArray();
  }

  /** The weights of the samples, some of them zero but not the first; null for none. */
  float[] weights() {
    if (!weighted) {
      return null;
    }
    Draw draw = new Draw(seed ^ 0x77656967687473L);
    float[] weights = new float[samples];
    for (int j = 0; j < samples; j++) {
      weights[j] = j > 0 && draw.oneIn(5) ? 0 : draw.between(1, 400) / 100f;
    }
    return weights;
  }

  private Draw ofFeatures() {
    return new Draw(seed ^ 0x6665617475726573L);
  }

  /** Cases that are a little simpler. */
  List<BitsCase> simpler() {
    List<BitsCase> all = new ArrayList<>();
    for (int m : new int[] {samples / 2, samples - 1}) {
      all.add(with(m, features, options));
    }
    for (int d : new int[] {features / 2, features - 1}) {
      all.add(with(samples, d, options));
    }
    all.add(with(samples, features, options.withIterations(options.iterations() / 2)));
    all.add(with(samples, features, options.withPenalty(Penalty.NONE)));
    all.add(with(samples, features, options.withClassWeights(ClassWeights.NONE)));
    if (options.hidden().isNone()) {
      all.add(with(samples, features, options.withInitialization(Initialization.ZEROS, 0)));
    } else {
      all.add(with(samples, features, options.withHidden(HiddenLayers.of(1))));
      all.add(with(samples, features, options.withHidden(options.hidden().withDropout(0))));
    }
    all.add(with(samples, features, options.withCostEvery(1)));
    all.add(new BitsCase(seed, samples, features, values, 2, weighted, oneClass, options));
    all.add(
        new BitsCase(seed, samples, features, values, classes - 1, weighted, oneClass, options));
    all.add(new BitsCase(seed, samples, features, values, classes, false, oneClass, options));
    all.add(
        new BitsCase(seed, samples, features, Values.NORMAL, classes, weighted, oneClass, options));
    return all.stream()
        .filter(other -> other.classes == 2 || other.isMany() && other.classes <= other.samples)
        .filter(other -> other.samples > 0 && other.features > 0 && !other.equals(this))
        .filter(other -> other.options.iterations() > 0)
        .toList();
  }

  private BitsCase with(int m, int d, Hyperparameters other) {
    return new BitsCase(seed, m, d, values, classes, weighted, oneClass, other);
  }

  /** All that there is to know, and the numbers where they are few. */
  String description() {
    if ((long) samples * features > 64) {
      return toString();
    }
    return String.format(
        Locale.ROOT,
        "%s%n  x = %s%n  y = %s%n  weights = %s",
        this,
        Stream.of(x()).map(BitsCase::exactly).toList(),
        Arrays.toString(y()),
        weighted ? exactly(weights()) : "none");
  }

  private static String exactly(float[] numbers) {
    List<String> all = new ArrayList<>();
    for (float number : numbers) {
      all.add(Float.toHexString(number));
    }
    return all.toString();
  }
}
