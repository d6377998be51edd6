// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.export;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import dev.lanewise.data.DataException;
import dev.lanewise.data.Scaling;
import dev.lanewise.data.Schema;
import dev.lanewise.data.table.TableEncoding;
import dev.lanewise.model.DenseLayer;
import dev.lanewise.model.Model;
import dev.lanewise.model.MultiClass;
import dev.lanewise.model.Provenance;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;

/**
 * A model as JSON, for people and small programs: what a sample is, how its numbers become
 * features, the weights in the order of a sample's numbers, the bias (of many classes those of
 * each), and where they came from. Each float is written with as many digits as it takes to read
 * the same float again.
 */
public final class JsonExport {

  private JsonExport() {}

  /**
   * Writes a model, whole or not at all.
   *
   * @param model the model
   * @param target the file, new or to be replaced
   * @throws DataException if it cannot be written
   */
  public static void write(Model model, Path target) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = new JsonFactory().createGenerator(bytes)) {
      json.setPrettyPrinter(new DefaultPrettyPrinter());
      model(json, model);
      json.writeRaw('\n');
    } catch (IOException e) {
      throw new UncheckedIOException("memory can always be written to", e);
    }
    ExportFile.write(target, bytes.toByteArray());
  }

  private static void array(JsonGenerator json, Collection<String> texts) throws IOException {
    json.writeStartArray();
    for (String text : texts) {
      json.writeString(text);
    }
    json.writeEndArray();
  }

  private static void model(JsonGenerator json, Model model) throws IOException {
    Schema schema = model.schema();
    json.writeStartObject();
    json.writeStringField("model", model.isLinear() ? "logistic regression" : "network");
    json.writeStringField("formula", formula(model) + calibration(model));
    if (model.multiClass().isEmpty()) {
      json.writeNumberField("threshold", model.threshold());
    }
    if (model.calibration().isPresent()) {
      json.writeFieldName("calibration");
      JsonValues.write(json, CalibrationJson.map(model.calibration().get()));
    }
    json.writeFieldName("classNames");
    array(json, schema.classNames());
    if (schema.question().isPresent()) {
      json.writeStringField("question", schema.question().get().toString());
    }
    json.writeFieldName("shape");
    json.writeStartArray();
    for (int dimension : schema.shape().dimensions()) {
      json.writeNumber(dimension);
    }
    json.writeEndArray();
    if (schema.featureNames().isPresent()) {
      json.writeFieldName("featureNames");
      array(json, schema.featureNames().get().list());
    }
    if (schema.encoding().isPresent()) {
      TableEncoding encoding = schema.encoding().get();
      json.writeFieldName("columns");
      JsonValues.write(json, EncodingJson.maps(encoding));
      json.writeFieldName("terms");
      JsonValues.write(json, EncodingJson.terms(encoding));
      json.writeFieldName("missingValues");
      array(json, encoding.missingValues().stream().sorted().toList());
    }
    features(json, schema);
    if (!model.isLinear()) {
      json.writeStringField("weightsSha256", model.weightsSha256());
      provenance(json, model.provenance());
      layers(json, model);
      json.writeEndObject();
      return;
    }
    boolean many = model.multiClass().isPresent();
    if (model.summary().isPresent()) {
      json.writeFieldName("summary");
      JsonValues.write(json, SummaryJson.map(model.summary().get()));
    }
    json.writeFieldName("bias");
    if (many) {
      json.writeStartArray();
    }
    for (int k = 0; k < model.columns(); k++) {
      json.writeNumber(model.bias(k));
    }
    if (many) {
      json.writeEndArray();
    }
    json.writeStringField("weightsSha256", model.weightsSha256());
    provenance(json, model.provenance());
    json.writeFieldName("weights");
    if (many) {
      json.writeStartArray();
    }
    for (int k = 0; k < model.columns(); k++) {
      array(json, model.weights(k));
    }
    if (many) {
      json.writeEndArray();
    }
    json.writeEndObject();
  }

  private static String calibration(Model model) {
    if (model.calibration().isEmpty()) {
      return "";
    }
    return switch (model.calibration().get().kind()) {
      case PLATT -> "; calibrated: slope * z + intercept in the place of z = bias + sum";
      case TEMPERATURE -> "; calibrated: z / temperature in the place of z";
      case ISOTONIC ->
          "; calibrated: probabilities[i] where bias + sum is scores[i], a straight line between two"
              + " of them, constant beyond the first and the last";
    };
  }

  private static String formula(Model model) {
    if (!model.isLinear()) {
      return "layer by layer z[k] = biases[k] + sum of weights[k][i] * a[i], where a is the features"
          + " and then the activation of z; "
          + (model.multiClass().isEmpty()
              ? "probability of class 1 = 1 / (1 + exp(-z[0])) of the last"
              : "probability of class k = exp(z[k]) / sum of exp(z[l]) of the last");
    }
    if (model.multiClass().isEmpty()) {
      return "probability of class 1 = 1 / (1 + exp(-(bias + sum of weights[i] * features[i])))";
    }
    String score = "z[k] = bias[k] + sum of weights[k][i] * features[i]; probability of class k = ";
    return model.multiClass().get() == MultiClass.SOFTMAX
        ? score + "exp(z[k]) / sum of exp(z[l])"
        : score + "g(z[k]) / sum of g(z[l]), g(z) = 1 / (1 + exp(-z))";
  }

  private static void layers(JsonGenerator json, Model model) throws IOException {
    json.writeStringField("activation", model.activation().orElseThrow().id());
    json.writeArrayFieldStart("layers");
    for (DenseLayer layer : model.layers()) {
      json.writeStartObject();
      json.writeArrayFieldStart("weights");
      for (int k = 0; k < layer.units(); k++) {
        array(json, layer.weights(k));
      }
      json.writeEndArray();
      json.writeArrayFieldStart("biases");
      for (int k = 0; k < layer.units(); k++) {
        json.writeNumber(layer.bias(k));
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void array(JsonGenerator json, float[] values) throws IOException {
    json.writeStartArray();
    for (float value : values) {
      json.writeNumber(value);
    }
    json.writeEndArray();
  }

  private static void features(JsonGenerator json, Schema schema) throws IOException {
    json.writeStringField("scaling", schema.scaling().id());
    String numbers =
        schema.scaling().isPixels()
            ? (schema.scaling() == Scaling.PIXELS ? "bytes" : "numbers")
                + " from 0 to 255, each times "
                + Scaling.PIXEL_FACTOR
            : "numbers as they are";
    if (schema.standardization().isEmpty()) {
      json.writeStringField("features", numbers);
      return;
    }
    json.writeStringField("features", numbers + "; then minus its mean, divided by its deviation");
    array(json, "featureMeans", schema.standardization().get().means());
    array(json, "featureDeviations", schema.standardization().get().deviations());
  }

  private static void array(JsonGenerator json, String name, double[] values) throws IOException {
    json.writeFieldName(name);
    json.writeArray(values, 0, values.length);
  }

  private static void provenance(JsonGenerator json, Provenance provenance) throws IOException {
    json.writeObjectFieldStart("trained");
    json.writeStringField("lanewise", provenance.lanewise());
    json.writeStringField("at", provenance.trainedAt());
    json.writeStringField("data", provenance.data().source());
    json.writeStringField("dataDigest", provenance.data().digest().id());
    json.writeStringField("dataSha256", provenance.data().sha256());
    json.writeNumberField("samples", provenance.data().samples());
    json.writeObjectFieldStart("options");
    for (Map.Entry<String, String> option : provenance.options().entrySet()) {
      json.writeStringField(option.getKey(), option.getValue());
    }
    json.writeEndObject();
    json.writeEndObject();
  }
}
