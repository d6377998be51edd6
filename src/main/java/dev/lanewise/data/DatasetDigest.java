// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data;

import dev.lanewise.matrix.DoubleMatrix;
import dev.lanewise.matrix.SampleMatrix;
import dev.lanewise.reduce.BlockTree;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Computes the digest of the numbers of a data set, whatever file or format they came from
 * (contract, section 9). All numbers are little-endian. It is a hash tree over the blocks, so that
 * the samples of its subtrees may be in several processes.
 */
public final class DatasetDigest {

  // The first byte of what is hashed, so that a leaf, a node and a root are never the same input.
  private static final byte LEAF = 0;
  private static final byte NODE = 1;
  private static final byte ROOT = 2;

  private final MessageDigest sha256 = newSha256();
  private final SampleMatrix features;
  private final int[] labels;
  private final float[] weights;
  private final ByteBuffer buffer;

  private DatasetDigest(SampleMatrix features, int[] labels, float[] weights) {
    this.features = features;
    this.labels = labels;
    this.weights = weights;
    this.buffer =
        ByteBuffer.allocate(Math.multiplyExact(features.rows(), Double.BYTES))
            .order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * Returns a digest in hexadecimal digits; reads all features once, and twice if they are float64.
   */
  static String of(Dataset dataset, DataDigest which) {
    DatasetDigest digest =
        new DatasetDigest(
            dataset.features(),
            dataset.isLabelled() ? dataset.labels() : null,
            dataset.weights().orElse(null));
    return HexFormat.of().formatHex(which == DataDigest.CHAIN ? digest.chain() : digest.root());
  }

  /**
   * Returns the hash of the samples of a complete subtree of the blocks.
   *
   * @param features of these samples
   * @param labels theirs
   * @param weights theirs; null where all samples weigh alike
   * @return the hash of a node
   */
  public static byte[] subtree(SampleMatrix features, int[] labels, float[] weights) {
    return new DatasetDigest(features, labels, weights).tree();
  }

  /**
   * Returns the hash of a node.
   *
   * @param left the hash of its left branch
   * @param right the hash of its right branch
   * @return the hash
   */
  public static byte[] node(byte[] left, byte[] right) {
    MessageDigest sha256 = newSha256();
    sha256.update(NODE);
    sha256.update(left);
    return sha256.digest(right);
  }

  /**
   * Returns the digest of a labelled data set.
   *
   * @param tree the hash of the node of all blocks
   * @param features d
   * @param samples m
   * @param weighted whether samples have weights
   * @return 64 hexadecimal digits
   */
  public static String root(byte[] tree, int features, int samples, boolean weighted) {
    return HexFormat.of().formatHex(root(tree, features, samples, true, weighted));
  }

  private byte[] root() {
    return root(tree(), features.rows(), features.columns(), labels != null, weights != null);
  }

  private byte[] tree() {
    return BlockTree.reduce(BlockTree.blocks(features.columns()), this::leaf, DatasetDigest::node);
  }

  private static byte[] root(
      byte[] tree, int features, int samples, boolean labelled, boolean weighted) {
    MessageDigest sha256 = newSha256();
    sha256.update(ROOT);
    ByteBuffer shape = ByteBuffer.allocate(2 * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    sha256.update(shape.putInt(features).putInt(samples).flip());
    sha256.update((byte) (labelled ? 1 : 0));
    sha256.update((byte) (weighted ? 1 : 0));
    return sha256.digest(tree);
  }

  private byte[] leaf(int block) {
    int from = BlockTree.start(block);
    int to = BlockTree.end(block, features.columns());
    sha256.update(LEAF);
    if (features instanceof DoubleMatrix) {
      doubles(from, to);
    } else {
      sha256.update((byte) Float.BYTES);
      samples(from, to, Float.BYTES);
    }
    return sha256.digest();
  }

  /** The samples of a block, which may be computed each time they are read. */
  private void doubles(int from, int to) {
    double[][] block = new double[to - from][];
    boolean floats = true;
    for (int j = from; j < to; j++) {
      block[j - from] = features.doubles(j);
      for (double value : block[j - from]) {
        floats &= value == (float) value;
      }
    }
    int size = floats ? Float.BYTES : Double.BYTES;
    sha256.update((byte) size);
    for (double[] sample : block) {
      buffer.clear();
      if (floats) {
        for (double value : sample) {
          buffer.putFloat((float) value);
        }
      } else {
        buffer.asDoubleBuffer().put(sample);
      }
      sha256.update(buffer.position(0).limit(features.rows() * size));
    }
    others(from, to);
  }

  /** The digest of files that do not say which one they have. */
  private byte[] chain() {
    shape();
    samples(0, features.columns(), size(0, features.columns()));
    return sha256.digest();
  }

  /** Returns the bytes of a feature: those of a float if all of these samples are floats. */
  private int size(int from, int to) {
    return features instanceof DoubleMatrix doubles && !doubles.part(from, to).isFloats()
        ? Double.BYTES
        : Float.BYTES;
  }

  private void shape() {
    integer(features.rows());
    integer(features.columns());
  }

  private void samples(int from, int to, int size) {
    for (int j = from; j < to; j++) {
      buffer.clear();
      if (size == Double.BYTES) {
        buffer.asDoubleBuffer().put(features.doubles(j));
      } else {
        buffer.asFloatBuffer().put(features.column(j));
      }
      sha256.update(buffer.limit(features.rows() * size));
    }
    others(from, to);
  }

  private void others(int from, int to) {
    for (int j = from; labels != null && j < to; j++) {
      integer(labels[j]);
    }
    for (int j = from; weights != null && j < to; j++) {
      buffer.clear();
      sha256.update(buffer.putFloat(weights[j]).flip());
    }
  }

  private void integer(int value) {
    buffer.clear();
    sha256.update(buffer.putInt(value).flip());
  }

  private static MessageDigest newSha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
