// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lanewise.data.DataDigest;
import dev.lanewise.data.DataException;
import dev.lanewise.data.FeatureNames;
import dev.lanewise.data.FeatureShape;
import dev.lanewise.data.Question;
import dev.lanewise.data.Scaling;
import dev.lanewise.data.Schema;
import dev.lanewise.data.Standardization;
import dev.lanewise.data.hdf5.Hdf5Content;
import dev.lanewise.data.hdf5.Hdf5File;
import dev.lanewise.data.hdf5.Hdf5Writer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFileTest {

  @TempDir private Path folder;

  static Model model() {
    float[] weights = {0.5f, -0f, 1e-42f, -3.25f, 1e30f, 7f};
    Schema schema =
        new Schema(FeatureShape.of(2, 3), Scaling.PIXELS, List.of("no = cat", "Katze ü"));
    Map<String, String> options = new LinkedHashMap<>();
    options.put("iterations", "2000");
    options.put("note", "a=b");
    return new Model(
        weights,
        -0.25f,
        schema,
        Provenance.now(
            "primal", "simd", 8, 1, options, new DataProvenance("d.h5", "ab".repeat(32), 9, 6)));
  }

  @Test
  void whatIsWrittenIsReadBack() {
    Path file = folder.resolve("model.h5");
    Model written = model();
    ModelFile.write(written, file);
    Model read = ModelFile.read(file);
    assertThat(read.weightsSha256()).isEqualTo(written.weightsSha256());
    assertThat(read.weights()).isEqualTo(written.weights());
    assertThat(read.bias()).isEqualTo(written.bias());
    assertThat(read.schema()).isEqualTo(written.schema());
    assertThat(read.provenance()).isEqualTo(written.provenance());
    assertThat(ModelFile.isModel(file)).isTrue();
  }

  @Test
  void aQuestionIsKeptInVersion2() {
    Question question =
        new Question(List.of("dog", "cat, small", "fish"), List.of("fish", "cat, small"));
    Model plain = model();
    Schema schema =
        new Schema(
            plain.schema().shape(), Scaling.PIXELS, question.answers(), Optional.of(question));
    Path file = folder.resolve("question.h5");
    ModelFile.write(new Model(plain.weights(), plain.bias(), schema, plain.provenance()), file);
    Model read = ModelFile.read(file);
    assertThat(read.schema()).isEqualTo(schema);
    assertThat(read.schema().question().orElseThrow().positive())
        .containsExactly("cat, small", "fish");
    assertThat(version(file)).isEqualTo(2);
    Path without = folder.resolve("plain.h5");
    ModelFile.write(plain, without);
    assertThat(version(without)).as("what every version of the program reads").isEqualTo(1);
  }

  /** Files that earlier versions of the program wrote. */
  @Test
  void olderVersionsAreStillRead() throws Exception {
    Model first = ModelFile.read(Path.of(getClass().getResource("/model/version1.hdf5").toURI()));
    assertThat(first.weightsSha256())
        .isEqualTo("7d2a5bfe30586afc11a6a74f76450d1da2e40b9fe54f82d4d488e170322bf749");
    assertThat(first.bias()).isEqualTo(-0.48164749f);
    assertThat(first.schema().classNames()).containsExactly("no", "yes");
    assertThat(first.schema().question()).isEmpty();
    assertThat(first.multiClass()).isEmpty();
    assertThat(first.provenance().options()).containsEntry("learning-rate", "0.1");
    Model second = ModelFile.read(Path.of(getClass().getResource("/model/version2.hdf5").toURI()));
    assertThat(second.weightsSha256())
        .isEqualTo("c070f072d20d37eb6640b18e667bf35c3fe53142bdba4b27cf77b7bf8d2ce092");
    assertThat(second.schema().question().orElseThrow().positive())
        .containsExactly("blue", "green");
    assertThat(second.schema().classNames()).containsExactly("red", "blue or green");
    Model third = ModelFile.read(Path.of(getClass().getResource("/model/version3.hdf5").toURI()));
    assertThat(third.weightsSha256())
        .isEqualTo("f3b5e9428555dec828212f88f63dac07c2f5e8abc2ecc8ee0cc71dcb9bbab13a");
    assertThat(third.multiClass()).contains(MultiClass.SOFTMAX);
    assertThat(third.schema().classNames()).containsExactly("blue", "green", "red");
    assertThat(third.columns()).isEqualTo(3);
    assertThat(third.schema().featureNames()).isEmpty();
    Model fourth = ModelFile.read(Path.of(getClass().getResource("/model/version4.hdf5").toURI()));
    assertThat(fourth.weightsSha256())
        .isEqualTo("db2694342283227c2b5904dbc1c0a63979812ea36f1b5e9f921fc06f5a9ced1f");
    assertThat(fourth.schema().featureNames().orElseThrow().list())
        .containsExactly("height in m", "größe");
    assertThat(fourth.schema().classNames()).containsExactly("cat", "dog", "fish");
    assertThat(fourth.multiClass()).contains(MultiClass.OVR);
    assertThat(fourth.schema().standardization().orElseThrow().width()).isEqualTo(2);
    for (Model old : List.of(first, second, third, fourth)) {
      assertThat(old.provenance().data().digest()).isEqualTo(DataDigest.CHAIN);
      // Written anew, it still has the digest that it had.
      Path again = folder.resolve("again.h5");
      ModelFile.write(old, again);
      assertThat(ModelFile.read(again).provenance()).isEqualTo(old.provenance());
    }
  }

  @Test
  void aDigestOfDataThatNobodyKnowsIsRefused() {
    Path file = folder.resolve("other.h5");
    Hdf5Writer.write(
        file,
        parts(new int[] {6}, 1, 2, null, 1)
            .attribute("weights_sha256", "0")
            .attribute("data_digest", "sums")
            .sealed());
    assertDamaged(file, "no digest of data is called 'sums'");
  }

  private static Model ofMany(MultiClass way) {
    Schema schema = new Schema(FeatureShape.of(2, 2), Scaling.PIXELS, List.of("3", "7", "Katze ü"));
    return new Model(
        new float[][] {{1, -0f, 1e-42f, 4}, {5, 6, 7, 8}, {9, 10, 11, -3.25f}},
        new float[] {-1, 0, 0.5f},
        way,
        schema,
        model().provenance());
  }

  @Test
  void manyClassesAreKeptInVersion3() {
    for (MultiClass way : MultiClass.values()) {
      Path file = folder.resolve(way.id() + ".h5");
      Model written = ofMany(way);
      ModelFile.write(written, file);
      Model read = ModelFile.read(file);
      assertThat(version(file)).isEqualTo(3);
      assertThat(read.weightsSha256()).isEqualTo(written.weightsSha256());
      assertThat(read.multiClass()).contains(way);
      assertThat(read.schema()).isEqualTo(written.schema());
      assertThat(read.provenance()).isEqualTo(written.provenance());
      assertThat(read.columns()).isEqualTo(3);
      for (int k = 0; k < 3; k++) {
        assertThat(read.weights(k)).isEqualTo(written.weights(k));
        assertThat(read.bias(k)).isEqualTo(written.bias(k));
      }
    }
  }

  private static Schema named(Schema schema) {
    List<String> names =
        IntStream.range(0, schema.shape().size()).mapToObj(i -> "größe " + i).toList();
    return new Schema(
        schema.shape(),
        schema.scaling(),
        schema.classNames(),
        schema.question(),
        Optional.of(new Standardization(new double[names.size()], ones(names.size()))),
        Optional.of(FeatureNames.of(names)),
        Optional.empty());
  }

  private static double[] ones(int count) {
    double[] ones = new double[count];
    Arrays.fill(ones, 1);
    return ones;
  }

  @Test
  void namesOfFeaturesAreKeptInVersion4WhateverElseThereIs() {
    Model two = model();
    Question question = new Question(List.of("a", "b", "c"), List.of("b"));
    Schema asked =
        new Schema(two.schema().shape(), Scaling.PIXELS, question.answers(), Optional.of(question));
    Model many = ofMany(MultiClass.OVR);
    float[][] weights = {many.weights(0), many.weights(1), many.weights(2)};
    float[] biases = {many.bias(0), many.bias(1), many.bias(2)};
    for (Model written :
        List.of(
            new Model(two.weights(), two.bias(), named(two.schema()), two.provenance()),
            new Model(two.weights(), two.bias(), named(asked), two.provenance()),
            new Model(weights, biases, MultiClass.OVR, named(many.schema()), many.provenance()))) {
      Path file = folder.resolve("names.h5");
      ModelFile.write(written, file);
      assertThat(version(file)).isEqualTo(4);
      Model read = ModelFile.read(file);
      assertThat(read.schema()).isEqualTo(written.schema());
      assertThat(read.schema().featureNames()).isPresent();
      assertThat(read.multiClass()).isEqualTo(written.multiClass());
      assertThat(read.weightsSha256()).isEqualTo(written.weightsSha256());
      assertThat(read.provenance()).isEqualTo(written.provenance());
    }
  }

  @Test
  void namesThatDoNotFitAreRefused() {
    assertThatThrownBy(() -> ModelFile.read(names(4)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("has no data set 'feature_names'");
    assertDamaged(names(4, "a", "b", "a", "c", "d", "e"), "two are called 'a'");
    assertDamaged(names(4, "a", "b"), "2 features have names, but a sample of 6 has 6");
    Model old = ModelFile.read(names(1, "a", "b", "c", "d", "e", "f"));
    assertThat(old.schema().featureNames()).as("no part of version 1").isEmpty();
    assertThatThrownBy(() -> ModelFile.read(names(11, "a", "b", "c", "d", "e", "f")))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("of format version 11, but this lanewise reads versions 1 to 10");
  }

  private Path names(int version, String... names) {
    Path file = folder.resolve("crafted.h5");
    Hdf5Writer.write(file, named(version, names).sealed());
    return file;
  }

  private static Hdf5Content named(int version, String... names) {
    Hdf5Content content = parts(new int[] {6}, 1, 2, null, version);
    if (names.length > 0) {
      content.strings("feature_names", List.of(names));
    }
    float[] weights = {1, 2, 3, 4, 5, 6};
    Model same =
        new Model(
            weights,
            0,
            new Schema(FeatureShape.of(6), Scaling.NONE, List.of("a", "b")),
            model().provenance());
    return content.attribute("weights_sha256", same.weightsSha256());
  }

  @Test
  void damagedModelsOfManyClassesAreRefused() {
    assertDamaged(content(new int[] {3, 2}, 3, 3, "softmax", 3), "no attribute");
    assertDamaged(content(new int[] {3, 2}, 3, 2, "softmax", 3), "3 columns of weights for 2");
    assertDamaged(content(new int[] {3, 2}, 2, 3, "softmax", 3), "bias has 2 elements, expected 3");
    assertDamaged(content(new int[] {2, 3}, 2, 2, "softmax", 3), "dimensions [2, 3]");
    assertDamaged(content(new int[] {6}, 6, 6, "softmax", 3), "dimensions [6]");
    assertDamaged(content(new int[] {3, 2}, 3, 3, "votes", 3), "many classes by 'votes'");
    assertDamaged(content(new int[] {3, 2}, 3, 3, null, 3), "no attribute 'multi_class'");
    assertDamaged(content(new int[] {3, 2}, 3, 3, "ovr", 1), "bias has 3 elements, expected 1");
  }

  @Test
  void versionsThatAlwaysHadASealNeedIt() {
    Path file = folder.resolve("unsealed.h5");
    for (int version : new int[] {4, 5}) {
      Hdf5Writer.write(file, named(version));
      assertDamaged(file, "it has no checksum 'file_sha256'");
    }
    Hdf5Writer.write(file, named(1));
    assertThat(ModelFile.read(file).schema().classNames()).containsExactly("a", "b");
  }

  private Path content(int[] dimensions, int biases, int names, String way, int version) {
    Path file = folder.resolve("crafted.h5");
    Hdf5Writer.write(file, parts(dimensions, biases, names, way, version).sealed());
    return file;
  }

  private static Hdf5Content parts(
      int[] dimensions, int biases, int names, String way, int version) {
    Hdf5Content content =
        new Hdf5Content()
            .float32("weights", new float[] {1, 2, 3, 4, 5, 6}, dimensions)
            .float32("bias", new float[biases])
            .strings("class_names", List.of("a", "b", "c", "d", "e", "f").subList(0, names))
            .attribute("format", "lanewise-model")
            .attribute("format_version", version)
            .attribute("scaling", "none");
    if (way != null) {
      content.attribute("multi_class", way);
    }
    Provenance provenance = model().provenance();
    return content
        .attribute("lanewise", provenance.lanewise())
        .attribute("trained_at", provenance.trainedAt())
        .attribute("java", provenance.java())
        .attribute("system", provenance.system())
        .attribute("cpu", provenance.cpu())
        .attribute("engine", provenance.engine())
        .attribute("kernel", provenance.kernel())
        .attribute("lanes", provenance.lanes())
        .attribute("threads", provenance.threads())
        .attribute("options", "a=b")
        .attribute("data_source", "d.h5")
        .attribute("data_sha256", "ab")
        .attribute("data_samples", 9)
        .attribute("data_features", 2);
  }

  private static void assertDamaged(Path file, String what) {
    assertThatThrownBy(() -> ModelFile.read(file))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(file + ": a damaged model: ")
        .hasMessageContaining(what);
  }

  @Test
  void aModelOfManyClassesCutShortAnywhereIsRefused() throws IOException {
    Path file = folder.resolve("model.h5");
    ModelFile.write(ofMany(MultiClass.SOFTMAX), file);
    byte[] whole = Files.readAllBytes(file);
    Path cut = folder.resolve("cut.h5");
    for (int length = 0; length < whole.length; length += 11) {
      Files.write(cut, Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> ModelFile.read(cut))
          .as("cut to %d of %d bytes", length, whole.length)
          .isInstanceOf(DataException.class);
    }
  }

  private static long version(Path file) {
    try (Hdf5File hdf5 = Hdf5File.open(file)) {
      return hdf5.longAttribute("format_version").orElseThrow();
    }
  }

  @Test
  void theDigestIsThatOfLittleEndianWeightsThenBias() throws Exception {
    Model model = model();
    java.nio.ByteBuffer bytes =
        java.nio.ByteBuffer.allocate(28).order(java.nio.ByteOrder.LITTLE_ENDIAN);
    for (float value : new float[] {0.5f, -0f, 1e-42f, -3.25f, 1e30f, 7f, -0.25f}) {
      bytes.putFloat(value);
    }
    byte[] expected = java.security.MessageDigest.getInstance("SHA-256").digest(bytes.array());
    assertThat(model.weightsSha256()).isEqualTo(java.util.HexFormat.of().formatHex(expected));
  }

  @Test
  void aModelCutShortAnywhereIsRefused() throws IOException {
    Path file = folder.resolve("model.h5");
    ModelFile.write(model(), file);
    byte[] whole = Files.readAllBytes(file);
    Path cut = folder.resolve("cut.h5");
    for (int length = 0; length < whole.length; length += 7) {
      Files.write(cut, Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> ModelFile.read(cut))
          .as("cut to %d of %d bytes", length, whole.length)
          .isInstanceOf(DataException.class)
          .hasMessageStartingWith(cut + ": ");
    }
  }

  @Test
  void aChangedWeightIsRefused() throws IOException {
    Path file = folder.resolve("model.h5");
    ModelFile.write(model(), file);
    byte[] bytes = Files.readAllBytes(file);
    int weight = indexOf(bytes, new byte[] {0, 0, 0x50, (byte) 0xc0}); // -3.25
    bytes[weight] ^= 1;
    Files.write(file, bytes);
    assertThatThrownBy(() -> ModelFile.read(file))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("is damaged")
        .hasMessageContaining("SHA-256");
  }

  @Test
  void aVersionFromTheFutureIsRefusedPolitely() {
    Path file = folder.resolve("future.h5");
    Hdf5Writer.write(
        file,
        new Hdf5Content()
            .float32("weights", new float[] {1})
            .attribute("format", "lanewise-model")
            .attribute("format_version", 99));
    assertThat(ModelFile.isModel(file)).isTrue();
    assertThatThrownBy(() -> ModelFile.read(file))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("format version 99")
        .hasMessageContaining("newer");
  }

  @Test
  void otherFilesAreNoModels() throws IOException {
    Path hdf5 = folder.resolve("data.h5");
    Hdf5Writer.write(hdf5, new Hdf5Content().float32("X", new float[] {1, 2}, 2, 1));
    Path text = Files.writeString(folder.resolve("text.h5"), "model");
    Path missing = folder.resolve("missing.h5");
    for (Path file : List.of(hdf5, text, missing)) {
      assertThat(ModelFile.isModel(file)).isFalse();
      assertThatThrownBy(() -> ModelFile.read(file))
          .isInstanceOf(DataException.class)
          .hasMessageStartingWith(file + ": ");
    }
  }

  @Test
  void aModelThatDoesNotFitTogetherIsRefused() {
    Schema schema = model().schema();
    Provenance provenance = model().provenance();
    assertThatThrownBy(() -> new Model(new float[5], 0, schema, provenance))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> new Model(new float[] {1, 2, 3, 4, 5, Float.NaN}, 0, schema, provenance))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Model(new float[6], Float.POSITIVE_INFINITY, schema, provenance))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static int indexOf(byte[] bytes, byte[] wanted) {
    for (int i = 0; i + wanted.length <= bytes.length; i++) {
      if (Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)) {
        return i;
      }
    }
    throw new AssertionError("not in the file");
  }
}
