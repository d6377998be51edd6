// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.select;

import dev.lanewise.data.Dataset;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.options.Penalty;
import dev.lanewise.train.Hyperparameters;
import dev.lanewise.train.LogisticRegression;
import dev.lanewise.train.SharedProducts;
import dev.lanewise.train.TrainingException;
import dev.lanewise.train.TrainingListener;
import dev.lanewise.train.TrainingResult;
import dev.lanewise.train.WarmStart;
import java.util.Objects;

/**
 * Trains with one penalty after another, from strong to weak. A solver that reaches the optimum
 * starts from the optimum of the previous penalty, and newton reuses the second derivative computed
 * there. The result of gradient descent and sgd depends on the start, so each of their trainings
 * starts from the initial weights.
 */
public final class PenaltyPath {

  private final LogisticRegression trainer;
  private final Penalties penalties;

  /** Receives the result of each training of a path. */
  public interface Observer {

    /**
     * A training has ended.
     *
     * @param l2 the penalty
     * @param result the finished run
     */
    void trained(double l2, TrainingResult result);

    /**
     * A training failed.
     *
     * @param l2 the penalty
     * @param failure the reason
     */
    default void failed(double l2, TrainingException failure) {
      throw failure;
    }
  }

  /**
   * A path.
   *
   * @param trainer how to train; its penalty on squares is replaced
   * @param penalties which to train with
   */
  public PenaltyPath(LogisticRegression trainer, Penalties penalties) {
    this.trainer = Objects.requireNonNull(trainer, "trainer");
    this.penalties = Objects.requireNonNull(penalties, "penalties");
  }

  /**
   * The trainer of one penalty of the path.
   *
   * @param l2 the penalty
   * @return the same trainer with that penalty on squares
   */
  public LogisticRegression with(double l2) {
    Hyperparameters options = trainer.hyperparameters();
    return trainer.with(options.withPenalty(new Penalty(options.penalty().l1(), l2)));
  }

  /**
   * Trains the whole path.
   *
   * @param train labelled samples
   * @param warmStart the model to start with, and products of the samples
   * @param kernels what computes
   * @param listener receives the progress and the warnings of each training
   * @param observer receives the result of each training
   * @throws IllegalArgumentException as {@link LogisticRegression#fit(Dataset)}
   * @throws TrainingException where the observer throws it
   */
  public void fit(
      Dataset train,
      WarmStart warmStart,
      Kernels kernels,
      TrainingListener listener,
      Observer observer) {
    if (warmStart.products().isPresent()) {
      follow(train, warmStart, kernels, listener, observer);
      return;
    }
    try (SharedProducts products = SharedProducts.of(train)) {
      follow(train, warmStart.with(products), kernels, listener, observer);
    }
  }

  private void follow(
      Dataset train,
      WarmStart warmStart,
      Kernels kernels,
      TrainingListener listener,
      Observer observer) {
    // The preconditioner that newton makes for one penalty serves the next.
    WarmStart first = warmStart.sharingCurvature();
    WarmStart start = first;
    for (double l2 : penalties.values()) {
      TrainingResult result;
      try {
        result = with(l2).fit(train, start, kernels, listener);
      } catch (TrainingException failure) {
        observer.failed(l2, failure);
        start = first;
        continue;
      }
      if (endsAtTheOptimum()) {
        start = first.with(result.model());
      }
      observer.trained(l2, result);
    }
  }

  // A network that a strong penalty has brought to zero weights stays there: all of its units are
  // equal, and the gradient is zero.
  private boolean endsAtTheOptimum() {
    Hyperparameters options = trainer.hyperparameters();
    return options.solver().reachesOptimum() && options.hidden().isNone();
  }
}
