// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.reduce;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.RecursiveTask;
import java.util.function.BinaryOperator;
import java.util.function.IntFunction;

/**
 * The blocks of samples and the binary tree that sums them (contract, section 4). Both depend on
 * the number of samples alone. A range of n &gt; 1 blocks splits after the largest power of two
 * below n, and its sum is left + right.
 *
 * <p>Sums over any set of complete subtrees, formed anywhere, give the bits of the whole tree:
 * {@link #cover} says which subtrees make up a range of blocks, and {@link ReductionPlan} how their
 * sums are added.
 */
public final class BlockTree {

  /** Samples in a block; the last block may have fewer. */
  public static final int BLOCK = 256;

  /**
   * A node with everything below it.
   *
   * @param first its first block
   * @param blocks how many blocks it has
   */
  public record Subtree(int first, int blocks) {}

  private BlockTree() {}

  /**
   * Returns the number of blocks.
   *
   * @param samples how many samples there are, at least 1
   * @return at least 1
   */
  public static int blocks(int samples) {
    return (samples - 1) / BLOCK + 1;
  }

  /**
   * Returns the first sample of a block.
   *
   * @param block its number, from 0
   * @return a multiple of {@link #BLOCK}
   */
  public static int start(int block) {
    return block * BLOCK;
  }

  /**
   * Returns the sample after the last one of a block.
   *
   * @param block its number, from 0
   * @param samples how many samples there are
   * @return at most {@code samples}
   */
  public static int end(int block, int samples) {
    return end(block, samples, 1);
  }

  /**
   * Returns the sample after the last one of a block that belongs to a subset: the first samples of
   * each block, so that a subset of sorted samples is like the whole.
   *
   * @param block its number, from 0
   * @param samples how many samples there are
   * @param fraction one sample in so many: 1, or a power of two up to {@link #BLOCK}
   * @return at most {@code samples}
   */
  public static int end(int block, int samples, int fraction) {
    int start = start(block);
    return Math.min(samples - start, BLOCK / fraction) + start;
  }

  /**
   * Returns how many samples a subset has.
   *
   * @param samples how many there are in all
   * @param fraction one sample in so many: 1, or a power of two up to {@link #BLOCK}
   * @return at least 1
   */
  public static int subsetSize(int samples, int fraction) {
    int ofBlock = BLOCK / fraction;
    return samples / BLOCK * ofBlock + Math.min(samples % BLOCK, ofBlock);
  }

  /**
   * Returns how many of a node's blocks are in its left branch.
   *
   * @param blocks how many blocks the node has, at least 2
   * @return the largest power of two below {@code blocks}
   */
  public static int left(int blocks) {
    return Integer.highestOneBit(blocks - 1);
  }

  /**
   * Returns how many partial sums exist at once, at most, while a node is summed.
   *
   * @param blocks how many blocks the node has, at least 1
   * @return at least 1
   */
  public static int depth(int blocks) {
    return 1 + (Integer.SIZE - Integer.numberOfLeadingZeros(blocks - 1));
  }

  /**
   * Sums values over all blocks in the order of the tree.
   *
   * @param <T> the type of a sum
   * @param blocks how many blocks there are, at least 1
   * @param leaf gives the value of a block; called once for each block, in ascending order
   * @param add returns left + right; may reuse its first argument
   * @return the sum of the root
   */
  public static <T> T reduce(int blocks, IntFunction<T> leaf, BinaryOperator<T> add) {
    return reduce(0, blocks, leaf, add);
  }

  private static <T> T reduce(int first, int blocks, IntFunction<T> leaf, BinaryOperator<T> add) {
    if (blocks == 1) {
      return leaf.apply(first);
    }
    int left = left(blocks);
    T ofLeft = reduce(first, left, leaf, add);
    return add.apply(ofLeft, reduce(first + left, blocks - left, leaf, add));
  }

  /**
   * Sums values as {@link #reduce} does, on several threads.
   *
   * @param <T> the type of a sum
   * @param blocks how many blocks there are, at least 1
   * @param leaf gives the value of a block; called once for each block, by any thread
   * @param add returns left + right; may reuse its first argument
   * @return the same sum as that of {@link #reduce}
   */
  public static <T> T reduceShared(int blocks, IntFunction<T> leaf, BinaryOperator<T> add) {
    return new Node<>(0, blocks, leaf, add).invoke();
  }

  /**
   * A node of a sum that threads share.
   *
   * @param <T> the type of a sum
   */
  private static final class Node<T> extends RecursiveTask<T> {

    private static final long serialVersionUID = 1;

    // Of a node with fewer blocks, one thread does all.
    private static final int SMALL = 64;

    private final int first;
    private final int blocks;
    private final transient IntFunction<T> leaf;
    private final transient BinaryOperator<T> add;

    Node(int first, int blocks, IntFunction<T> leaf, BinaryOperator<T> add) {
      this.first = first;
      this.blocks = blocks;
      this.leaf = leaf;
      this.add = add;
    }

    @Override
    protected T compute() {
      if (blocks <= SMALL) {
        return reduce(first, blocks, leaf, add);
      }
      int left = left(blocks);
      Node<T> ofRight = new Node<>(first + left, blocks - left, leaf, add);
      ofRight.fork();
      T ofLeft = new Node<>(first, left, leaf, add).compute();
      return add.apply(ofLeft, ofRight.join());
    }
  }

  /**
   * Returns the largest complete subtrees that together have a range of blocks.
   *
   * @param blocks how many blocks the whole tree has, at least 1
   * @param from the first block of the range
   * @param to the block after the last
   * @return the subtrees, ascending; none for an empty range
   * @throws IndexOutOfBoundsException if the range is not within the tree
   */
  public static List<Subtree> cover(int blocks, int from, int to) {
    Objects.checkFromToIndex(from, to, blocks);
    List<Subtree> cover = new ArrayList<>();
    cover(0, blocks, from, to, cover);
    return List.copyOf(cover);
  }

  private static void cover(int first, int blocks, int from, int to, List<Subtree> cover) {
    if (first >= to || first + blocks <= from) {
      return;
    }
    if (from <= first && first + blocks <= to) {
      cover.add(new Subtree(first, blocks));
      return;
    }
    int left = left(blocks);
    cover(first, left, from, to, cover);
    cover(first + left, blocks - left, from, to, cover);
  }
}
