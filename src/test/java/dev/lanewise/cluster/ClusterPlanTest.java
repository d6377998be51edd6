// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lanewise.data.Dataset;
import dev.lanewise.data.TestData;
import dev.lanewise.kernel.KernelChoice;
import dev.lanewise.kernel.KernelRequest;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.reduce.ReductionPlan;
import org.junit.jupiter.api.Test;

class ClusterPlanTest {

  @Test
  void everySampleIsInTheShardOfItsLeaf() {
    for (int samples : new int[] {1, 256, 257, 5000, 60000, 99999}) {
      for (int shards : new int[] {1, 2, 3, 7, 16, 64}) {
        ClusterPlan plan = new ClusterPlan(samples, shards);
        int seen = 0;
        for (int s = 0; s < shards; s++) {
          for (ReductionPlan.Leaf leaf : plan.reduction().leaves(s)) {
            int from = leaf.subtree().first() * 256;
            int to = Math.min(samples, from + leaf.subtree().blocks() * 256);
            assertThat(plan.shardOf(from)).isEqualTo(s);
            assertThat(plan.shardOf(to - 1)).isEqualTo(s);
            seen += to - from;
          }
        }
        assertThat(seen).isEqualTo(samples);
      }
    }
  }

  @Test
  void shardsOfManyBlocksAreEvenAndHaveFewLeaves() {
    ClusterPlan plan = new ClusterPlan(1 << 24, 100);
    int least = Integer.MAX_VALUE;
    int most = 0;
    for (int s = 0; s < 100; s++) {
      int blocks =
          plan.reduction().leaves(s).stream().mapToInt(leaf -> leaf.subtree().blocks()).sum();
      least = Math.min(least, blocks);
      most = Math.max(most, blocks);
      assertThat(plan.reduction().leaves(s)).hasSizeLessThanOrEqualTo(8);
    }
    assertThat(most).isLessThanOrEqualTo(least * 5 / 4);
  }

  private final Kernels kernels = KernelChoice.choose(KernelRequest.scalar(), warning -> {});

  private Shard shard() {
    return new Shard(new ClusterPlan(300, 1), 0, 2, Storage.FLOATS, 1, false, kernels);
  }

  @Test
  void aShardNamesTheRowThatIsWrong() {
    try (Shard shard = shard()) {
      shard.put(7, new double[] {1, 2}, 0, 1);
      assertThatThrownBy(() -> shard.put(7, new double[] {1, 2}, 0, 1))
          .hasMessageContaining("two rows have number 7");
      assertThatThrownBy(() -> shard.put(300, new double[] {1, 2}, 0, 1))
          .hasMessageContaining("row number 300 is not one of the 300 rows");
      assertThatThrownBy(() -> shard.put(8, new double[] {1}, 0, 1))
          .hasMessageContaining("row 8 has 1 features, expected the 2");
      assertThatThrownBy(() -> shard.put(9, new double[] {1, Double.NaN}, 0, 1))
          .hasMessageContaining("row 9: a feature is NaN");
      assertThatThrownBy(shard::complete).hasMessageContaining("no row has number 0");
    }
  }

  @Test
  void aClosedShardDoesNotAnswer() {
    Shard shard = shard();
    shard.close();
    shard.close();
    assertThatThrownBy(() -> shard.answer(new byte[0])).hasMessageContaining("is closed");
  }

  @Test
  void aMissingAnswerIsNoticed() {
    try (Dataset data = TestData.clouds(900, 3, 1);
        InProcess cluster = new InProcess(data, 3, Storage.FLOATS, 1, false)) {
      ClusterSamples samples =
          new ClusterSamples(
              new ClusterPlan(900, 3),
              3,
              Storage.FLOATS,
              1,
              (request, what) -> cluster.ask(request, what).subList(0, 2));
      assertThatThrownBy(
              () ->
                  samples.describe(data.classNames(), data.shape(), data.scaling(), data.origin()))
          .hasMessageContaining("a shard has not answered");
    }
  }
}
