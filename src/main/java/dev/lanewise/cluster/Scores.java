// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cluster;

import dev.lanewise.nn.Parameters;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.IOException;

/**
 * At which scores second derivatives are wanted: the parameters of a model in float32, or those of
 * an evaluation in double. Kept as the bytes that travel.
 */
final class Scores {

  private Scores() {}

  /**
   * The scores that a request is about; empty arrays for none.
   *
   * @param scores in float32
   * @param exact in double
   */
  record Wanted(byte[] scores, byte[] exact) {

    void write(DataOutput out) throws IOException {
      Wire.write(out, scores);
      Wire.write(out, exact);
    }

    static Wanted read(DataInputStream in) throws IOException {
      return new Wanted(Wire.readBytes(in), Wire.readBytes(in));
    }
  }

  /** Of a model in float32. */
  static byte[] of(Parameters model) {
    return Wire.bytes(
        out -> {
          out.writeBoolean(false);
          Wire.write(out, model);
        });
  }

  /** Of weights in double, and the biases of a model. */
  static byte[] exact(double[][] w, Parameters model) {
    return Wire.bytes(
        out -> {
          out.writeBoolean(true);
          Wire.write(out, w);
          Wire.write(out, model.biases().column(0));
        });
  }

  static boolean isExact(byte[] scores) {
    return scores.length > 0 && scores[0] != 0;
  }

  static void read(byte[] scores, Parameters model) {
    Wire.read(
        scores,
        in -> {
          in.readBoolean();
          Wire.read(in, model);
          return null;
        });
  }

  /** Returns the weights in double, and sets the biases of a model. */
  static double[][] readExact(byte[] scores, Parameters model) {
    return Wire.read(
        scores,
        in -> {
          in.readBoolean();
          double[][] w = Wire.readMatrix(in);
          model.biases().setColumn(0, Wire.readFloats(in));
          return w;
        });
  }
}
