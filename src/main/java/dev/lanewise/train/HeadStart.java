package dev.lanewise.train;

import dev.lanewise.data.Dataset;
import dev.lanewise.data.SeenClasses;
import dev.lanewise.model.Model;
import dev.lanewise.solve.SharedCurvature;
import java.util.Objects;
import java.util.Optional;

/**
 * What a run has before it begins.
 *
 * @param from the model to start from, in the place of initial weights; decides bits
 * @param products those of the samples; change no bit
 * @param curvature what newton made on a problem before; decides bits where there is something in
 *     it
 */
public record HeadStart(
    Optional<Model> from, Optional<SharedProducts> products, Optional<SharedCurvature> curvature) {

  /** Nothing: initial weights, and products of its own. */
  public static final HeadStart NONE =
      new HeadStart(Optional.empty(), Optional.empty(), Optional.empty());

  /** A head start. */
  public HeadStart {
    Objects.requireNonNull(from, "from");
    Objects.requireNonNull(products, "products");
    Objects.requireNonNull(curvature, "curvature");
  }

  /**
   * A start from a model.
   *
   * @param model of the samples to be learned from
   * @return the head start
   */
  public static HeadStart from(Model model) {
    return NONE.with(model);
  }

  /**
   * The same with products of the samples.
   *
   * @param shared of the very samples that are learned from, in their order
   * @return the head start
   */
  public HeadStart with(SharedProducts shared) {
    return new HeadStart(from, Optional.of(shared), curvature);
  }

  /**
   * The same from a model.
   *
   * @param model of the samples to be learned from
   * @return the head start
   */
  public HeadStart with(Model model) {
    return new HeadStart(Optional.of(model), products, curvature);
  }

  /**
   * The same with room for what newton leaves from one problem to the next.
   *
   * @return the head start, for problems on the same samples, one after the other
   */
  public HeadStart sharingCurvature() {
    return new HeadStart(from, products, Optional.of(new SharedCurvature()));
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
