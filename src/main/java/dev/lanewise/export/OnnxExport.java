// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.export;

import dev.lanewise.data.DataException;
import dev.lanewise.data.Scaling;
import dev.lanewise.data.Schema;
import dev.lanewise.data.Standardization;
import dev.lanewise.export.OnnxGraph.Attribute;
import dev.lanewise.model.DenseLayer;
import dev.lanewise.model.LanewiseVersion;
import dev.lanewise.model.Model;
import dev.lanewise.model.MultiClass;
import dev.lanewise.options.Activation;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * A model as ONNX, what becomes of the numbers of a file included.
 *
 * <p>The input {@code samples} takes what the files hold: N samples of the model's shape, unsigned
 * bytes where they are pixels, else float32: numbers that a standardised model would distinguish
 * only in float64 are rounded first. The outputs are {@code probabilities}, N x 2 float32 in the
 * order of the class names, and {@code class}, N class numbers (int64). Class names, names of
 * features (JSON) and the digest of the weights are metadata of the model.
 *
 * <p>A model whose columns are encoded has an input for each column, N x 1, in the place of {@code
 * samples}: float64 for numbers, NaN for a missing one; texts for categories, an empty text for a
 * missing one.
 *
 * <p>Other programs add up in other orders: probabilities agree with Lanewise's to about 1e-6, not
 * to the bit.
 */
public final class OnnxExport {

  /** Of Python's onnx 1.8 and later, and of all that came after. */
  private static final int IR_VERSION = 7;

  private static final int OPERATOR_SET = 13;
  private static final int ML_OPERATOR_SET = 2;

  // A message of Protocol Buffers ends at 2 GiB.
  private static final long MOST_BYTES = 2_000_000_000;

  private OnnxExport() {}

  /**
   * Writes a model, whole or not at all.
   *
   * @param model the model
   * @param target the file, new or to be replaced
   * @throws DataException if it cannot be written, or has more weights than ONNX can hold
   */
  public static void write(Model model, Path target) {
    long ofFeature = model.schema().standardization().isPresent() ? 2 * Double.BYTES : 0;
    long bytes = Float.BYTES * model.parameterCount() + ofFeature * model.schema().shape().size();
    if (bytes > MOST_BYTES) {
      throw new DataException(
          target.toString(),
          String.format(
              Locale.ROOT,
              "cannot hold a model of %d weights and biases, ONNX ends at 2 GiB",
              model.parameterCount()));
    }
    model
        .schema()
        .encoding()
        .flatMap(OnnxEncoding::problem)
        .ifPresent(
            problem -> {
              throw new DataException(target.toString(), problem);
            });
    ExportFile.write(target, bytes(model));
  }

  static byte[] bytes(Model model) {
    Schema schema = model.schema();
    ProtoMessage onnx =
        new ProtoMessage()
            .number(1, IR_VERSION)
            .text(2, "lanewise")
            .text(3, LanewiseVersion.current())
            .text(
                6,
                (model.isLinear() ? "Logistic regression" : "Network")
                    + ": classes "
                    + String.join(", ", schema.classNames()))
            .message(7, graph(model))
            .message(8, new ProtoMessage().text(1, "").number(2, OPERATOR_SET));
    if (schema.encoding().isPresent()) {
      onnx.message(8, new ProtoMessage().text(1, OnnxGraph.ML_DOMAIN).number(2, ML_OPERATOR_SET));
    }
    metadata(onnx, "class_names", JsonValues.text(schema.classNames()));
    schema.question().ifPresent(question -> metadata(onnx, "question", question.toString()));
    schema
        .featureNames()
        .ifPresent(names -> metadata(onnx, "feature_names", JsonValues.text(names.list())));
    metadata(onnx, "weights_sha256", model.weightsSha256());
    metadata(onnx, "data_digest", model.provenance().data().digest().id());
    metadata(onnx, "data_sha256", model.provenance().data().sha256());
    return onnx.toBytes();
  }

  private static void metadata(ProtoMessage onnx, String key, String value) {
    onnx.message(14, new ProtoMessage().text(1, key).text(2, value));
  }

  private static ProtoMessage graph(Model model) {
    Schema schema = model.schema();
    OnnxGraph graph = new OnnxGraph(model.isLinear() ? "logistic_regression" : "network");
    String flat =
        schema
            .encoding()
            .map(encoding -> OnnxEncoding.features(graph, encoding))
            .orElseGet(
                () ->
                    graph.operator(
                        "Flatten",
                        List.of(features(graph, schema)),
                        "flat",
                        new Attribute("axis", 1)));
    String x =
        schema
            .standardization()
            .map(by -> standardized(graph, flat, by))
            .orElseGet(() -> schema.encoding().isEmpty() ? flat : rounded(graph, flat));
    String scores = layers(graph, model, x);
    String z =
        model
            .calibration()
            .map(calibration -> OnnxCalibration.scores(graph, scores, calibration))
            .orElse(scores);
    if (model.multiClass().isPresent()) {
      manyClasses(graph, z, model.multiClass().get());
    } else {
      twoClasses(graph, z, model.threshold());
    }
    graph.output(
        "probabilities", OnnxGraph.FLOAT, List.of(schema.classNames().size()), "of each class");
    graph.output("class", OnnxGraph.INT64, List.of(), "class numbers");
    return graph.message();
  }

