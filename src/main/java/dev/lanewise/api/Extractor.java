// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.api;

import dev.lanewise.data.Labels;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * Reads features, label and weight of objects of a program, for instance of records.
 *
 * <pre>{@code
 * Extractor<Flower> extractor =
 *     Extractor.of(Flower.class)
 *         .feature("petal length", Flower::petalLength)
 *         .feature("petal width", Flower::petalWidth)
 *         .label(Flower::species);
 * }</pre>
 *
 * <p>Immutable: each method returns a new extractor. May be shared between threads if its functions
 * may.
 *
 * @param <R> the type of the objects
 */
public final class Extractor<R> {

  private record Feature<R>(String name, ToDoubleFunction<? super R> value) {}

  private final List<Feature<R>> features;

  /** Reads all features at once, in the place of the list; null if there is none. */
  private final Function<? super R, float[]> array;

  private final Function<? super R, ?> label;
  private final ToDoubleFunction<? super R> weight;

  private Extractor(
      List<Feature<R>> features,
      Function<? super R, float[]> array,
      Function<? super R, ?> label,
      ToDoubleFunction<? super R> weight) {
    this.features = features;
    this.array = array;
    this.label = label;
    this.weight = weight;
  }

  /**
   * Returns an extractor that reads nothing yet.
   *
   * @param <R> the type of the objects
   * @param type the class of the objects
   * @return the extractor
   */
  public static <R> Extractor<R> of(Class<R> type) {
    Objects.requireNonNull(type, "type");
    return new Extractor<>(List.of(), null, null, null);
  }

  /**
   * Adds a feature.
   *
   * @param name its name, which a trained classifier keeps
   * @param value reads it; a finite number
   * @return a new extractor
   * @throws IllegalStateException if all features are read as one array
   */
  public Extractor<R> feature(String name, ToDoubleFunction<? super R> value) {
    if (array != null) {
      throw new IllegalStateException("the features are read as one array already");
    }
    List<Feature<R>> more = new ArrayList<>(features);
    more.add(
        new Feature<>(
            Objects.requireNonNull(name, "name"), Objects.requireNonNull(value, "value")));
    return new Extractor<>(List.copyOf(more), null, label, weight);
  }

  /**
   * Reads all features as one array, for instance an embedding. They have no names.
   *
   * @param values reads the features of an object; all arrays have one length
   * @return a new extractor
   * @throws IllegalStateException if there are features already
   */
  public Extractor<R> features(Function<? super R, float[]> values) {
    if (array != null || !features.isEmpty()) {
      throw new IllegalStateException("the extractor reads features already");
    }
    return new Extractor<>(List.of(), Objects.requireNonNull(values, "values"), label, weight);
  }

  /**
   * Reads the class of an object.
   *
   * @param value reads a constant of an enum, a text, a number or a boolean; never null
   * @return a new extractor
   */
  public Extractor<R> label(Function<? super R, ?> value) {
    return new Extractor<>(features, array, Objects.requireNonNull(value, "value"), weight);
  }

  /**
   * Reads the weight of an object: how much it counts in training.
   *
   * @param value reads a finite number of at least 0
   * @return a new extractor
   */
  public Extractor<R> weight(ToDoubleFunction<? super R> value) {
    return new Extractor<>(features, array, label, Objects.requireNonNull(value, "value"));
  }

  /**
   * Returns the same extractor without label and weight, for objects whose class is not known.
   *
   * @return a new extractor
   */
  public Extractor<R> unlabelled() {
    return new Extractor<>(features, array, null, null);
  }

  /**
   * Returns the features of an object, to be predicted.
   *
   * @param object the object
   * @return a new array
   */
  public double[] row(R object) {
    if (array != null) {
      float[] values = array.apply(object);
      double[] row = new double[values.length];
      for (int i = 0; i < row.length; i++) {
        row[i] = values[i];
      }
      return row;
    }
    double[] row = new double[features.size()];
    for (int i = 0; i < row.length; i++) {
      row[i] = features.get(i).value().applyAsDouble(object);
    }
    return row;
  }

  Samples samples(Iterator<? extends R> objects) {
    if (array == null && features.isEmpty()) {
      throw new IllegalArgumentException("the extractor reads no feature; add one with feature()");
    }
    List<double[]> rows = new ArrayList<>();
    List<Object> labels = new ArrayList<>();
    List<Float> weights = new ArrayList<>();
    while (objects.hasNext()) {
      R object = objects.next();
      rows.add(row(object));
      if (label != null) {
        labels.add(label.apply(object));
      }
      if (weight != null) {
        weights.add((float) weight.applyAsDouble(object));
      }
    }
    Optional<Labels> classes = label == null ? Optional.empty() : LabelValues.of(labels);
    Samples samples = Samples.doubles(rows.toArray(double[][]::new), classes);
    if (array == null) {
      samples = samples.withFeatureNames(features.stream().map(Feature::name).toList());
    }
    return weight == null ? samples : samples.withWeights(toArray(weights));
  }

  private static float[] toArray(List<Float> values) {
    float[] array = new float[values.size()];
    for (int j = 0; j < array.length; j++) {
      array[j] = values.get(j);
    }
    return array;
  }
}
