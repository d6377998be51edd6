// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.api;

import dev.lanewise.data.DataException;
import dev.lanewise.data.Dataset;
import dev.lanewise.model.Evaluation;
import dev.lanewise.model.Model;
import dev.lanewise.model.ModelFile;
import dev.lanewise.model.Predictions;
import dev.lanewise.model.Scorer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.BiFunction;

/**
 * A trained classifier: it predicts the class of a row of features, or the probabilities of all
 * classes.
 *
 * <p>A row has as many features as the samples of the training, in their order and as they were
 * given there: not standardised, and pixels from 0 to 255. A row as an array of doubles gives the
 * same result as samples of doubles do; where all numbers are float32 numbers, both kinds of array
 * give the same.
 *
 * <p>Immutable; may be shared between threads. Predicting a row allocates nothing after the first
 * call of a thread, except for the results that are new arrays.
 */
public final class TrainedClassifier {

  private final Model model;
  private final Scorer scorer;

  /**
   * Wraps a model, for instance one that the command line trained.
   *
   * @param model the model
   */
  public TrainedClassifier(Model model) {
    this.model = Objects.requireNonNull(model, "model");
    this.scorer = model.scorer();
  }

  /**
   * Loads a classifier from a file that {@link #save(Path)} or {@code lanewise train --model}
   * wrote.
   *
   * @param file the file, on a disk or inside a jar
   * @return the classifier
   * @throws DataException if there is no such file, it is damaged or it is not a model
   */
  public static TrainedClassifier load(Path file) {
    return new TrainedClassifier(ModelFile.read(file));
  }

  /**
   * Loads a classifier from a stream, for instance of a resource. Reads to the end of the stream.
   *
   * @param in the bytes of the file; the caller closes it
   * @return the classifier
   * @throws DataException if the stream cannot be read, is damaged or is not a model
   */
  public static TrainedClassifier load(InputStream in) {
    return new TrainedClassifier(
        ModelFile.read(Objects.requireNonNull(in, "in"), "the stream of the model"));
  }

  /**
   * Saves the classifier, whole or not at all.
   *
   * @param file the file, new or to be replaced
   * @throws DataException if it cannot be written; an older file of that name is unchanged
   */
  public void save(Path file) {
    ModelFile.write(model, file);
  }

  /**
   * Saves the classifier to a stream. The bytes are those of the file; a temporary file is used.
   *
   * @param out receives the bytes; the caller closes it
   * @throws IOException if the stream cannot be written
   */
  public void save(OutputStream out) throws IOException {
    ModelFile.write(model, out);
  }

  /**
   * Returns the names of the classes. The place of a class is its number.
   *
   * @return at least two names
   */
  public List<String> classes() {
    return model.schema().classNames();
  }

  /**
   * Returns the number of features of a row.
   *
   * @return at least 1
   */
  public int features() {
    return model.schema().shape().size();
  }

  /**
   * Predicts the class of a row.
   *
   * @param row the features
   * @return the name of the class
   * @throws IllegalArgumentException if there are more features or fewer, or one is not finite
   */
  public String predict(float... row) {
    return scorer.predict(row);
  }

  /**
   * Predicts the class of a row.
   *
   * @param row the features
   * @return the name of the class
   * @throws IllegalArgumentException as {@link #predict(float...)}
   */
  public String predict(double... row) {
    return scorer.predict(row);
  }

  /**
   * Predicts the class of a row as a constant of an enum.
   *
   * @param <E> the enum of the labels
   * @param type the class of the enum
   * @param row the features
   * @return the constant that has the name of the class
   * @throws IllegalArgumentException as {@link #predict(float...)}, or if there is no such constant
   */
  public <E extends Enum<E>> E predict(Class<E> type, float... row) {
    return Enum.valueOf(type, scorer.predict(row));
  }

  /**
   * Predicts the class of a row as a constant of an enum.
   *
   * @param <E> the enum of the labels
   * @param type the class of the enum
   * @param row the features
   * @return the constant that has the name of the class
   * @throws IllegalArgumentException as {@link #predict(float...)}, or if there is no such constant
   */
  public <E extends Enum<E>> E predict(Class<E> type, double... row) {
    return Enum.valueOf(type, scorer.predict(row));
  }

