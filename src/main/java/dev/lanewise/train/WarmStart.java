// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.train;

import dev.lanewise.data.DataException;
import dev.lanewise.data.Dataset;
import dev.lanewise.data.SeenClasses;
import dev.lanewise.exec.GramSource;
import dev.lanewise.model.DenseLayer;
import dev.lanewise.model.Model;
import dev.lanewise.optim.SharedCurvature;
import dev.lanewise.options.Activation;
import dev.lanewise.options.HiddenLayers;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What a run starts with: a model to start from, products of the samples, and the preconditioner of
 * an earlier newton run. Immutable, but for that preconditioner, which runs replace.
 */
public final class WarmStart {

  /** Starts from initial weights, with nothing of other runs. */
  public static final WarmStart NONE =
      new WarmStart(Optional.empty(), Optional.empty(), Optional.empty());

  private final Optional<Model> from;
  private final Optional<SharedProducts> products;
  private final Optional<SharedCurvature> curvature;

  WarmStart(
      Optional<Model> from,
      Optional<SharedProducts> products,
      Optional<SharedCurvature> curvature) {
    this.from = from;
    this.products = products;
    this.curvature = curvature;
  }

  /**
   * Returns the model to start from, instead of initial weights. It decides bits.
   *
   * @return the model, if there is one
   */
  public Optional<Model> from() {
    return from;
  }

  /**
   * Returns the products of the samples. They change no bit.
   *
   * @return the products, if they are shared with other runs
   */
  public Optional<SharedProducts> products() {
    return products;
  }

  /** The preconditioner of an earlier newton run; if there is one, it decides bits. */
  Optional<SharedCurvature> curvature() {
    return curvature;
  }

  /**
   * Returns a start from a model.
   *
   * @param model of the samples to be learned from
   * @return the warm start
   */
  public static WarmStart from(Model model) {
    return NONE.with(model);
  }

  /**
   * Returns the same with products of the samples.
   *
   * @param shared of the very samples that are learned from, in their order
   * @return the warm start
   */
  public WarmStart with(SharedProducts shared) {
    return new WarmStart(from, Optional.of(shared), curvature);
  }

  /**
   * Returns the same from a model.
   *
   * @param model of the samples to be learned from
   * @return the warm start
   */
  public WarmStart with(Model model) {
    return new WarmStart(Optional.of(model), products, curvature);
  }

  /**
   * Returns the same with a preconditioner that newton keeps from one problem to the next.
   *
   * @return the warm start, for problems on the same samples, one after the other
   */
  public WarmStart sharingCurvature() {
    return new WarmStart(from, products, Optional.of(new SharedCurvature()));
  }

  /**
   * Returns the data with the classes that are learned: those of the model to start from, even if
   * some have no samples; without a model, those that have samples.
   *
   * @param train labelled samples
   * @return the same data set, or one on the same memory; close one of the two
   * @throws dev.lanewise.data.DataException if there is a sample of a class that the model does not
   *     have, or as {@link SeenClasses#of}
   */
  public Dataset prepare(Dataset train) {
    return from.isPresent()
        ? from.get().schema().align(train, "the model to start from")
        : SeenClasses.of(train);
  }

  /**
   * Rejects a model with another schema, with other layers than the options name, or with an
   * intercept where there is to be none.
   *
   * @param train the samples to learn from
   * @param options of the training
   * @throws DataException if they do not fit the model; the message names both
   */
  public void check(Dataset train, Hyperparameters options) {
    HiddenLayers hidden = options.hidden();
    if (from.isEmpty()) {
      return;
    }
    Model model = from.get();
    model.schema().require(train, "the model to start from");
    List<Integer> units =
        model.layers().subList(0, model.layers().size() - 1).stream()
            .map(DenseLayer::units)
            .toList();
    boolean sameActivation =
        hidden.isNone() || model.activation().filter(hidden.activation()::equals).isPresent();
    if (!units.equals(hidden.units()) || !sameActivation) {
      throw new DataException(
          "the model to start from",
          String.format(
              Locale.ROOT,
              "it has %s, expected %s; train with the same layers",
              describe(units, model.activation().orElse(hidden.activation())),
              describe(hidden.units(), hidden.activation())));
    }
    DenseLayer outputs = model.layers().getLast();
    if (!options.intercept()
        && IntStream.range(0, outputs.units()).anyMatch(k -> outputs.bias(k) != 0)) {
      throw new DataException(
          "the model to start from",
          "it has an intercept, expected none; train it without one, or keep the intercept");
    }
  }

  private static String describe(List<Integer> units, Activation activation) {
    return units.isEmpty()
        ? "no hidden layers"
        : "hidden layers " + units + " with " + activation.id();
  }

  /** Returns the source of X'X. */
  GramSource grams() {
    return products.isPresent() ? products.get()::gram : GramSource.OWN;
  }
}
