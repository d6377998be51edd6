// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.export;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A graph of ONNX that is being put together. Names of fields are those of {@code onnx.proto}.
 *
 * <p>Tensors have names. The caller names the result of each operator.
 */
final class OnnxGraph {

  /** Types of elements, by their numbers in {@code TensorProto.DataType}. */
  static final int FLOAT = 1;

  static final int UINT8 = 2;
  static final int INT64 = 7;
  static final int STRING = 8;
  static final int DOUBLE = 11;

  /** Operators on texts are in a domain of their own. */
  static final String ML_DOMAIN = "ai.onnx.ml";

  private static final int TYPE_INT = 2;
  private static final int TYPE_INTS = 7;
  private static final int TYPE_STRINGS = 8;

  private final ProtoMessage graph = new ProtoMessage();

  /** Inputs may have any names, those of the operators' outputs too. */
  private final Set<String> inputs = new HashSet<>();

  OnnxGraph(String name) {
    graph.text(2, name);
  }

  /** An attribute of an operator. */
  record Attribute(ProtoMessage message) {

    /** A whole number. */
    Attribute(String name, long value) {
      this(new ProtoMessage().text(1, name).number(3, value).number(20, TYPE_INT));
    }

    /** Whole numbers. */
    static Attribute numbers(String name, List<Long> values) {
      ProtoMessage message = new ProtoMessage().text(1, name);
      values.forEach(value -> message.number(8, value));
      return new Attribute(message.number(20, TYPE_INTS));
    }

    /** Texts. */
    static Attribute texts(String name, List<String> values) {
      ProtoMessage message = new ProtoMessage().text(1, name);
      values.forEach(value -> message.text(9, value));
      return new Attribute(message.number(20, TYPE_STRINGS));
    }
  }

  /** Adds an operator with one output; returns the output's name. */
  String operator(String type, List<String> operands, String output, Attribute... attributes) {
    return operator("", type, operands, output, attributes);
  }

  /** Adds an operator of a domain. */
  String operator(
      String domain, String type, List<String> operands, String output, Attribute... attributes) {
    String name = free(output);
    ProtoMessage node = new ProtoMessage();
    operands.forEach(operand -> node.text(1, operand));
    node.text(2, name).text(3, name).text(4, type);
    for (Attribute attribute : attributes) {
      node.message(5, attribute.message());
    }
    graph.message(1, domain.isEmpty() ? node : node.text(7, domain));
    return name;
  }

  private String free(String name) {
    String free = name;
    while (inputs.contains(free)) {
      free += "_";
    }
    return free;
  }

  /** Adds a constant of floats; returns its name. */
  String floats(String name, float[] values, long... dimensions) {
    ByteBuffer raw = littleEndian(values.length * Float.BYTES);
    for (float value : values) {
      raw.putFloat(value);
    }
    return constant(name, FLOAT, raw, dimensions);
  }

  /** Adds a constant of doubles in one dimension; returns its name. */
  String doubles(String name, double[] values) {
    return doubles(name, values, values.length);
  }

  /** Adds a constant of doubles; returns its name. */
  String doubles(String name, double[] values, long... dimensions) {
    ByteBuffer raw = littleEndian(values.length * Double.BYTES);
    for (double value : values) {
      raw.putDouble(value);
    }
    return constant(name, DOUBLE, raw, dimensions);
  }

  /** Adds a double without dimensions; returns its name. */
  String double0(String name, double value) {
    return doubles(name, new double[] {value}, new long[0]);
  }

  /** Adds a constant of whole numbers; returns its name. */
  String integers(String name, long... values) {
    ByteBuffer raw = littleEndian(values.length * Long.BYTES);
    for (long value : values) {
      raw.putLong(value);
    }
    return constant(name, INT64, raw, values.length);
  }

  private static ByteBuffer littleEndian(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private String constant(String wanted, int type, ByteBuffer raw, long... dimensions) {
    String name = free(wanted);
    ProtoMessage tensor = new ProtoMessage();
    for (long dimension : dimensions) {
      tensor.number(1, dimension);
    }
    graph.message(5, tensor.number(2, type).text(8, name).bytes(9, raw.array()));
    return name;
  }

  /** Adds an input of any number of samples, before all operators; returns its name. */
  String input(String name, int type, List<Integer> sample, String description) {
    inputs.add(name);
    graph.message(11, value(name, type, sample, description));
    return name;
  }

  /** Makes a tensor of any number of samples an output. */
  void output(String name, int type, List<Integer> sample, String description) {
    graph.message(12, value(name, type, sample, description));
  }

  private static ProtoMessage value(
      String name, int type, List<Integer> sample, String description) {
    ProtoMessage shape = new ProtoMessage().message(1, new ProtoMessage().text(2, "samples"));
    sample.forEach(dimension -> shape.message(1, new ProtoMessage().number(1, dimension)));
    ProtoMessage tensor = new ProtoMessage().number(1, type).message(2, shape);
    return new ProtoMessage()
        .text(1, name)
        .message(2, new ProtoMessage().message(1, tensor))
        .text(3, description);
  }

  ProtoMessage message() {
    return graph;
  }
}