  /** z = w . a + b, equation (1), of each layer, with the activation between two of them. */
  private static String layers(OnnxGraph graph, Model model, String x) {
    String a = x;
    int last = model.layers().size() - 1;
    for (int l = 0; l < last; l++) {
      String z = gemm(graph, model.layers().get(l), a, "_" + (l + 1));
      a = activation(graph, model.activation().orElseThrow(), z, "a_" + (l + 1));
    }
    return gemm(graph, model.layers().get(last), a, "");
  }

  private static String gemm(OnnxGraph graph, DenseLayer layer, String a, String suffix) {
    String weights = graph.floats("w" + suffix, rows(layer), layer.inputs(), layer.units());
    String bias = graph.floats("b" + suffix, biases(layer), layer.units());
    return graph.operator("Gemm", List.of(a, weights, bias), "z" + suffix);
  }

  private static String activation(OnnxGraph graph, Activation activation, String z, String name) {
    return switch (activation) {
      case RELU -> graph.operator("Relu", List.of(z), name);
      case TANH -> graph.operator("Tanh", List.of(z), name);
      case SIGMOID -> graph.operator("Sigmoid", List.of(z), name);
      case IDENTITY -> z;
    };
  }

  /** The weights of an input for all units, one input after the other. */
  private static float[] rows(DenseLayer layer) {
    int units = layer.units();
    float[] rows = new float[layer.inputs() * units];
    for (int k = 0; k < units; k++) {
      float[] column = layer.weights(k);
      for (int i = 0; i < column.length; i++) {
        rows[i * units + k] = column[i];
      }
    }
    return rows;
  }

  private static float[] biases(DenseLayer layer) {
    float[] biases = new float[layer.units()];
    for (int k = 0; k < biases.length; k++) {
      biases[k] = layer.bias(k);
    }
    return biases;
  }

  /** a = g(z), equation (2); that of class 0 is g(-z), which 1 - a would be less exactly. */
  private static void twoClasses(OnnxGraph graph, String z, float threshold) {
    String a = graph.operator("Sigmoid", List.of(z), "a");
    String minus = graph.operator("Neg", List.of(z), "minus_z");
    String other = graph.operator("Sigmoid", List.of(minus), "one_minus_a");
    graph.operator("Concat", List.of(other, a), "probabilities", new Attribute("axis", 1));
    String half = graph.floats("threshold", new float[] {threshold});
    String above = graph.operator("Greater", List.of(a, half), "above");
    String number =
        graph.operator(
            "Cast", List.of(above), "class_column", new Attribute("to", OnnxGraph.INT64));
    String one = graph.integers("one_dimension", -1);
    graph.operator("Reshape", List.of(number, one), "class");
  }

  /** exp(z_k) or g(z_k), divided by the sum over all classes; the class of the largest z_k. */
  private static void manyClasses(OnnxGraph graph, String z, MultiClass way) {
    String exponents = z;
    if (way == MultiClass.OVR) {
      // g(z) = exp(-softplus(-z)): without it all could be 0, and so their sum.
      String minus = graph.operator("Neg", List.of(z), "minus_z");
      String softplus = graph.operator("Softplus", List.of(minus), "softplus");
      exponents = graph.operator("Neg", List.of(softplus), "log_a");
    }
    graph.operator("Softmax", List.of(exponents), "probabilities", new Attribute("axis", 1));
    graph.operator(
        "ArgMax", List.of(z), "class", new Attribute("axis", 1), new Attribute("keepdims", 0));
  }

  /** In double as in Lanewise, so that the features have the same bits. */
  private static String standardized(OnnxGraph graph, String flat, Standardization by) {
    String exact =
        graph.operator("Cast", List.of(flat), "exact", new Attribute("to", OnnxGraph.DOUBLE));
    String means = graph.doubles("feature_means", by.means());
    String centred = graph.operator("Sub", List.of(exact, means), "centred");
    String deviations = graph.doubles("feature_deviations", by.deviations());
    String scaled = graph.operator("Div", List.of(centred, deviations), "scaled");
    return rounded(graph, scaled);
  }

  private static String rounded(OnnxGraph graph, String exact) {
    return graph.operator("Cast", List.of(exact), "rounded", new Attribute("to", OnnxGraph.FLOAT));
  }

  /** From the numbers of a file to features. */
  private static String features(OnnxGraph graph, Schema schema) {
    List<Integer> shape = schema.shape().dimensions();
    if (!schema.scaling().isPixels()) {
      return graph.input("samples", OnnxGraph.FLOAT, shape, "features " + schema.shape());
    }
    boolean bytes = schema.scaling() == Scaling.PIXELS;
    int type = bytes ? OnnxGraph.UINT8 : OnnxGraph.FLOAT;
    String pixels = graph.input("samples", type, shape, "pixels from 0 to 255, " + schema.shape());
    String floats =
        bytes
            ? graph.operator(
                "Cast", List.of(pixels), "pixels", new Attribute("to", OnnxGraph.FLOAT))
            : pixels;
    String factor = graph.floats("pixel_factor", new float[] {Scaling.PIXEL_FACTOR});
    return graph.operator("Mul", List.of(floats, factor), "features");
  }
}
