// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lanewise.data.DataException;
import dev.lanewise.data.Dataset;
import dev.lanewise.data.Datasets;
import dev.lanewise.data.DrawnCats;
import dev.lanewise.data.ReadOptions;
import dev.lanewise.data.Scaling;
import dev.lanewise.data.TestData;
import dev.lanewise.data.TutorialFiles;
import dev.lanewise.kernel.KernelChoice;
import dev.lanewise.kernel.KernelRequest;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.model.DenseLayer;
import dev.lanewise.model.Model;
import dev.lanewise.model.MultiClass;
import dev.lanewise.model.Predictions;
import dev.lanewise.options.Activation;
import dev.lanewise.options.HiddenLayers;
import dev.lanewise.options.Penalty;
import dev.lanewise.train.Hyperparameters;
import dev.lanewise.train.LogisticRegression;
import dev.lanewise.train.SolverChoice;
import dev.lanewise.train.SolverOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is exported, run by ONNX Runtime. */
class ExportTest {

  private static final double CLOSE = 1e-6;

  @TempDir private Path folder;

  private final Kernels kernels = KernelChoice.choose(KernelRequest.scalar(), warning -> {});

  private static Model train(Dataset data, int iterations) {
    Hyperparameters options = Hyperparameters.tutorial().withIterations(iterations);
    return new LogisticRegression(options).fit(data).model();
  }

  @Test
  void rawPixelsGoIntoOnnx() throws OrtException {
    try (Dataset train = DrawnCats.TRAIN.read();
        Dataset test = DrawnCats.TEST.read()) {
      assertAgrees(train(train, 300), test);
    }
  }

  @Test
  void theTutorialsTestPictures() throws OrtException {
    try (Dataset train = Datasets.read(TutorialFiles.train(), ReadOptions.labelled());
        Dataset test = Datasets.read(TutorialFiles.test(), ReadOptions.labelled())) {
      assertAgrees(train(train, 2000), test);
    }
  }

  @Test
  void tablesGoIntoOnnxAsFloats() throws OrtException {
    try (Dataset data = TestData.clouds(300, 37, 5)) {
      assertAgrees(train(data, 50), data);
    }
  }

  @Test
  void standardisationGoesIntoOnnx() throws OrtException {
    try (Dataset train = DrawnCats.TRAIN.read();
        Dataset scaled = train.standardized();
        Dataset test = DrawnCats.TEST.read();
        Dataset table = TestData.clouds(300, 37, 5);
        Dataset scaledTable = table.standardized()) {
      assertAgrees(train(scaled, 20), test);
      assertAgrees(train(scaledTable, 50), table);
    }
  }

  @ParameterizedTest
  @EnumSource
  void manyClassesGoIntoOnnxAndJson(MultiClass way) throws OrtException, IOException {
    StringBuilder text = new StringBuilder("a,b,c,label\n");
    for (int j = 0; j < 120; j++) {
      double angle = 2 * Math.PI * (j % 4) / 4 + 0.3 * Math.sin(j);
      text.append(
          String.format(
              Locale.ROOT, "%s,%s,%s,%d\n", Math.cos(angle), 5 + Math.sin(angle), j % 7, j % 4));
    }
    Path table = Files.writeString(folder.resolve("table.csv"), text);
    try (Dataset data = Datasets.read(table, ReadOptions.labelled());
        Dataset scaled = data.standardized()) {
      Hyperparameters options =
          Hyperparameters.tutorial().withIterations(100).withLearningRate(1).withMultiClass(way);
      Model model = new LogisticRegression(options).fit(scaled).model();
      assertThat(model.columns()).isEqualTo(4);
      assertAgrees(model, data);
      Path file = folder.resolve("model.json");
      JsonExport.write(model, file);
      JsonNode json = new ObjectMapper().readTree(file.toFile());
      assertThat(json.at("/weights")).hasSize(4);
      assertThat(Float.parseFloat(json.at("/weights/2/1").asText())).isEqualTo(model.weights(2)[1]);
      assertThat(Float.parseFloat(json.at("/bias/3").asText())).isEqualTo(model.bias(3));
      assertThat(json.at("/featureNames").toString()).isEqualTo("[\"a\",\"b\",\"c\"]");
      assertThat(new String(OnnxExport.bytes(model), StandardCharsets.UTF_8))
          .contains("feature_names")
          .contains("[\"a\",\"b\",\"c\"]");
      assertThat(json.at("/featureMeans/1").asDouble())
          .isEqualTo(scaled.standardization().orElseThrow().means()[1]);
    }
  }

