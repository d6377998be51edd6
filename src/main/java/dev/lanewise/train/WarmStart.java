package dev.lanewise.train;

import dev.lanewise.data.Dataset;
import dev.lanewise.data.SeenClasses;
import dev.lanewise.exec.GramSource;
import dev.lanewise.model.Model;
import dev.lanewise.optim.SharedCurvature;
import java.util.Optional;

/**
 * What a run has before it begins: a model to start from, products of the samples, and what newton
 * made on a problem before. Immutable, but for the curvature that runs leave in it.
 */
public final class WarmStart {

  /** Nothing: initial weights, and products of its own. */
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
   * Returns the model to start from, in the place of initial weights. It decides bits.
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

  /** What newton made on a problem before; it decides bits where there is something in it. */
  Optional<SharedCurvature> curvature() {
    return curvature;
  }

  /**
   * A start from a model.
   *
   * @param model of the samples to be learned from
   * @return the warm start
   */
  public static WarmStart from(Model model) {
    return NONE.with(model);
  }

  /**
   * The same with products of the samples.
   *
   * @param shared of the very samples that are learned from, in their order
   * @return the warm start
   */
  public WarmStart with(SharedProducts shared) {
    return new WarmStart(from, Optional.of(shared), curvature);
  }

  /**
   * The same from a model.
   *
   * @param model of the samples to be learned from
   * @return the warm start
   */
  public WarmStart with(Model model) {
    return new WarmStart(Optional.of(model), products, curvature);
  }

  /**
   * The same with room for what newton leaves from one problem to the next.
   *
   * @return the warm start, for problems on the same samples, one after the other
   */
  public WarmStart sharingCurvature() {
    return new WarmStart(from, products, Optional.of(new SharedCurvature()));
  }

  /**
   * Data in the classes that are learned: those of the model to start from, whether or not there
   * are samples of each; without one, those that there are samples of.
   *
   * @param train labelled samples
   * @return the same data set, or one on the same memory; close one of the two
   * @throws dev.lanewise.data.DataException if there is a sample of a class that the model does not
   *     have, or as {@link SeenClasses#of}
   */
  public Dataset prepare(Dataset train) {
    return from.isPresent()
        ? from.get().kind().align(train, "the model to start from")
        : SeenClasses.of(train);
  }

  /** Refuses a model of other samples. */
  void check(Dataset train) {
    from.ifPresent(model -> model.kind().require(train, "the model to start from"));
  }

  /** Where X'X comes from. */
  GramSource grams() {
    return products.isPresent() ? products.get()::gram : GramSource.OWN;
  }
}
