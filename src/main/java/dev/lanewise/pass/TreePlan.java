package dev.lanewise.pass;

import java.util.ArrayList;
import java.util.List;

/**
 * The tree over the blocks, shared out: each member of a team sums whole subtrees, and their sums
 * are then added up in the tree's own order. How many members there are changes who computes a
 * node, and never which nodes there are: that is why their number cannot change a bit (rule 4).
 */
final class TreePlan {

  /**
   * A whole subtree that one member sums.
   *
   * @param first its first block
   * @param blocks how many blocks it has
   * @param slot where its sum goes
   */
  record Subtree(int first, int blocks, int slot) {}

  /**
   * A node above the subtrees: what lies in {@code right} is added to what lies in {@code left}.
   *
   * @param left the slot of the left branch, which becomes that of the node
   * @param right the slot of the right branch
   */
  record Addition(int left, int right) {}

  private final List<List<Subtree>> shares;
  private final List<Addition> additions = new ArrayList<>();
  private int slots;

  /**
   * A plan.
   *
   * @param blocks how many blocks there are, at least 1
   * @param members how many members share them, at least 1
   */
  TreePlan(int blocks, int members) {
    shares = new ArrayList<>();
    for (int member = 0; member < members; member++) {
      shares.add(new ArrayList<>());
    }
    plan(0, blocks, blocks);
  }

  /** Plans a node; returns the slot that its sum ends in. */
  private int plan(int first, int blocks, int all) {
    int member = memberOf(first, all);
    if (blocks == 1 || memberOf(first + blocks - 1, all) == member) {
      shares.get(member).add(new Subtree(first, blocks, slots));
      return slots++;
    }
    int left = BlockTree.left(blocks);
    int leftSlot = plan(first, left, all);
    int rightSlot = plan(first + left, blocks - left, all);
    additions.add(new Addition(leftSlot, rightSlot));
    return leftSlot;
  }

  // Shares of equal size, give or take a block.
  private int memberOf(int block, int all) {
    return (int) ((long) block * shares.size() / all);
  }

  /** The subtrees that a member sums. */
  List<Subtree> share(int member) {
    return shares.get(member);
  }

  /** The nodes above the subtrees, each after its branches; slot 0 is that of the root. */
  List<Addition> additions() {
    return additions;
  }

  /** How many sums there are. */
  int slots() {
    return slots;
  }
}