  private static Model network(Dataset data, Activation activation) {
    Hyperparameters options =
        Hyperparameters.defaults()
            .withPenalty(Penalty.l2(1))
            .withSolver(SolverOptions.of(SolverChoice.LBFGS).withIterations(10))
            .withHidden(HiddenLayers.of(9, 4).withActivation(activation));
    return new LogisticRegression(options).fit(data).model();
  }

  @ParameterizedTest
  @EnumSource
  void networksGoIntoOnnx(Activation activation) throws OrtException {
    try (Dataset two = TestData.clouds(100, 37, 5);
        Dataset three = TestData.manyClouds(100, 20, 3, 5);
        Dataset scaledThree = three.standardized();
        Dataset pixels = DrawnCats.TEST.read();
        Dataset scaledPixels = pixels.standardized()) {
      assertAgrees(network(two, activation), two);
      assertAgrees(network(three, activation), three);
      assertAgrees(network(scaledThree, activation), three);
      assertAgrees(network(pixels, activation), pixels);
      assertAgrees(network(scaledPixels, activation), pixels);
    }
  }

  @Test
  void networksGoIntoJson() throws IOException {
    try (Dataset data = TestData.manyClouds(60, 6, 3, 5)) {
      Model model = network(data, Activation.TANH);
      Path file = folder.resolve("model.json");
      JsonExport.write(model, file);
      JsonNode json = new ObjectMapper().readTree(file.toFile());
      assertThat(json.at("/model").asText()).isEqualTo("network");
      assertThat(json.at("/activation").asText()).isEqualTo("tanh");
      assertThat(json.at("/weightsSha256").asText()).isEqualTo(model.weightsSha256());
      assertThat(json.at("/layers")).hasSize(3);
      for (int l = 0; l < 3; l++) {
        DenseLayer layer = model.layers().get(l);
        JsonNode written = json.at("/layers").get(l);
        assertThat(written.at("/weights")).hasSize(layer.units());
        for (int k = 0; k < layer.units(); k++) {
          assertThat(Float.parseFloat(written.at("/biases").get(k).asText()))
              .isEqualTo(layer.bias(k));
          for (int i = 0; i < layer.inputs(); i++) {
            assertThat(Float.parseFloat(written.at("/weights").get(k).get(i).asText()))
                .isEqualTo(layer.weights(k)[i]);
          }
        }
      }
    }
  }

