// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cluster;

import dev.lanewise.data.DatasetDigest;
import dev.lanewise.data.StandardizationSums;
import dev.lanewise.exec.Compute;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.matrix.ByteMatrix;
import dev.lanewise.matrix.DoubleMatrix;
import dev.lanewise.matrix.SampleMatrix;
import dev.lanewise.reduce.BlockTree;
import dev.lanewise.reduce.ReductionPlan;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * The samples of one shard of a plan, off the Java heap, and what is computed on them. A request is
 * complete in itself: what a shard answers does not depend on what it was asked before.
 *
 * <p>Safe for use by several threads, one at a time.
 */
public final class Shard implements AutoCloseable {

  private final ClusterPlan plan;
  private final int number;
  private final int features;
  private final Storage storage;
  private final float scale;
  private final boolean weighted;
  private final Compute compute;
  private final Arena arena = Arena.ofShared();
  private final List<Leaf> leaves = new ArrayList<>();
  private byte[] spec = {};
  private boolean closed;

  /** The samples of a complete subtree. */
  private final class Leaf {

    final int first;
    final int slot;
    final SampleMatrix x;
    final int[] labels;
    final float[] weights;
    final boolean[] placed;
    LeafSums sums;

    Leaf(ReductionPlan.Leaf leaf) {
      int block = leaf.subtree().first();
      int samples = plan.samples();
      this.first = BlockTree.start(block);
      int end = BlockTree.end(block + leaf.subtree().blocks() - 1, samples);
      this.slot = leaf.slot();
      this.x = storage.allocate(arena, features, end - first, scale);
      this.labels = new int[end - first];
      this.weights = weighted ? new float[end - first] : null;
      this.placed = new boolean[end - first];
    }
  }

  /**
   * A shard without samples, which are to be put in.
   *
   * @param plan says which samples it has
   * @param number which shard of the plan this is, from 0
   * @param features d
   * @param storage how features are kept
   * @param scale what a byte is multiplied with; of no use for floats and doubles
   * @param weighted whether samples have weights
   * @param kernels compute
   * @throws OutOfMemoryError if there is not enough memory off the heap
   */
  public Shard(
      ClusterPlan plan,
      int number,
      int features,
      Storage storage,
      float scale,
      boolean weighted,
      Kernels kernels) {
    this.plan = plan;
    this.number = number;
    this.features = features;
    this.storage = storage;
    this.scale = scale;
    this.weighted = weighted;
    // One thread: cluster software runs a task for each core.
    this.compute = new Compute(kernels, 1);
    try {
      for (ReductionPlan.Leaf leaf : plan.reduction().leaves(number)) {
        leaves.add(new Leaf(leaf));
      }
    } catch (RuntimeException | Error e) {
      arena.close();
      throw e;
    }
  }

  /**
   * Puts a sample of bytes in.
   *
   * @param sample its number among all samples
   * @param bytes d bytes
   * @param label from 0
   * @param weight what it weighs; of no use where all weigh alike
   * @throws IllegalArgumentException if the sample is not one of this shard, or was put in before
   */
  public void put(long sample, byte[] bytes, int label, float weight) {
    Leaf leaf = place(sample, bytes.length, label, weight);
    Storage.put(leaf.x, (int) (sample - leaf.first), bytes);
  }

  /**
   * Puts a sample of numbers in.
   *
   * @param sample its number among all samples
   * @param numbers d numbers, finite also as floats
   * @param label from 0
   * @param weight what it weighs; of no use where all weigh alike
   * @throws IllegalArgumentException if the sample is not one of this shard, or was put in before,
   *     or a number is not finite
   */
  public void put(long sample, double[] numbers, int label, float weight) {
    Leaf leaf = place(sample, numbers.length, label, weight);
    for (double number : numbers) {
      if (!Float.isFinite((float) number)) {
        throw new IllegalArgumentException(
            "row " + sample + ": a feature is " + number + ", expected a finite float32");
      }
    }
    Storage.put(leaf.x, (int) (sample - leaf.first), numbers);
  }

