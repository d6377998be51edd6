// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lanewise.data.DataException;
import dev.lanewise.data.Dataset;
import dev.lanewise.data.FeatureShape;
import dev.lanewise.data.Scaling;
import dev.lanewise.data.Schema;
import dev.lanewise.data.Standardization;
import dev.lanewise.data.TestData;
import dev.lanewise.data.hdf5.Hdf5Content;
import dev.lanewise.data.hdf5.Hdf5Writer;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.kernel.simd.AllKernels;
import dev.lanewise.options.Activation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Models with hidden layers: their files, and rows one at a time. */
class NetworkModelTest {

  private static final Provenance PROVENANCE =
      Provenance.now(
          "primal", "scalar", 1, 1, Map.of("a", "b"), new DataProvenance("drawn", "ab", 1, 1));

  @TempDir private Path folder;

  private static Model network(Schema schema, Activation activation, int... units) {
    Random random = new Random(units.length + 31L * schema.shape().size());
    List<DenseLayer> layers = new ArrayList<>();
    int inputs = schema.shape().size();
    int classes = schema.classNames().size();
    int[] all = Arrays.copyOf(units, units.length + 1);
    all[units.length] = classes == 2 ? 1 : classes;
    for (int count : all) {
      float[][] weights = new float[count][inputs];
      float[] biases = new float[count];
      for (int k = 0; k < count; k++) {
        biases[k] = random.nextFloat() - 0.5f;
        for (int i = 0; i < inputs; i++) {
          weights[k][i] = (float) (random.nextGaussian() / Math.sqrt(inputs));
        }
      }
      layers.add(new DenseLayer(weights, biases));
      inputs = count;
    }
    return Model.network(layers, activation, schema, PROVENANCE);
  }

  private static List<String> names(int classes) {
    return IntStream.range(0, classes).mapToObj(k -> "class " + k).toList();
  }

  private static Schema schema(int d, int classes) {
    return new Schema(FeatureShape.of(d), Scaling.NONE, names(classes));
  }

  @ParameterizedTest
  @EnumSource
  void whatIsWrittenIsReadBack(Activation activation) {
    Schema pictures = new Schema(FeatureShape.of(2, 3, 1), Scaling.PIXELS, names(3));
    for (Model written :
        List.of(
            network(schema(5, 2), activation, 1),
            network(schema(5, 4), activation, 7, 2),
            network(pictures, activation, 20, 7, 5))) {
      Path file = folder.resolve("network.h5");
      ModelFile.write(written, file);
      Model read = ModelFile.read(file);
      assertThat(read.weightsSha256()).isEqualTo(written.weightsSha256());
      assertThat(read.activation()).contains(activation);
      assertThat(read.schema()).isEqualTo(written.schema());
      assertThat(read.provenance()).isEqualTo(written.provenance());
      assertThat(read.isLinear()).isFalse();
      assertThat(read.multiClass()).isEqualTo(written.multiClass());
      assertThat(read.parameterCount()).isEqualTo(written.parameterCount());
      assertThat(read.layers()).hasSameSizeAs(written.layers());
      for (int l = 0; l < read.layers().size(); l++) {
        DenseLayer layer = read.layers().get(l);
        for (int k = 0; k < layer.units(); k++) {
          assertThat(layer.weights(k)).isEqualTo(written.layers().get(l).weights(k));
          assertThat(layer.bias(k)).isEqualTo(written.layers().get(l).bias(k));
        }
      }
    }
  }

  /** A file with 3 features, two units, and one output. */
  private static Hdf5Content content(Object layers, String activation) {
    Hdf5Content content =
        new Hdf5Content()
            .float32("weights", new float[] {1, 2, 3, 4, 5, 6}, 2, 3)
            .float32("bias", new float[] {7, 8})
            .strings("class_names", names(2))
            .attribute("format", "lanewise-model")
            .attribute("format_version", 6)
            .attribute("scaling", "none")
            .attribute("lanewise", "0")
            .attribute("trained_at", "t")
            .attribute("java", "j")
            .attribute("system", "s")
            .attribute("cpu", "c")
            .attribute("engine", "primal")
            .attribute("kernel", "scalar")
            .attribute("lanes", 1)
            .attribute("threads", 1)
            .attribute("options", "a=b")
            .attribute("data_source", "d.h5")
            .attribute("data_sha256", "ab")
            .attribute("data_samples", 9)
            .attribute("data_features", 3);
    if (layers instanceof Integer count) {
      content.attribute("layers", count);
    }
    return activation == null ? content : content.attribute("activation", activation);
  }

