// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.select;

import dev.lanewise.data.Dataset;
import dev.lanewise.train.Hyperparameters;
import dev.lanewise.train.SharedProducts;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.stream.IntStream;

/**
 * Copies of the samples to learn from and of those held out. If all samples are standardised, the
 * copies are standardised again by the means and deviations of the samples to learn from alone. If
 * the columns of a table were encoded, they are encoded again by what these samples teach.
 */
public final class Fold implements AutoCloseable {

  private final Deque<Runnable> closings = new ArrayDeque<>();
  private final Dataset learned;
  private final Dataset heldOut;
  private final SharedProducts products;

  /**
   * A fold.
   *
   * @param train all samples, standardised by their own means and deviations, otherwise or not at
   *     all
   * @param learned the numbers of the samples to learn from
   * @param heldOut the numbers of the others
   * @param all products of all samples
   * @param options how to train, which may hold out some of those to learn from
   * @throws dev.lanewise.data.DataException if a copy does not fit into memory
   */
  Fold(Dataset train, int[] learned, int[] heldOut, SharedProducts all, Hyperparameters options) {
    boolean anew = train.isStandardizedOnItself();
    Dataset source = anew ? train.unstandardized() : train;
    try {
      boolean encodes = source.isEncodedOnItself();
      Dataset some =
          opened(
              encodes
                  ? source.select(learned, source.learnEncoding(learned))
                  : source.select(learned));
      Dataset others =
          opened(
              encodes
                  ? source.select(heldOut, some.encoding().orElseThrow())
                  : source.select(heldOut));
      if (anew) {
        some = opened(options.standardized(some));
        others = opened(others.standardized(some.standardization().orElseThrow()));
      }
      this.learned = some;
      this.heldOut = others;
      this.products = anew || encodes ? ownProducts(some) : all.subset(learned);
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  private Dataset opened(Dataset copy) {
    closings.push(copy::close);
    return copy;
  }

  private SharedProducts ownProducts(Dataset copy) {
    SharedProducts own = SharedProducts.of(copy);
    closings.push(own::close);
    return own;
  }

  /**
   * Holds out samples to test a model on.
   *
   * @param train all samples, as for a training on all of them
   * @param fraction of each class, as {@link Hyperparameters#heldOut}
   * @param options how to train; their seed draws the samples
   * @return copies of both parts; the caller closes them
   * @throws IllegalArgumentException as {@link Hyperparameters#heldOut}
   * @throws dev.lanewise.data.DataException if a copy does not fit into memory
   */
  public static Fold holdingOut(Dataset train, double fraction, Hyperparameters options) {
    int[] heldOut = options.heldOut(train, fraction);
    int[] learned =
        IntStream.range(0, train.samples())
            .filter(sample -> Arrays.binarySearch(heldOut, sample) < 0)
            .toArray();
    try (SharedProducts all = SharedProducts.of(train)) {
      return new Fold(train, learned, heldOut, all, options);
    }
  }

  /**
   * Returns the samples to learn from.
   *
   * @return a data set that is closed with this
   */
  public Dataset learned() {
    return learned;
  }

  /**
   * Returns the samples held out, with features on the scale of the others.
   *
   * @return a data set that is closed with this
   */
  public Dataset heldOut() {
    return heldOut;
  }

  /** The products of the samples to learn from. */
  SharedProducts products() {
    return products;
  }

  @Override
  public void close() {
    while (!closings.isEmpty()) {
      closings.pop().run();
    }
  }
}
