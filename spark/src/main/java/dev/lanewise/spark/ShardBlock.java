// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.spark;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.ExternalizableSerializer;
import dev.lanewise.cluster.ClusterPlan;
import dev.lanewise.cluster.Shard;
import dev.lanewise.matrix.Memory;
import java.io.Externalizable;
import java.io.IOException;
import java.io.ObjectInput;
import java.io.ObjectOutput;
import java.io.Serial;
import java.util.Iterator;
import java.util.Locale;
import org.apache.spark.util.KnownSizeEstimation;

/**
 * A shard as a block of Spark. Spark keeps it in memory as the object that it is, closes it when it
 * drops the block, and serialises it where it goes to another process or to disk.
 */
@DefaultSerializer(ExternalizableSerializer.class)
public final class ShardBlock implements AutoCloseable, Externalizable, KnownSizeEstimation {

  @Serial private static final long serialVersionUID = 1;

  // What is on the heap. The samples are off the heap, beside what Spark counts.
  private static final long HEAP_BYTES = 4096;

  private ClusterPlan plan;
  private int number;
  private transient Shard shard;

  /** For deserialisation. */
  public ShardBlock() {}

  /** Fills a shard with the rows that belong to it. */
  ShardBlock(ShardForm form, int number, Iterator<Sample> rows) {
    this.plan = form.plan();
    this.number = number;
    this.shard = allocate(form, number);
    try {
      while (rows.hasNext()) {
        put(rows.next());
      }
      shard.complete();
    } catch (IllegalArgumentException | IllegalStateException e) {
      shard.close();
      throw new RowException(e.getMessage());
    } catch (RuntimeException | Error e) {
      shard.close();
      throw e;
    }
  }

  private void put(Sample row) {
    if (row.bytes() != null) {
      shard.put(row.number(), row.bytes(), row.label(), row.weight());
    } else {
      shard.put(row.number(), row.numbers(), row.label(), row.weight());
    }
  }

  // An OutOfMemoryError would end the executor, and Spark would try the same elsewhere.
  private static Shard allocate(ShardForm form, int number) {
    String what = String.format(Locale.ROOT, "shard %d of %d", number, form.plan().shards());
    Memory.lack(what, form.byteSize(number))
        .ifPresent(
            lack -> {
              throw tooLarge(lack);
            });
    try {
      return new Shard(
          form.plan(),
          number,
          form.features(),
          form.storage(),
          form.scale(),
          form.weighted(),
          Executors.kernels(form.requireVector()));
    } catch (OutOfMemoryError e) {
      throw tooLarge(what + ": " + e.getMessage());
    }
  }

  private static RowException tooLarge(String what) {
    return new RowException(
        what
            + "; samples lie off the heap: raise spark.executor.memoryOverhead, lower"
            + " spark.executor.memory, or take more executors");
  }

  /** Answers a request. */
  byte[] answer(byte[] request) {
    try {
      return shard.answer(request);
    } catch (OutOfMemoryError e) {
      throw tooLarge("shard " + number + ": " + e.getMessage());
    }
  }

  @Override
  public long estimatedSize() {
    return HEAP_BYTES;
  }

  @Override
  public void close() {
    shard.close();
  }

  @Override
  public void writeExternal(ObjectOutput out) throws IOException {
    out.writeInt(plan.samples());
    out.writeInt(plan.shards());
    out.writeInt(number);
    shard.write(out);
  }

  @Override
  public void readExternal(ObjectInput in) throws IOException {
    plan = new ClusterPlan(in.readInt(), in.readInt());
    number = in.readInt();
    shard = Shard.read(in, plan, number, Executors.kernels(false));
  }
}
