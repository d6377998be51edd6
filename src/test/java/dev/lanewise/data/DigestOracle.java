// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Digests of data on plain arrays, written from section 9 of the contract.
 *
 * @param samples a row for each sample
 * @param labels null if there are none
 * @param weights null if there are none
 */
public record DigestOracle(double[][] samples, int[] labels, float[] weights) {

  /** The root of the tree. */
  public String blocks() {
    int m = samples.length;
    int leaves = (m + 255) / 256;
    ByteArrayOutputStream root = new ByteArrayOutputStream();
    root.write(2);
    integer(root, samples[0].length);
    integer(root, m);
    root.write(labels == null ? 0 : 1);
    root.write(weights == null ? 0 : 1);
    root.writeBytes(tree(0, leaves));
    return HexFormat.of().formatHex(sha256(root));
  }

  // Of the leaves from "first" on.
  private byte[] tree(int first, int leaves) {
    if (leaves == 1) {
      return leaf(256 * first, Math.min(samples.length, 256 * (first + 1)));
    }
    int left = 1;
    while (2 * left < leaves) {
      left *= 2;
    }
    ByteArrayOutputStream node = new ByteArrayOutputStream();
    node.write(1);
    node.writeBytes(tree(first, left));
    node.writeBytes(tree(first + left, leaves - left));
    return sha256(node);
  }

  private byte[] leaf(int from, int to) {
    boolean exact = isExact(from, to);
    ByteArrayOutputStream leaf = new ByteArrayOutputStream();
    leaf.write(0);
    leaf.write(exact ? 8 : 4);
    samples(leaf, from, to, exact);
    return sha256(leaf);
  }

  /** The chain of older files. */
  public String chain() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    integer(all, samples[0].length);
    integer(all, samples.length);
    samples(all, 0, samples.length, isExact(0, samples.length));
    return HexFormat.of().formatHex(sha256(all));
  }

  private boolean isExact(int from, int to) {
    return Arrays.stream(samples, from, to)
        .flatMapToDouble(Arrays::stream)
        .anyMatch(value -> value != (float) value);
  }

  private void samples(ByteArrayOutputStream out, int from, int to, boolean exact) {
    for (int j = from; j < to; j++) {
      for (double value : samples[j]) {
        ByteBuffer bytes = ByteBuffer.allocate(exact ? 8 : 4).order(ByteOrder.LITTLE_ENDIAN);
        out.writeBytes((exact ? bytes.putDouble(value) : bytes.putFloat((float) value)).array());
      }
    }
    for (int j = from; labels != null && j < to; j++) {
      integer(out, labels[j]);
    }
    for (int j = from; weights != null && j < to; j++) {
      integer(out, Float.floatToRawIntBits(weights[j]));
    }
  }

  private static void integer(ByteArrayOutputStream out, int value) {
    for (int shift = 0; shift < 32; shift += 8) {
      out.write(value >>> shift);
    }
  }

  private static byte[] sha256(ByteArrayOutputStream input) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(input.toByteArray());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
