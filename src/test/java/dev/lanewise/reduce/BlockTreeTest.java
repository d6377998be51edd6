// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.reduce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.BinaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BlockTreeTest {

  @ParameterizedTest
  @CsvSource({"1,1", "256,1", "257,2", "512,2", "513,3", "2147483647,8388608"})
  void samplesAreCutIntoBlocksOf256(int samples, int blocks) {
    assertThat(BlockTree.blocks(samples)).isEqualTo(blocks);
  }

  @ParameterizedTest
  @CsvSource({"2,1", "3,2", "4,2", "5,4", "8,4", "9,8", "8388608,4194304"})
  void theLargestPowerOfTwoBelowGoesLeft(int blocks, int left) {
    assertThat(BlockTree.left(blocks)).isEqualTo(left);
  }

  @Test
  void depthHoldsEveryPartialSum() {
    for (int blocks = 1; blocks < 3000; blocks++) {
      assertThat(BlockTree.depth(blocks)).isGreaterThanOrEqualTo(deepest(blocks, 0) + 1);
    }
  }

  // Walks the tree as the engine does: left keeps the level, right takes the next.
  private static int deepest(int blocks, int level) {
    if (blocks == 1) {
      return level;
    }
    int left = BlockTree.left(blocks);
    return Math.max(deepest(left, level), deepest(blocks - left, level + 1));
  }

  /** The sums of the subtrees of a range, added in the order of a plan, are those of the tree. */
  @Test
  void aRangeIsCoveredByItsLargestCompleteSubtrees() {
    for (int blocks = 1; blocks < 40; blocks++) {
      for (int from = 0; from <= blocks; from++) {
        for (int to = from; to <= blocks; to++) {
          List<BlockTree.Subtree> cover = BlockTree.cover(blocks, from, to);
          int next = from;
          for (BlockTree.Subtree subtree : cover) {
            assertThat(subtree.first()).isEqualTo(next);
            assertThat(isNode(0, blocks, subtree)).as("%s of %d", subtree, blocks).isTrue();
            next += subtree.blocks();
          }
          assertThat(next).isEqualTo(to);
          assertThat(cover).hasSizeLessThanOrEqualTo(2 * BlockTree.depth(blocks));
        }
      }
    }
    assertThat(BlockTree.cover(8, 0, 8)).containsExactly(new BlockTree.Subtree(0, 8));
    assertThat(BlockTree.cover(8, 1, 4))
        .containsExactly(new BlockTree.Subtree(1, 1), new BlockTree.Subtree(2, 2));
    assertThatThrownBy(() -> BlockTree.cover(8, 3, 9))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  private static boolean isNode(int first, int blocks, BlockTree.Subtree subtree) {
    if (subtree.first() == first && subtree.blocks() == blocks) {
      return true;
    }
    if (blocks == 1) {
      return false;
    }
    int left = BlockTree.left(blocks);
    return subtree.first() < first + left
        ? isNode(first, left, subtree)
        : isNode(first + left, blocks - left, subtree);
  }

  @Test
  void valuesAreReducedInTheOrderOfTheTree() {
    assertThat(BlockTree.<String>reduce(7, Integer::toString, (a, b) -> "(" + a + b + ")"))
        .isEqualTo("(((01)(23))((45)6))");
  }

  /** Strings show the order: left + right of every node. */
  @Test
  void threadsThatShareASumGiveTheSameTree() {
    for (int blocks : new int[] {1, 2, 63, 64, 65, 128, 129, 1000, 3907}) {
      BinaryOperator<String> add = (a, b) -> "(" + a + b + ")";
      String shared = BlockTree.reduceShared(blocks, String::valueOf, add);
      String alone = BlockTree.reduce(blocks, String::valueOf, add);
      assertThat(shared).isEqualTo(alone);
    }
  }

  @Test
  void aSubsetHasTheFirstSamplesOfEachBlock() {
    assertThat(BlockTree.subsetSize(600, 4)).isEqualTo(64 + 64 + 64);
    assertThat(BlockTree.subsetSize(530, 4)).isEqualTo(64 + 64 + 18);
    assertThat(BlockTree.end(2, 530, 4)).isEqualTo(530);
    assertThat(BlockTree.end(1, 530, 256)).isEqualTo(257);
  }
}
