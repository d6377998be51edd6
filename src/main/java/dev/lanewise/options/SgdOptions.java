// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.options;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Batches, optimizer and stopping of stochastic gradient descent.
 *
 * @param batchSize the number of samples in a batch, at least 1; the last batch of an epoch may
 *     have fewer
 * @param optimizer how a batch's gradient changes the weights
 * @param schedule the learning rate of each epoch
 * @param tolerance the norm of the gradient, relative to that at zero weights, at which it stops,
 *     below 1; needs a pass after each epoch; 0 for no check
 * @param holdout the fraction of each class that is held out for early stopping, below 1; 0 for
 *     none
 * @param patience with samples held out: it stops after this number of epochs, at least 1, without
 *     a lower cost of these samples
 */
public record SgdOptions(
    int batchSize,
    Optimizer optimizer,
    Schedule schedule,
    double tolerance,
    double holdout,
    int patience) {

  /** Batches of 32, plain steps at a constant rate, all epochs. */
  public static final SgdOptions USUAL =
      new SgdOptions(32, new Optimizer.Sgd(0, false), Schedule.of(Schedule.Kind.CONSTANT), 0, 0, 5);

  /** Those of networks with hidden layers: batches of 200 and Adam. */
  public static final SgdOptions USUAL_OF_NETWORKS =
      USUAL.withBatchSize(200).withOptimizer(Optimizer.Adam.USUAL);

  /**
   * Checks the components.
   *
   * @throws IllegalArgumentException if a number is out of its range, or there are both a tolerance
   *     and samples held out
   */
  public SgdOptions {
    Objects.requireNonNull(optimizer, "optimizer");
    Objects.requireNonNull(schedule, "schedule");
    if (batchSize < 1) {
      throw new IllegalArgumentException("a batch has at least 1 sample, not " + batchSize);
    }
    if (!(tolerance >= 0 && tolerance < 1)) {
      throw new IllegalArgumentException("the tolerance is above 0 and below 1, not " + tolerance);
    }
    if (!(holdout >= 0 && holdout < 1)) {
      throw new IllegalArgumentException(
          "the fraction held out is at least 0 (none) and below 1, not " + holdout);
    }
    if (patience < 1) {
      throw new IllegalArgumentException("patience lasts at least 1 epoch, not " + patience);
    }
    if (tolerance > 0 && holdout > 0) {
      throw new IllegalArgumentException(
          "a tolerance goes on to the optimum and a held-out fraction stops before it: take one of"
              + " them");
    }
  }

  /**
   * The same with batches of another size.
   *
   * @param samples at least 1
   * @return new options
   */
  public SgdOptions withBatchSize(int samples) {
    return new SgdOptions(samples, optimizer, schedule, tolerance, holdout, patience);
  }

  /**
   * The same with another optimizer.
   *
   * @param choice how a batch's gradient changes the weights
   * @return new options
   */
  public SgdOptions withOptimizer(Optimizer choice) {
    return new SgdOptions(batchSize, choice, schedule, tolerance, holdout, patience);
  }

  /**
   * The same with other learning rates.
   *
   * @param choice the rate of each epoch
   * @return new options
   */
  public SgdOptions withSchedule(Schedule choice) {
    return new SgdOptions(batchSize, optimizer, choice, tolerance, holdout, patience);
  }

  /**
   * The same with another tolerance.
   *
   * @param norm of the gradient, relative to that at zero weights; 0 for no check
   * @return new options
   */
  public SgdOptions withTolerance(double norm) {
    return new SgdOptions(batchSize, optimizer, schedule, norm, holdout, patience);
  }

  /**
   * The same with samples held out for early stopping.
   *
   * @param fraction of each class, below 1; 0 for none
   * @param epochs without a lower cost of these samples before it stops, at least 1
   * @return new options
   */
  public SgdOptions withHoldout(double fraction, int epochs) {
    return new SgdOptions(batchSize, optimizer, schedule, tolerance, fraction, epochs);
  }

  /**
   * The values that the weights depend on, by the names of the command line.
   *
   * @return the values that apply
   */
  public Map<String, String> toMap() {
    Map<String, String> map = new LinkedHashMap<>();
    map.put("batch-size", Integer.toString(batchSize));
    map.put("optimizer", optimizer.id());
    if (optimizer instanceof Optimizer.Sgd sgd) {
      map.put("momentum", Double.toString(sgd.momentum()));
      map.put("nesterov", Boolean.toString(sgd.nesterov()));
    } else if (optimizer instanceof Optimizer.Adam adam) {
      map.put("beta1", Double.toString(adam.beta1()));
      map.put("beta2", Double.toString(adam.beta2()));
      map.put("epsilon", Double.toString(adam.epsilon()));
    }
    map.put("schedule", schedule.kind().id());
    boolean steps = schedule.kind() == Schedule.Kind.STEP;
    if (steps || schedule.kind() == Schedule.Kind.INVERSE_TIME) {
      map.put("decay", Double.toString(schedule.decay()));
    }
    if (steps) {
      map.put("decay-every", Integer.toString(schedule.every()));
    }
    if (tolerance > 0) {
      map.put("tolerance", Double.toString(tolerance));
    }
    if (holdout > 0) {
      map.put("holdout", Double.toString(holdout));
      map.put("patience", Integer.toString(patience));
    }
    return map;
  }
}
