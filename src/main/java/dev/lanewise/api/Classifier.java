// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.api;

import dev.lanewise.data.Dataset;
import dev.lanewise.model.Model;
import dev.lanewise.options.Activation;
import dev.lanewise.options.HiddenLayers;
import dev.lanewise.options.Penalty;
import dev.lanewise.options.SgdOptions;
import dev.lanewise.select.CrossValidation;
import dev.lanewise.train.ClassWeights;
import dev.lanewise.train.Execution;
import dev.lanewise.train.Hyperparameters;
import dev.lanewise.train.LogisticRegression;
import dev.lanewise.train.SolverChoice;
import dev.lanewise.train.TrainingListener;
import java.util.Objects;
import java.util.function.Function;

/**
 * Trains classifiers of any number of classes on dense features.
 *
 * <p>Without further options it is logistic regression (softmax regression for three classes or
 * more) on standardised features with the penalty l2 = 1, trained to the optimum by Newton's
 * method. {@link Builder#hidden} makes it a neural network. The same samples and options give the
 * same bits on every machine.
 *
 * <pre>{@code
 * TrainedClassifier trained = Classifier.builder().l2(0.1).build().fit(Samples.of(rows, labels));
 * String predicted = trained.predict(row);
 * }</pre>
 *
 * <p>Immutable; may be shared between threads. Without {@code --add-modules jdk.incubator.vector}
 * on a class path it computes the same bits more slowly, and says so once through {@link
 * System.Logger} {@code dev.lanewise}, at level INFO.
 */
public final class Classifier {

  private final LogisticRegression trainer;
  private final boolean standardized;

  private Classifier(LogisticRegression trainer, boolean standardized) {
    this.trainer = trainer;
    this.standardized = standardized;
  }

  /**
   * Returns a builder with the default options.
   *
   * @return the builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Trains.
   *
   * @param samples labelled samples of two classes or more
   * @return the trained classifier
   * @throws dev.lanewise.data.DataException if the samples have no labels, or are all of one class
   * @throws IllegalArgumentException if options name a class that the samples do not have
   * @throws dev.lanewise.train.TrainingException if training diverges or there is not enough memory
   */
  public TrainedClassifier fit(Samples samples) {
    return prepared(
        samples,
        data ->
            new TrainedClassifier(
                trainer.fit(data, LoggedKernels.get(), TrainingListener.SILENT).model()));
  }

  /**
   * Trains further, starting from a trained classifier: one iteration, or one epoch of stochastic
   * gradient descent.
   *
   * @param from a classifier that was trained on samples with the same features and classes
   * @param samples labelled samples
   * @return a new classifier; the old one is unchanged
   * @throws dev.lanewise.data.DataException if the samples do not fit the classifier
   * @throws dev.lanewise.train.TrainingException as {@link #fit}
   */
  public TrainedClassifier partialFit(TrainedClassifier from, Samples samples) {
    Model model = from.model();
    Dataset labelled = TrainedClassifier.labelled(samples);
    return model
        .schema()
        .withFeatures(
            labelled,
            "the classifier",
            data -> new TrainedClassifier(trainer.partialFit(data, model).model()));
  }

  /**
   * Estimates how well a classifier with these options predicts samples that it has not seen. The
   * samples are divided into folds with equal fractions of each class. For each fold, a classifier
   * is trained on the other folds and evaluated on this one.
   *
   * @param samples labelled samples of two classes or more
   * @param folds how many folds, from 2 to the number of samples of the smallest class
   * @return the evaluations of the folds
   * @throws dev.lanewise.data.DataException as {@link #fit}
   * @throws IllegalArgumentException if there are too few or too many folds, or as {@link #fit}
   * @throws dev.lanewise.train.TrainingException as {@link #fit}
   */
  public CrossValidation crossValidate(Samples samples, int folds) {
    return prepared(samples, data -> CrossValidation.of(trainer, data, folds, LoggedKernels.get()));
  }

  private <T> T prepared(Samples samples, Function<Dataset, T> work) {
    Dataset data = TrainedClassifier.labelled(samples);
    if (!standardized || data.standardization().isPresent()) {
      return work.apply(data);
    }
    try (Dataset copy = trainer.hyperparameters().standardized(data)) {
      return work.apply(copy);
    }
  }

  /** Epochs of a network; as many as scikit-learn's MLPClassifier has at most. */
  static final int EPOCHS = 200;

  /** Builds a {@link Classifier}. Every option has a default. Not for use by several threads. */
  public static final class Builder {

    private Hyperparameters hyperparameters = Hyperparameters.defaults();
    private Execution execution = Execution.DEFAULT;
    private boolean standardized = true;

    /** Null for those of the hyperparameters. */
    private HiddenLayers layers;

    private Activation activation;
    private Double dropout;
    private Integer epochs;
    private Long seed;

    private Builder() {}