  /**
   * Predicts the number of the class of a row.
   *
   * @param row the features
   * @return an index of {@link #classes()}
   * @throws IllegalArgumentException as {@link #predict(float...)}
   */
  public int predictedClass(float... row) {
    return scorer.predictedClass(row);
  }

  /**
   * Predicts the number of the class of a row.
   *
   * @param row the features
   * @return an index of {@link #classes()}
   * @throws IllegalArgumentException as {@link #predict(float...)}
   */
  public int predictedClass(double... row) {
    return scorer.predictedClass(row);
  }

  /**
   * Returns the probabilities of the classes of a row.
   *
   * @param row the features
   * @return a new array with a probability for each class, in the order of {@link #classes()}
   * @throws IllegalArgumentException as {@link #predict(float...)}
   */
  public float[] probabilities(float... row) {
    float[] result = new float[classes().size()];
    scorer.probabilities(row, result);
    return result;
  }

  /**
   * Returns the probabilities of the classes of a row.
   *
   * @param row the features
   * @return a new array with a probability for each class, in the order of {@link #classes()}
   * @throws IllegalArgumentException as {@link #predict(float...)}
   */
  public float[] probabilities(double... row) {
    float[] result = new float[classes().size()];
    scorer.probabilities(row, result);
    return result;
  }

  /**
   * Finds the probabilities of the classes of a row without allocating.
   *
   * @param row the features
   * @param result receives a probability for each class, in the order of {@link #classes()}
   * @throws IllegalArgumentException as {@link #predict(float...)}, or if the result has another
   *     length than {@link #classes()}
   */
  public void probabilitiesInto(float[] row, float[] result) {
    scorer.probabilities(row, result);
  }

  /**
   * Predicts the classes of many samples.
   *
   * @param samples with the features that the classifier was trained on; labels are ignored
   * @return the name of the class of each sample
   * @throws DataException if the samples have other features
   */
  public List<String> predictAll(Samples samples) {
    return each(samples, (predictions, j) -> classes().get(predictions.predictedClass(j)));
  }

  /**
   * Returns the probabilities of the classes of many samples.
   *
   * @param samples with the features that the classifier was trained on; labels are ignored
   * @return for each sample, a probability for each class, in the order of {@link #classes()}
   * @throws DataException if the samples have other features
   */
  public float[][] probabilitiesAll(Samples samples) {
    return each(samples, this::probabilitiesOf).toArray(float[][]::new);
  }

  private float[] probabilitiesOf(Predictions predictions, int sample) {
    float[] row = new float[classes().size()];
    for (int k = 0; k < row.length; k++) {
      row[k] = predictions.probability(sample, k);
    }
    return row;
  }

  // In parts, so that scores and probabilities take some megabytes at most.
  private <T> List<T> each(Samples samples, BiFunction<Predictions, Integer, T> value) {
    Dataset all = samples.dataset();
    List<T> values = new ArrayList<>(all.samples());
    int step = model.samplesAtOnce();
    for (int from = 0, to; from < all.samples(); from = to) {
      to = Math.min(all.samples() - from, step) + from;
      Predictions predictions = model.predict(all.part(from, to), LoggedKernels.get());
      for (int j = 0; j < to - from; j++) {
        values.add(value.apply(predictions, j));
      }
    }
    return values;
  }

  /**
   * Predicts labelled samples and compares the predictions with the labels.
   *
   * @param samples labelled samples with the features and classes of the training
   * @return accuracy, log-loss and the confusion matrix
   * @throws DataException if the samples have no labels, other features, or a class that the
   *     classifier does not know
   */
  public Evaluation evaluate(Samples samples) {
    return Evaluation.of(model, labelled(samples), LoggedKernels.get());
  }

  /** The data set of samples that must have labels. */
  static Dataset labelled(Samples samples) {
    if (!samples.isLabelled()) {
      throw new DataException(
          samples.dataset().origin().source(), "have no labels, expected one for each sample");
    }
    return samples.dataset();
  }

  /**
   * Returns the model, with its weights, its schema and its provenance.
   *
   * @return the model
   */
  public Model model() {
    return model;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "TrainedClassifier[%d features, classes %s]", features(), classes());
  }
}