  private static Model expected() {
    return Model.network(
        List.of(
            new DenseLayer(new float[][] {{1, 2, 3}, {4, 5, 6}}, new float[] {7, 8}),
            new DenseLayer(new float[][] {{9, 10}}, new float[] {11})),
        Activation.RELU,
        schema(3, 2),
        PROVENANCE);
  }

  private static Hdf5Content whole() {
    return second(content(2, "relu"), 1, 2, 1);
  }

  private static Hdf5Content second(Hdf5Content content, int units, int inputs, int biases) {
    float[] weights = new float[units * inputs];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = 9 + i;
    }
    float[] ofUnits = new float[biases];
    Arrays.fill(ofUnits, 11);
    return content
        .float32("weights_2", weights, units, inputs)
        .float32("bias_2", ofUnits)
        .attribute("weights_sha256", expected().weightsSha256());
  }

  private void assertDamaged(Hdf5Content content, String what) {
    Path file = folder.resolve("damaged.h5");
    Hdf5Writer.write(file, content.sealed());
    assertThatThrownBy(() -> ModelFile.read(file))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(file + ": ")
        .hasMessageContaining(what);
  }

  @Test
  void damagedFilesAreRejected() {
    Path file = folder.resolve("whole.h5");
    Hdf5Writer.write(file, whole().sealed());
    assertThat(ModelFile.read(file).weightsSha256()).isEqualTo(expected().weightsSha256());

    assertDamaged(
        second(content(2, "relu"), 1, 3, 1), "layer 2 have dimensions [1, 3], expected 1 units");
    assertDamaged(second(content(2, "relu"), 2, 1, 1), "layer 2 have dimensions [2, 1]");
    assertDamaged(second(content(2, "relu"), 1, 2, 2), "layer 2 have dimensions [1, 2]");
    assertDamaged(content(2, "relu"), "there is no data set 'weights_2'");
    assertDamaged(content(2, "relu").float32("weights_2", new float[] {9, 10}, 1, 2), "'bias_2'");
    assertDamaged(second(content(3, "relu"), 1, 2, 1), "there is no data set 'weights_3'");
    assertDamaged(second(content(2_000_000_000, "relu"), 1, 2, 1), "'weights_3'");
    assertDamaged(second(content(1, "relu"), 1, 2, 1), "attribute 'layers' is 1, expected 2");
    assertDamaged(second(content(0, "relu"), 1, 2, 1), "attribute 'layers' is 0, expected 2");
    assertDamaged(second(content(-1, "relu"), 1, 2, 1), "attribute 'layers' is -1");
    assertDamaged(second(content(null, "relu"), 1, 2, 1), "no attribute 'layers'");
    assertDamaged(
        second(content(2, "gelu"), 1, 2, 1), "attribute 'activation' is 'gelu', which this");
    assertDamaged(second(content(2, null), 1, 2, 1), "no attribute 'activation'");
    // Two outputs for two classes: there is to be one.
    assertDamaged(second(content(2, "relu"), 2, 2, 2), "two class names");
  }

  @Test
  void aNetworkCutShortAnywhereIsRejected() throws IOException {
    Path file = folder.resolve("model.h5");
    ModelFile.write(network(schema(3, 3), Activation.TANH, 4), file);
    byte[] bytes = Files.readAllBytes(file);
    Path cut = folder.resolve("cut.h5");
    for (int length = 0; length < bytes.length; length += 17) {
      Files.write(cut, Arrays.copyOf(bytes, length));
      assertThatThrownBy(() -> ModelFile.read(cut)).isInstanceOf(DataException.class);
    }
  }

  @Test
  void layersThatDoNotFitTogetherAreNoNetwork() {
    DenseLayer first = new DenseLayer(new float[4][3], new float[4]);
    DenseLayer output = new DenseLayer(new float[1][5], new float[1]);
    assertThatThrownBy(
            () -> Model.network(List.of(first, output), Activation.RELU, schema(3, 2), PROVENANCE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a layer of 5 inputs after one of 4 units");
    assertThatThrownBy(
            () -> Model.network(List.of(first), Activation.RELU, schema(3, 2), PROVENANCE))
        .isInstanceOf(IllegalArgumentException.class);
    Model model = network(schema(3, 2), Activation.RELU, 2);
    assertThatThrownBy(model::weights)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("hidden layers");
    assertThatThrownBy(model::bias).isInstanceOf(IllegalStateException.class);
  }

  private static void check(Model model, Dataset data, float[][] rows) {
    for (Kernels kernels : AllKernels.fast()) {
      Predictions expected = model.predict(data, kernels);
      Scorer scorer = model.scorer();
      int classes = model.schema().classNames().size();
      float[] found = new float[classes];
      for (int j = 0; j < rows.length; j++) {
        scorer.probabilities(rows[j], found);
        for (int k = 0; k < classes; k++) {
          assertThat(Float.floatToIntBits(found[k]))
              .as("row %d, class %d, %s", j, k, kernels.name())
              .isEqualTo(Float.floatToIntBits(expected.probability(j, k)));
        }
        assertThat(scorer.predictedClass(rows[j])).isEqualTo(expected.predictedClass(j));
        double[] exact = new double[rows[j].length];
        for (int i = 0; i < exact.length; i++) {
          exact[i] = rows[j][i];
        }
        assertThat(scorer.predictedClass(exact)).isEqualTo(expected.predictedClass(j));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void aRowHasTheBitsOfADataSet(Activation activation) {
    // Below, at and above a section of 256 inputs; layers that fill no vector.
    int[][] shapes = {{1, 2, 1}, {5, 3, 4, 3}, {16, 2, 16, 8}, {255, 2, 7}, {256, 3, 33, 5}};
    for (int[] shape : shapes) {
      wide(activation, shape[0], shape[1], Arrays.copyOfRange(shape, 2, shape.length));
    }
    wide(activation, 700, 10, 300, 20);
  }

  private static void wide(Activation activation, int d, int classes, int... units) {
    Random random = new Random(d);
    float[][] rows = new float[67][d];
    for (float[] row : rows) {
      for (int i = 0; i < d; i++) {
        row[i] = (float) (random.nextGaussian() * (i % 5 == 0 ? 30 : 1));
      }
    }
    Arrays.fill(rows[1], 0f);
    Arrays.fill(rows[2], -0f);
    Arrays.fill(rows[3], 1e30f);
    Schema schema = schema(d, classes);
    try (Dataset data = Dataset.of(rows, new int[rows.length])) {
      check(network(schema, activation, units), data, rows);
      double[] means = random.doubles(d, -3, 3).toArray();
      double[] deviations = random.doubles(d, 0.1, 3).toArray();
      Schema standardised = schema.standardized(new Standardization(means, deviations));
      check(network(standardised, activation, units), data, rows);
    }
  }

  @Test
  void pixelsAreBytes() {
    int d = 12;
    byte[] pixels = TestData.pixels(50, d, 1);
    float[][] rows = new float[50][d];
    for (int j = 0; j < 50; j++) {
      for (int i = 0; i < d; i++) {
        rows[j][i] = pixels[j * d + i] & 0xff;
      }
    }
    Schema schema = new Schema(FeatureShape.of(d), Scaling.PIXELS, names(2), Optional.empty());
    try (Dataset data = Dataset.of(TestData.scaled(pixels, 50), new int[50])) {
      Predictions expected =
          network(schema(d, 2), Activation.RELU, 5).predict(data, AllKernels.scalar());
      Scorer scorer = network(schema, Activation.RELU, 5).scorer();
      for (int j = 0; j < 50; j++) {
        assertThat(scorer.probability(rows[j])).isEqualTo(expected.probability(j));
      }
    }
  }

  @Test
  void whatIsNoRowIsRejectedThoughAUnitWouldHideIt() {
    // ReLU of -Infinity is 0.
    Model model =
        Model.network(
            List.of(
                new DenseLayer(new float[][] {{-1, 0, 0}}, new float[1]),
                new DenseLayer(new float[][] {{1}}, new float[1])),
            Activation.RELU,
            schema(3, 2),
            PROVENANCE);
    Scorer scorer = model.scorer();
    assertThatThrownBy(() -> scorer.predict(new float[] {Float.POSITIVE_INFINITY, 0, 0}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("feature 0 of the row is Infinity, expected a finite number");
    assertThatThrownBy(() -> scorer.predict(new double[] {0, 1e300, 0}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("feature 1 of the row is Infinity");
    assertThatThrownBy(() -> scorer.predict(new float[2]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a row has 3 features, not 2");
  }
}