    /**
     * Sets the penalty on the squares of the weights: l2/2 |w|^2, added to the sum of the losses.
     * It is 1/C of scikit-learn and liblinear.
     *
     * @param lambda finite and at least 0; 1 by default
     * @return this builder
     */
    public Builder l2(double lambda) {
      hyperparameters =
          hyperparameters.withPenalty(new Penalty(hyperparameters.penalty().l1(), lambda));
      return this;
    }

    /**
     * Adds hidden layers, which make the classifier a neural network. Unless {@link
     * #hyperparameters} names another solver, it is trained by stochastic gradient descent with
     * Adam, in 200 epochs of batches of 200 samples.
     *
     * @param units how many units each layer has, from the features to the outputs
     * @return this builder
     * @throws IllegalArgumentException if a layer has no units or too many
     */
    public Builder hidden(int... units) {
      layers = HiddenLayers.of(units);
      return this;
    }

    /**
     * Sets the activation of hidden units.
     *
     * @param choice {@link Activation#RELU} by default
     * @return this builder
     */
    public Builder activation(Activation choice) {
      activation = Objects.requireNonNull(choice, "choice");
      return this;
    }

    /**
     * Sets the probability that a hidden unit is left out of a batch, for each sample and epoch
     * anew. It works against overfitting.
     *
     * @param probability from 0 (the default) to below 1
     * @return this builder
     */
    public Builder dropout(double probability) {
      dropout = probability;
      return this;
    }

    /**
     * Sets how often stochastic gradient descent goes through all samples.
     *
     * @param count at least 0
     * @return this builder
     */
    public Builder epochs(int count) {
      epochs = count;
      return this;
    }

    /**
     * Sets the seed of random initial weights, of the order of the samples and of the dropout.
     * Another seed gives another network.
     *
     * @param number 0 by default
     * @return this builder
     */
    public Builder seed(long number) {
      seed = number;
      return this;
    }

    /**
     * Weighs the classes so that each counts the same, however many samples it has.
     *
     * @return this builder
     */
    public Builder balanced() {
      hyperparameters = hyperparameters.withClassWeights(ClassWeights.BALANCED);
      return this;
    }

    /**
     * Sets whether features are brought to a mean of 0 and a standard deviation of 1 before
     * training. The trained classifier does the same to what it predicts.
     *
     * @param choice true by default
     * @return this builder
     */
    public Builder standardize(boolean choice) {
      standardized = choice;
      return this;
    }

    /**
     * Sets whether there is an intercept. Without one the bias stays 0, and {@link #standardize}
     * divides features by their deviations and does not centre them. Not for {@link #hidden}.
     *
     * @param choice true by default
     * @return this builder
     */
    public Builder intercept(boolean choice) {
      hyperparameters = hyperparameters.withIntercept(choice);
      return this;
    }

    /**
     * Sets everything that decides what is learned: solver, penalties, class weights, seed. It
     * replaces what was set before, but not {@link #standardize} and {@link #threads}.
     *
     * @param choice for instance {@link Hyperparameters#tutorial()}
     * @return this builder
     */
    public Builder hyperparameters(Hyperparameters choice) {
      hyperparameters = Objects.requireNonNull(choice, "choice");
      return this;
    }

    /**
     * Sets how many threads train at most. It changes no bit of the result.
     *
     * @param count from 1 to {@value Execution#MOST_THREADS}; all processors by default
     * @return this builder
     */
    public Builder threads(int count) {
      execution = Execution.ofThreads(count);
      return this;
    }

    /**
     * Builds the classifier.
     *
     * @return a classifier with these options
     * @throws IllegalArgumentException if an option does not go with the others; the message says
     *     which
     */
    public Classifier build() {
      Hyperparameters options = network();
      if (options.hidden().isNone() && (activation != null || dropout != null)) {
        throw new IllegalArgumentException(
            "an activation and dropout are for hidden layers; call hidden(...)");
      }
      if (epochs != null) {
        if (!options.solver().usesBatches()) {
          throw new IllegalArgumentException(
              "epochs are for sgd, not for " + options.solver().id());
        }
        options = options.withIterations(epochs);
      }
      if (seed != null) {
        options = options.withInitialization(options.initialization(), seed);
      }
      return new Classifier(new LogisticRegression(options, execution), standardized);
    }

    /** The hyperparameters with the hidden layers; as they are if there are none. */
    private Hyperparameters network() {
      HiddenLayers hidden = layers == null ? hyperparameters.hidden() : layers;
      if (hidden.isNone()) {
        return hyperparameters;
      }
      if (activation != null) {
        hidden = hidden.withActivation(activation);
      }
      if (dropout != null) {
        hidden = hidden.withDropout(dropout);
      }
      Hyperparameters trained =
          hyperparameters.solver() == SolverChoice.NEWTON
              ? hyperparameters.withSgd(SgdOptions.USUAL_OF_NETWORKS).withIterations(EPOCHS)
              : hyperparameters;
      return trained.withHidden(hidden);
    }
  }
}