  /** Holds what ONNX Runtime makes of the file's numbers against Lanewise's predictions. */
  private void assertAgrees(Model model, Dataset data) throws OrtException {
    Path file = folder.resolve("model.onnx");
    OnnxExport.write(model, file);
    Predictions expected = model.predict(data, kernels);
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession session = environment.createSession(file.toString());
        OnnxTensor samples = tensor(environment, data);
        OrtSession.Result result = session.run(Map.of("samples", samples))) {
      float[][] probabilities = (float[][]) result.get("probabilities").orElseThrow().getValue();
      long[] numbers = (long[]) result.get("class").orElseThrow().getValue();
      int classes = expected.classes();
      assertThat(probabilities).hasDimensions(data.samples(), classes);
      double furthest = 0;
      for (int j = 0; j < data.samples(); j++) {
        for (int k = 0; k < classes; k++) {
          float difference = probabilities[j][k] - expected.probability(j, k);
          furthest = Math.max(furthest, Math.abs(difference));
        }
        assertThat(numbers[j]).isEqualTo(expected.predictedClass(j));
      }
      assertThat(furthest).isLessThan(CLOSE);
      TensorInfo info = (TensorInfo) session.getInputInfo().get("samples").getInfo();
      List<Long> shape = new ArrayList<>(List.of(-1L));
      data.shape().dimensions().forEach(dimension -> shape.add((long) dimension));
      assertThat(LongStream.of(info.getShape()).boxed().toList()).isEqualTo(shape);
      Map<String, String> metadata = session.getMetadata().getCustomMetadata();
      assertThat(metadata)
          .containsEntry("weights_sha256", model.weightsSha256())
          .containsEntry("data_digest", "blocks")
          .containsEntry("data_sha256", model.provenance().data().sha256());
      assertThat(metadata.get("class_names"))
          .isEqualTo(JsonValues.text(model.schema().classNames()));
      assertThat(session.getMetadata().getProducerName()).isEqualTo("lanewise");
    }
  }

  /** The numbers as they are in the file, before any scaling. */
  private static OnnxTensor tensor(OrtEnvironment environment, Dataset data) throws OrtException {
    List<Integer> sample = data.shape().dimensions();
    long[] shape =
        LongStream.concat(
                LongStream.of(data.samples()), sample.stream().mapToLong(Integer::longValue))
            .toArray();
    int width = data.width();
    if (data.scaling() != Scaling.PIXELS) {
      FloatBuffer floats = FloatBuffer.allocate(data.samples() * width);
      for (int j = 0; j < data.samples(); j++) {
        floats.put(data.features().column(j));
      }
      return OnnxTensor.createTensor(environment, floats.flip(), shape);
    }
    ByteBuffer bytes =
        ByteBuffer.allocateDirect(data.samples() * width).order(ByteOrder.nativeOrder());
    for (int j = 0; j < data.samples(); j++) {
      for (float pixel : data.features().column(j)) {
        bytes.put((byte) Math.round(pixel * 255));
      }
    }
    return OnnxTensor.createTensor(
        environment, bytes.flip(), shape, ai.onnxruntime.OnnxJavaType.UINT8);
  }

  @Test
  void jsonHoldsTheSameFloats() throws IOException {
    try (Dataset data = DrawnCats.TRAIN.read()) {
      Model model = train(data, 10);
      Path file = folder.resolve("model.json");
      JsonExport.write(model, file);
      JsonNode json = new ObjectMapper().readTree(file.toFile());
      float[] weights = new float[json.at("/weights").size()];
      for (int i = 0; i < weights.length; i++) {
        weights[i] = Float.parseFloat(json.at("/weights/" + i).asText());
      }
      assertThat(weights).isEqualTo(model.weights());
      assertThat(Float.parseFloat(json.at("/bias").asText())).isEqualTo(model.bias());
      assertThat(json.at("/shape").toString()).isEqualTo("[64,64,3]");
      assertThat(json.at("/scaling").asText()).isEqualTo("pixels");
      assertThat(json.at("/classNames/0").asText()).isEqualTo(model.schema().classNames().get(0));
      assertThat(json.at("/weightsSha256").asText()).isEqualTo(model.weightsSha256());
      assertThat(json.at("/trained/options/learning-rate").asText()).isEqualTo("0.005");
      assertThat(json.at("/trained/dataDigest").asText()).isEqualTo("blocks");
    }
  }

  @Test
  void aFileThatCannotBeWrittenIsRefusedAndNothingIsLeft() throws IOException {
    try (Dataset data = TestData.clouds(20, 3, 1)) {
      Model model = train(data, 5);
      Path nowhere = folder.resolve("none/model.onnx");
      assertThatThrownBy(() -> OnnxExport.write(model, nowhere)).isInstanceOf(DataException.class);
      assertThatThrownBy(() -> JsonExport.write(model, folder)).isInstanceOf(DataException.class);
    }
    try (java.util.stream.Stream<Path> left = Files.list(folder)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void numbersOfManyBytes() {
    byte[] bytes = new ProtoMessage().number(1, 300).number(16, -1).text(2, "é").toBytes();
    assertThat(bytes)
        .containsExactly(
            0x08, 0xac, 0x02, 0x80, 0x01, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
            0x01, 0x12, 0x02, 0xc3, 0xa9);
  }
}