  private Leaf place(long sample, int width, int label, float weight) {
    if (width != features) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "row %d has %d features, expected the %d of the first row",
              sample,
              width,
              features));
    }
    for (Leaf leaf : leaves) {
      int j = (int) (sample - leaf.first);
      if (sample >= leaf.first && j < leaf.labels.length) {
        if (leaf.placed[j]) {
          throw new IllegalArgumentException(
              "two rows have number " + sample + ", expected one for each number from 0 on");
        }
        leaf.placed[j] = true;
        leaf.labels[j] = label;
        if (weighted) {
          leaf.weights[j] = weight;
        }
        return leaf;
      }
    }
    throw new IllegalArgumentException(
        String.format(
            Locale.ROOT,
            "row number %d is not one of the %d rows; number them from 0 on, without gaps",
            sample,
            plan.samples()));
  }

  /**
   * Checks that every sample was put in.
   *
   * @throws IllegalStateException if one is missing
   */
  public void complete() {
    for (Leaf leaf : leaves) {
      for (int j = 0; j < leaf.placed.length; j++) {
        if (!leaf.placed[j]) {
          throw new IllegalStateException(
              "no row has number "
                  + ((long) leaf.first + j)
                  + "; the rows changed while they were read, or their numbers have gaps");
        }
      }
    }
  }

  /**
   * Answers a request of {@link ClusterSamples}.
   *
   * @param request as it was given to {@link Transport#ask}
   * @return the answer
   * @throws IllegalStateException if the shard is closed
   */
  public synchronized byte[] answer(byte[] request) {
    if (closed) {
      throw new IllegalStateException("shard " + number + " is closed");
    }
    return Wire.bytes(
        out -> {
          for (Leaf leaf : leaves) {
            byte[] answer = Wire.read(request, in -> Wire.bytes(o -> answer(leaf, in, o)));
            out.writeInt(leaf.slot);
            Wire.write(out, answer);
          }
        });
  }

  private void answer(Leaf leaf, DataInputStream in, DataOutputStream out) throws IOException {
    Operation operation = Operation.values()[in.readByte()];
    byte[] problem = Wire.readBytes(in);
    Scores.Wanted wanted = Scores.Wanted.read(in);
    if (operation.isOfProblem()) {
      prepare(problem);
      sums(leaf, problem).answer(operation, wanted, in, out);
      return;
    }
    int[] all = IntStream.range(0, leaf.labels.length).toArray();
    switch (operation) {
      case DESCRIBE:
        describe(leaf, out);
        break;
      case MEANS:
        Wire.write(out, StandardizationSums.of(leaf.x, all).arrays());
        break;
      case DEVIATIONS:
        Wire.write(out, StandardizationSums.squares(leaf.x, all, Wire.readDoubles(in)));
        break;
      case SAMPLE:
        int j = in.readInt() - leaf.first;
        boolean here = j >= 0 && j < leaf.labels.length;
        out.writeBoolean(here);
        if (here) {
          // Standardised if the problem's samples are.
          prepare(problem);
          SampleMatrix x = problem.length == 0 ? leaf.x : sums(leaf, problem).samples();
          Wire.write(out, x.column(j));
        }
        break;
      default:
        prepare(problem);
        subset(leaf, problem, in.readInt(), out);
        break;
    }
  }

  // Those of another problem are closed, since a shard is of one training.
  private void prepare(byte[] problem) {
    if (!Arrays.equals(spec, problem) && problem.length > 0) {
      closeSums();
      spec = problem;
    }
  }

  private LeafSums sums(Leaf leaf, byte[] problem) {
    if (leaf.sums == null) {
      ProblemSpec of = Wire.read(problem, ProblemSpec::read);
      leaf.sums = new LeafSums(compute, of, leaf.x, leaf.labels, leaf.weights);
    }
    return leaf.sums;
  }

  private static void describe(Leaf leaf, DataOutputStream out) throws IOException {
    out.writeInt(leaf.first);
    out.writeInt(leaf.labels.length);
    for (int label : leaf.labels) {
      out.writeInt(label);
    }
    out.writeBoolean(leaf.weights != null);
    if (leaf.weights != null) {
      Wire.write(out, leaf.weights);
    }
    Wire.write(out, DatasetDigest.subtree(leaf.x, leaf.labels, leaf.weights));
  }

  /** Writes the first samples of each block, as they are kept where they are not standardised. */
  private void subset(Leaf leaf, byte[] problem, int fraction, DataOutputStream out)
      throws IOException {
    SampleMatrix x = problem.length == 0 ? leaf.x : sums(leaf, problem).samples();
    out.writeInt(leaf.first);
    int blocks = BlockTree.blocks(leaf.labels.length);
    for (int block = 0; block < blocks; block++) {
      int end = BlockTree.end(block, leaf.labels.length, fraction);
      for (int j = BlockTree.start(block); j < end; j++) {
        sample(x, j, out);
      }
    }
  }

  private static void sample(SampleMatrix x, int j, DataOutput out) throws IOException {
    if (x instanceof ByteMatrix bytes) {
      out.write(Storage.bytes(bytes, j));
    } else if (x instanceof DoubleMatrix) {
      Wire.write(out, x.doubles(j));
    } else {
      Wire.write(out, x.column(j));
    }
  }

  private void closeSums() {
    for (Leaf leaf : leaves) {
      if (leaf.sums != null) {
        leaf.sums.close();
        leaf.sums = null;
      }
    }
  }

  /**
   * Writes the samples, so that another process can have this shard.
   *
   * @param out receives them
   * @throws IOException if it fails
   */
  public synchronized void write(DataOutput out) throws IOException {
    out.writeInt(features);
    out.writeInt(storage.ordinal());
    out.writeFloat(scale);
    out.writeBoolean(weighted);
    for (Leaf leaf : leaves) {
      for (int j = 0; j < leaf.labels.length; j++) {
        out.writeInt(leaf.labels[j]);
        out.writeFloat(weighted ? leaf.weights[j] : 1);
        if (storage == Storage.BYTES) {
          out.write(Storage.bytes((ByteMatrix) leaf.x, j));
        } else {
          for (double value : leaf.x.doubles(j)) {
            out.writeDouble(value);
          }
        }
      }
    }
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @param in gives it
   * @param plan of that shard
   * @param number of that shard
   * @param kernels compute
   * @return a shard with the same samples
   * @throws IOException if it fails
   */
  public static Shard read(DataInput in, ClusterPlan plan, int number, Kernels kernels)
      throws IOException {
    int features = in.readInt();
    Storage storage = Storage.values()[in.readInt()];
    float scale = in.readFloat();
    Shard shard = new Shard(plan, number, features, storage, scale, in.readBoolean(), kernels);
    byte[] bytes = new byte[features];
    double[] numbers = new double[features];
    for (Leaf leaf : shard.leaves) {
      for (int j = 0; j < leaf.labels.length; j++) {
        int label = in.readInt();
        float weight = in.readFloat();
        if (storage == Storage.BYTES) {
          in.readFully(bytes);
          shard.put((long) leaf.first + j, bytes, label, weight);
        } else {
          for (int i = 0; i < features; i++) {
            numbers[i] = in.readDouble();
          }
          shard.put((long) leaf.first + j, numbers, label, weight);
        }
      }
    }
    return shard;
  }

  /**
   * Returns the memory of the samples, off the heap, without what a training adds.
   *
   * @return the size in bytes
   */
  public long byteSize() {
    return leaves.stream().mapToLong(leaf -> leaf.x.byteSize()).sum();
  }

  /** Frees the memory; waits for an answer that is being computed. */
  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      closeSums();
      arena.close();
      compute.close();
    }
  }
}
