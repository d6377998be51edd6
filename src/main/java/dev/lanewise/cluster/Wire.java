// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cluster;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.nn.Parameters;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** The form of what travels: numbers in the order of bytes of a {@link DataOutput}. */
final class Wire {

  private static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  private Wire() {}

  /** Writes something to a stream of bytes in memory. */
  interface Writing {

    void to(DataOutputStream out) throws IOException;
  }

  /** Reads something from a stream of bytes in memory. */
  interface Reading<T> {

    T from(DataInputStream in) throws IOException;
  }

  static byte[] bytes(Writing writing) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      writing.to(out);
    } catch (IOException e) {
      throw new UncheckedIOException("bytes in memory cannot be written", e);
    }
    return bytes.toByteArray();
  }

  static <T> T read(byte[] bytes, Reading<T> reading) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      return reading.from(in);
    } catch (IOException e) {
      throw new UncheckedIOException("a request or an answer is cut short", e);
    }
  }

  static void write(DataOutput out, byte[] bytes) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  static byte[] readBytes(DataInputStream in) throws IOException {
    byte[] bytes = new byte[in.readInt()];
    in.readFully(bytes);
    return bytes;
  }

  static void write(DataOutput out, double[] values) throws IOException {
    out.writeInt(values.length);
    for (double value : values) {
      out.writeDouble(value);
    }
  }

  static double[] readDoubles(DataInputStream in) throws IOException {
    double[] values = new double[in.readInt()];
    for (int i = 0; i < values.length; i++) {
      values[i] = in.readDouble();
    }
    return values;
  }

  static void write(DataOutput out, double[][] values) throws IOException {
    out.writeInt(values.length);
    for (double[] row : values) {
      write(out, row);
    }
  }

  static double[][] readMatrix(DataInputStream in) throws IOException {
    double[][] values = new double[in.readInt()][];
    for (int i = 0; i < values.length; i++) {
      values[i] = readDoubles(in);
    }
    return values;
  }

  static void write(DataOutput out, float[] values) throws IOException {
    out.writeInt(values.length);
    byte[] bytes = new byte[values.length * Float.BYTES];
    MemorySegment.copy(
        MemorySegment.ofArray(values),
        JAVA_FLOAT,
        0,
        MemorySegment.ofArray(bytes),
        FLOAT,
        0,
        values.length);
    out.write(bytes);
  }

  static float[] readFloats(DataInputStream in) throws IOException {
    float[] values = new float[in.readInt()];
    byte[] bytes = new byte[values.length * Float.BYTES];
    in.readFully(bytes);
    MemorySegment.copy(
        MemorySegment.ofArray(bytes),
        FLOAT,
        0,
        MemorySegment.ofArray(values),
        JAVA_FLOAT,
        0,
        values.length);
    return values;
  }

  static void write(DataOutput out, Parameters parameters) throws IOException {
    for (int l = 0; l < parameters.layout().layers().size(); l++) {
      FloatMatrix weights = parameters.weights(l);
      for (int k = 0; k < weights.columns(); k++) {
        write(out, weights.column(k));
      }
      write(out, parameters.biases(l).column(0));
    }
  }

  static void read(DataInputStream in, Parameters parameters) throws IOException {
    for (int l = 0; l < parameters.layout().layers().size(); l++) {
      FloatMatrix weights = parameters.weights(l);
      for (int k = 0; k < weights.columns(); k++) {
        weights.setColumn(k, readFloats(in));
      }
      parameters.biases(l).setColumn(0, readFloats(in));
    }
  }
}
