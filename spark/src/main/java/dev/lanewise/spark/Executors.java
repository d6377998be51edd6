// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.spark;

import dev.lanewise.kernel.KernelChoice;
import dev.lanewise.kernel.KernelRequest;
import dev.lanewise.kernel.KernelUnavailableException;
import dev.lanewise.kernel.Kernels;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;

/** The processes that compute: one choice of kernels each, and a check before the rows are read. */
final class Executors {

  private Executors() {}

  /** The kernels of this process, chosen once. */
  private static final class Holder {

    static final Kernels KERNELS = KernelChoice.choose(KernelRequest.auto(), warning -> {});
  }

  /**
   * Returns the kernels of this process.
   *
   * @param vector whether scalar kernels are refused
   */
  static Kernels kernels(boolean vector) {
    if (vector) {
      try {
        KernelChoice.choose(KernelRequest.simd(), warning -> {});
      } catch (KernelUnavailableException e) {
        throw new RowException(
            "an executor: "
                + e.getMessage()
                + "; start Spark with spark-submit, or add --add-modules=jdk.incubator.vector to"
                + " spark.executor.extraJavaOptions");
      }
    }
    return Holder.KERNELS;
  }

  /**
   * Rejects executors that cannot compute. Executors that come later are checked when they fill a
   * shard.
   *
   * @param vector whether executors without the Vector API are rejected
   * @throws RowException if there is one; the message names its host
   */
  static void check(JavaSparkContext spark, boolean vector) {
    int tasks = Math.max(spark.defaultParallelism(), 2);
    List<Integer> numbers = IntStream.range(0, tasks).boxed().toList();
    List<String> found = spark.parallelize(numbers, tasks).map(new ExecutorCheck(vector)).collect();
    TreeSet<String> problems = new TreeSet<>(found);
    problems.remove("");
    if (!problems.isEmpty()) {
      throw new RowException(problems.first());
    }
  }
}
