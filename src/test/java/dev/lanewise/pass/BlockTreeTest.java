package dev.lanewise.pass;

import static org.assertj.core.api.Assertions.assertThat;

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
}
