package dev.lanewise.data;

import dev.lanewise.matrix.DoubleMatrix;
import dev.lanewise.matrix.SampleMatrix;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The identity of the numbers of a data set, whatever file or format they came from: SHA-256 of d
 * and m as little-endian int32, the features of sample after sample as little-endian float32, and
 * the labels, if there are any, as little-endian int32; then the weights of the samples, if there
 * are any, as little-endian float32. Features that are kept in float64 are little-endian float64 if
 * one of them is no float32 number.
 */
final class DatasetDigest {

  private DatasetDigest() {}

  /** The digest in hexadecimal digits; reads all features once. */
  static String sha256(Dataset dataset) {
    MessageDigest digest = newSha256();
    SampleMatrix features = dataset.features();
    int rows = features.rows();
    boolean exact = features instanceof DoubleMatrix doubles && !doubles.isFloats();
    int size = exact ? Double.BYTES : Float.BYTES;
    ByteBuffer buffer = ByteBuffer.allocate(Math.max(2, rows) * size);
    buffer.order(ByteOrder.LITTLE_ENDIAN);
    digest.update(buffer.putInt(rows).putInt(features.columns()).flip());
    for (int j = 0; j < features.columns(); j++) {
      buffer.clear();
      if (exact) {
        buffer.asDoubleBuffer().put(features.doubles(j));
      } else {
        buffer.asFloatBuffer().put(features.column(j));
      }
      digest.update(buffer.limit(rows * size));
    }
    if (dataset.isLabelled()) {
      for (int label : dataset.labels()) {
        buffer.clear();
        digest.update(buffer.putInt(label).flip());
      }
    }
    for (float weight : dataset.weights().orElse(new float[0])) {
      buffer.clear();
      digest.update(buffer.putFloat(weight).flip());
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest newSha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
