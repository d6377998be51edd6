// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cluster;

import dev.lanewise.data.Dataset;
import dev.lanewise.kernel.KernelChoice;
import dev.lanewise.kernel.KernelRequest;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.matrix.ByteMatrix;
import dev.lanewise.matrix.SampleMatrix;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Shards in this process, with faults: answers come in any order, and shards are lost and built
 * again between requests.
 */
final class InProcess implements Transport, AutoCloseable {

  private final Dataset data;
  private final ClusterPlan plan;
  private final Storage storage;
  private final float scale;
  private final Kernels kernels = KernelChoice.choose(KernelRequest.scalar(), warning -> {});
  private final Shard[] shards;
  private final Random random = new Random(5);
  private final boolean faults;
  int requests;

  InProcess(Dataset data, int shards, Storage storage, float scale, boolean faults) {
    this.data = data;
    this.plan = new ClusterPlan(data.samples(), shards);
    this.storage = storage;
    this.scale = scale;
    this.faults = faults;
    this.shards = new Shard[shards];
    for (int s = 0; s < shards; s++) {
      this.shards[s] = build(s);
    }
  }

  ClusterSamples samples() {
    return new ClusterSamples(plan, data.width(), storage, scale, this);
  }

  private Shard build(int number) {
    boolean weighted = data.weights().isPresent();
    Shard shard = new Shard(plan, number, data.width(), storage, scale, weighted, kernels);
    List<Integer> rows = new ArrayList<>();
    for (int j = 0; j < data.samples(); j++) {
      if (plan.shardOf(j) == number) {
        rows.add(j);
      }
    }
    Collections.shuffle(rows, random);
    int[] labels = data.labels();
    SampleMatrix x = data.features();
    for (int j : rows) {
      float weight = weighted ? data.weights().get()[j] : 1;
      if (storage == Storage.BYTES) {
        shard.put(j, Storage.bytes((ByteMatrix) x, j), labels[j], weight);
      } else {
        shard.put(j, x.doubles(j), labels[j], weight);
      }
    }
    shard.complete();
    return shard;
  }

  @Override
  public List<byte[]> ask(byte[] request, String description) {
    requests++;
    List<byte[]> answers = new ArrayList<>();
    for (int s = 0; s < shards.length; s++) {
      if (faults && random.nextInt(4) == 0) {
        shards[s] = random.nextBoolean() ? rebuilt(s) : moved(s);
      }
      answers.add(shards[s].answer(request));
    }
    Collections.shuffle(answers, random);
    return answers;
  }

  private Shard rebuilt(int s) {
    shards[s].close();
    return build(s);
  }

  /** The same shard in another process. */
  private Shard moved(int s) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      shards[s].write(new DataOutputStream(bytes));
      shards[s].close();
      return Shard.read(
          new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())), plan, s, kernels);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    for (Shard shard : shards) {
      shard.close();
    }
  }
}
