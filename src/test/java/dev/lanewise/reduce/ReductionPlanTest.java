// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.reduce;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReductionPlanTest {

  @Test
  void anyNumberOfPlacesBuildsTheSameTree() {
    for (int blocks = 1; blocks < 70; blocks++) {
      for (int places = 1; places < 20; places++) {
        assertThat(shape(ReductionPlan.even(blocks, places), places))
            .as("%d blocks, %d places", blocks, places)
            .isEqualTo(tree(0, blocks));
      }
    }
  }

  @Test
  void rangesAreEqualGiveOrTakeABlock() {
    for (int blocks : new int[] {8, 77, 1024, 1025, 100_000}) {
      for (int places : new int[] {2, 3, 7}) {
        ReductionPlan plan = ReductionPlan.even(blocks, places);
        for (int place = 0; place < places; place++) {
          int share = plan.leaves(place).stream().mapToInt(leaf -> leaf.subtree().blocks()).sum();
          assertThat(share).isBetween(blocks / places, blocks / places + 1);
        }
      }
    }
  }

  /** The tree that a plan adds up, written with brackets. */
  private static String shape(ReductionPlan plan, int places) {
    List<String> slots = new ArrayList<>();
    for (int slot = 0; slot < plan.slots(); slot++) {
      slots.add(null);
    }
    for (int place = 0; place < places; place++) {
      for (ReductionPlan.Leaf leaf : plan.leaves(place)) {
        slots.set(leaf.slot(), tree(leaf.subtree().first(), leaf.subtree().blocks()));
      }
    }
    for (ReductionPlan.Addition addition : plan.additions()) {
      slots.set(
          addition.left(),
          "(" + slots.get(addition.left()) + "+" + slots.get(addition.right()) + ")");
    }
    return slots.getFirst();
  }

  private static String tree(int first, int blocks) {
    if (blocks == 1) {
      return Integer.toString(first);
    }
    int left = BlockTree.left(blocks);
    return "(" + tree(first, left) + "+" + tree(first + left, blocks - left) + ")";
  }
}
