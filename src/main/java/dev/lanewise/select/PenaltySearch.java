// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.select;

import dev.lanewise.data.Dataset;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.model.Evaluation;
import dev.lanewise.train.Hyperparameters;
import dev.lanewise.train.LogisticRegression;
import dev.lanewise.train.SharedProducts;
import dev.lanewise.train.TrainingException;
import dev.lanewise.train.TrainingListener;
import dev.lanewise.train.TrainingResult;
import dev.lanewise.train.WarmStart;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Picks a penalty by cross-validation: for each fold it trains the path on the other folds and
 * computes the log-loss on this one; then it trains on all samples with the penalty of the lowest
 * mean log-loss.
 *
 * <p>If the solver works on products of the samples, they are computed once for all folds and
 * penalties. The last training starts from the initial weights and not from the end of a path, so
 * that its model is bit for bit that of a training with this penalty alone.
 */
public final class PenaltySearch {

  private final LogisticRegression trainer;
  private final Penalties penalties;
  private final int folds;
  private final boolean oneStandardError;

  /**
   * The result of a search.
   *
   * @param scores the scores of the penalties on the folds
   * @param options those of the last training, with the penalty that was picked
   * @param result the training on all samples
   */
  public record Outcome(PenaltyScores scores, Hyperparameters options, TrainingResult result) {}

  /**
   * A search.
   *
   * @param trainer how to train; its penalty on squares is replaced, its seed is also that of the
   *     folds
   * @param penalties which to choose from
   * @param folds how many folds, at least 2
   * @param oneStandardError whether to take the strongest penalty whose log-loss is within one
   *     standard error of the lowest, and not that with the lowest
   */
  public PenaltySearch(
      LogisticRegression trainer, Penalties penalties, int folds, boolean oneStandardError) {
    this.trainer = Objects.requireNonNull(trainer, "trainer");
    this.penalties = Objects.requireNonNull(penalties, "penalties");
    this.folds = folds;
    this.oneStandardError = oneStandardError;
  }

  /**
   * The folds that it uses.
   *
   * @param train labelled samples
   * @return the folds
   * @throws IllegalArgumentException if they are fewer than 2, or more than samples of a class
   */
  public Folds foldsOf(Dataset train) {
    return Folds.of(train, folds, trainer.hyperparameters().seed());
  }

  /**
   * The index of the penalty that the scores select.
   *
   * @param scores the scores of the penalties on the folds
   * @return an index of the candidates
   */
  public int pickedOf(PenaltyScores scores) {
    return oneStandardError ? scores.simplest() : scores.best();
  }

  /**
   * The trainer to use after a search.
   *
   * @param scores the scores of the penalties on the folds
   * @return the trainer with the penalty that is picked
   */
  public LogisticRegression picked(PenaltyScores scores) {
    double l2 = scores.candidates().get(pickedOf(scores)).l2();
    return new PenaltyPath(trainer, penalties).with(l2);
  }

  /**
   * Searches, and trains.
   *
   * @param train labelled samples
   * @param warmStart the model that the training on all samples starts from; products are its own
   * @param kernels what computes
   * @param listener receives the progress and the warnings of the last training
   * @param observer is told of each training on folds
   * @return scores and model
   * @throws IllegalArgumentException as {@link #foldsOf}, or {@link
   *     LogisticRegression#fit(Dataset)}
   * @throws TrainingException if no penalty can be trained with, or as {@link
   *     LogisticRegression#fit(Dataset)}
   * @throws dev.lanewise.data.DataException if a copy of the folds does not fit into memory, or as
   *     {@link LogisticRegression#fit(Dataset)}
   */
  public Outcome fit(
      Dataset train,
      WarmStart warmStart,
      Kernels kernels,
      TrainingListener listener,
      SearchObserver observer) {
    try (SharedProducts products = SharedProducts.of(train)) {
      PenaltyScores scores = score(train, products, kernels, observer);
      LogisticRegression picked = picked(scores);
      TrainingResult result = picked.fit(train, warmStart.with(products), kernels, listener);
      return new Outcome(scores, picked.hyperparameters(), result);
    }
  }

  /**
   * Searches only.
   *
   * @param train labelled samples
   * @param products of the samples
   * @param kernels what computes
   * @param observer is told of each training on folds
   * @return the scores
   * @throws IllegalArgumentException as {@link #fit}
   * @throws TrainingException if no penalty can be trained with
   * @throws dev.lanewise.data.DataException as {@link #fit}
   */
  public PenaltyScores score(
      Dataset train, SharedProducts products, Kernels kernels, SearchObserver observer) {
    Folds parts = foldsOf(train);
    List<Tally> tallies = new ArrayList<>();
    for (double l2 : penalties.values()) {
      tallies.add(new Tally(l2));
    }
    for (int fold = 0; fold < folds; fold++) {
      int[] learned = parts.learned(fold);
      try (Fold parted =
          new Fold(train, learned, parts.heldOut(fold), products, trainer.hyperparameters())) {
        WarmStart start = WarmStart.NONE.with(parted.products());
        OneFold told = new OneFold(fold, parted.heldOut(), kernels, tallies, observer);
        new PenaltyPath(trainer, penalties)
            .fit(parted.learned(), start, kernels, TrainingListener.SILENT, told);
      }
    }
    if (tallies.stream().allMatch(tally -> tally.failure != null)) {
      throw tallies.get(tallies.size() - 1).failure;
    }
    return PenaltyScores.of(folds, tallies.stream().map(tally -> tally.candidate()).toList());
  }

  /** Evaluates the models trained without one fold on this fold. */
  private static final class OneFold implements PenaltyPath.Observer {

    private final int fold;
    private final Dataset heldOut;
    private final Kernels kernels;
    private final List<Tally> tallies;
    private final SearchObserver observer;
    private int place;

    OneFold(
        int fold, Dataset heldOut, Kernels kernels, List<Tally> tallies, SearchObserver observer) {
      this.fold = fold;
      this.heldOut = heldOut;
      this.kernels = kernels;
      this.tallies = tallies;
      this.observer = observer;
    }

    @Override
    public void trained(double l2, TrainingResult result) {
      Evaluation evaluation = Evaluation.of(result.model(), heldOut, kernels);
      tallies.get(place++).add(result, evaluation.cost(), evaluation.accuracy());
      observer.tried(fold, l2, evaluation.cost());
    }

    @Override
    public void failed(double l2, TrainingException failure) {
      tallies.get(place++).failure = failure;
      observer.tried(fold, l2, Double.NaN);
    }
  }

  /** The results of one penalty on the folds so far. */
  private final class Tally {

    private final double l2;
    private final List<Double> losses = new ArrayList<>();
    private double accuracies;
    private double iterations;
    private int converged;
    private TrainingException failure;

    Tally(double l2) {
      this.l2 = l2;
    }

    void add(TrainingResult result, double logLoss, double accuracy) {
      losses.add(logLoss);
      accuracies += accuracy;
      iterations += result.convergence().iterations();
      converged += result.convergence().converged() ? 1 : 0;
    }

    Candidate candidate() {
      if (failure != null) {
        return new Candidate(l2, Double.NaN, Double.NaN, Double.NaN, Double.NaN, 0, folds);
      }
      return new Candidate(
          l2,
          Spread.mean(losses),
          Spread.deviation(losses),
          accuracies / folds,
          iterations / folds,
          converged,
          folds);
    }
  }
}
