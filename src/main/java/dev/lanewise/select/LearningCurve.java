// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.select;

import dev.lanewise.data.Dataset;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.model.Evaluation;
import dev.lanewise.model.Model;
import dev.lanewise.random.SplitMix64;
import dev.lanewise.random.Strata;
import dev.lanewise.train.Hyperparameters;
import dev.lanewise.train.LogisticRegression;
import dev.lanewise.train.SharedProducts;
import dev.lanewise.train.TrainingException;
import dev.lanewise.train.TrainingListener;
import dev.lanewise.train.WarmStart;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * The gain from more samples: trains on growing fractions of the samples and evaluates each model
 * on a fold that is held out, for each fold in turn. If both costs are close, more samples gain
 * little; if the cost of the fold is much higher, more samples or a stronger penalty lower it.
 *
 * <p>Each fraction is stratified, has at least one sample of every class, and contains the smaller
 * fractions.
 */
public final class LearningCurve {

  /** The usual fractions. */
  public static final List<Double> SHARES = List.of(0.1, 0.2, 0.4, 0.6, 0.8, 1.0);

  // Draws of another kind than folds, from the same seed.
  private static final long SALT = 0x6375727665L; // "curve"

  private final LogisticRegression trainer;
  private final List<Double> shares;
  private final int folds;

  /**
   * A curve.
   *
   * @param trainer how to train; its seed is also that of the folds and the fractions
   * @param shares fractions of the samples outside a fold, each above 0 and up to 1, ascending
   * @param folds how many folds, at least 2
   * @throws IllegalArgumentException if there is no fraction, or one is out of range or not above
   *     the one before
   */
  public LearningCurve(LogisticRegression trainer, List<Double> shares, int folds) {
    this.trainer = Objects.requireNonNull(trainer, "trainer");
    this.shares = List.copyOf(shares);
    this.folds = folds;
    double before = 0;
    for (double share : shares) {
      if (!(share > before && share <= 1)) {
        throw new IllegalArgumentException(
            "shares are above 0, up to 1 and ascending, not " + shares);
      }
      before = share;
    }
    if (before == 0) {
      throw new IllegalArgumentException("there is no share, expected at least one");
    }
  }

  /**
   * How many trainings there are.
   *
   * @return the number of fractions times the number of folds
   */
  public int trainings() {
    return shares.size() * folds;
  }

  /**
   * Trains on all fractions.
   *
   * @param train labelled samples
   * @param products of these samples
   * @param kernels what computes
   * @param trained receives the number of finished trainings
   * @return a point for each fraction
   * @throws IllegalArgumentException if there are fewer folds than 2 or more than samples of a
   *     class, or as {@link LogisticRegression#fit(Dataset)}
   * @throws TrainingException as {@link LogisticRegression#fit(Dataset)}
   * @throws dev.lanewise.data.DataException if a copy of the folds does not fit into memory, or as
   *     {@link LogisticRegression#fit(Dataset)}
   */
  public List<CurvePoint> run(
      Dataset train, SharedProducts products, Kernels kernels, IntConsumer trained) {
    Hyperparameters options = trainer.hyperparameters();
    Folds parts = Folds.of(train, folds, options.seed());
    List<Tally> tallies = shares.stream().map(share -> new Tally()).toList();
    int done = 0;
    for (int fold = 0; fold < folds; fold++) {
      int[][] members = members(train, parts.learned(fold), fold);
      for (int place = 0; place < shares.size(); place++) {
        int[] numbers = share(members, shares.get(place));
        try (Fold parted = new Fold(train, numbers, parts.heldOut(fold), products, options)) {
          Model model =
              trainer
                  .fit(
                      parted.learned(),
                      WarmStart.NONE.with(parted.products()),
                      kernels,
                      TrainingListener.SILENT)
                  .model();
          tallies
              .get(place)
              .add(
                  numbers.length,
                  Evaluation.of(model, parted.learned(), kernels),
                  Evaluation.of(model, parted.heldOut(), kernels));
        }
        trained.accept(++done);
      }
    }
    return IntStream.range(0, shares.size())
        .mapToObj(place -> tallies.get(place).point(shares.get(place)))
        .toList();
  }

  /** The samples of each class outside a fold, in random order. */
  private int[][] members(Dataset train, int[] learned, int fold) {
    int[] labels = train.labels();
    int[] ofLearned = Arrays.stream(learned).map(j -> labels[j]).toArray();
    SplitMix64 random = new SplitMix64(trainer.hyperparameters().seed() ^ (SALT + fold));
    int[][] members = Strata.shuffled(ofLearned, train.classNames().size(), random);
    for (int[] ofClass : members) {
      for (int i = 0; i < ofClass.length; i++) {
        ofClass[i] = learned[ofClass[i]];
      }
    }
    return members;
  }

  private static int[] share(int[][] members, double share) {
    IntStream numbers = IntStream.empty();
    for (int[] ofClass : members) {
      int wanted = (int) Math.max(1, Math.floor(share * ofClass.length + 0.5));
      numbers = IntStream.concat(numbers, Arrays.stream(ofClass).limit(wanted));
    }
    return numbers.sorted().toArray();
  }

  /** The results of one fraction on the folds so far. */
  private static final class Tally {

    private final List<Double> samples = new ArrayList<>();
    private final List<Double> trainCosts = new ArrayList<>();
    private final List<Double> trainAccuracies = new ArrayList<>();
    private final List<Double> heldOutCosts = new ArrayList<>();
    private final List<Double> heldOutAccuracies = new ArrayList<>();

    void add(int count, Evaluation train, Evaluation heldOut) {
      samples.add((double) count);
      trainCosts.add(train.cost());
      trainAccuracies.add(train.accuracy());
      heldOutCosts.add(heldOut.cost());
      heldOutAccuracies.add(heldOut.accuracy());
    }

    CurvePoint point(double share) {
      return new CurvePoint(
          share,
          Spread.mean(samples),
          Spread.mean(trainCosts),
          Spread.mean(trainAccuracies),
          Spread.mean(heldOutCosts),
          Spread.mean(heldOutAccuracies),
          Spread.deviation(heldOutCosts));
    }
  }
}
