package dev.lanewise.pass;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TreePlanTest {

  @Test
  void anyNumberOfMembersBuildsTheSameTree() {
    for (int blocks = 1; blocks < 70; blocks++) {
      for (int members = 1; members < 20; members++) {
        assertThat(shape(new TreePlan(blocks, members), members))
            .as("%d blocks, %d members", blocks, members)
            .isEqualTo(tree(0, blocks));
      }
    }
  }

  @Test
  void sharesAreEqualGiveOrTakeABlock() {
    for (int blocks : new int[] {8, 77, 1024, 1025, 100_000}) {
      for (int members : new int[] {2, 3, 7}) {
        TreePlan plan = new TreePlan(blocks, members);
        for (int member = 0; member < members; member++) {
          int share = plan.share(member).stream().mapToInt(TreePlan.Subtree::blocks).sum();
          assertThat(share).isBetween(blocks / members, blocks / members + 1);
        }
      }
    }
  }

  /** The tree that a plan adds up, written with brackets. */
  private static String shape(TreePlan plan, int members) {
    List<String> slots = new ArrayList<>();
    for (int slot = 0; slot < plan.slots(); slot++) {
      slots.add(null);
    }
    for (int member = 0; member < members; member++) {
      for (TreePlan.Subtree subtree : plan.share(member)) {
        slots.set(subtree.slot(), tree(subtree.first(), subtree.blocks()));
      }
    }
    for (TreePlan.Addition addition : plan.additions()) {
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
