package dev.lanewise.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lanewise.data.DataException;
import dev.lanewise.data.FeatureShape;
import dev.lanewise.data.Question;
import dev.lanewise.data.SampleKind;
import dev.lanewise.data.Scaling;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFileTest {

  @TempDir private Path folder;

  static Model model() {
    float[] weights = {0.5f, -0f, 1e-42f, -3.25f, 1e30f, 7f};
    SampleKind kind =
        new SampleKind(FeatureShape.of(2, 3), Scaling.PIXELS, List.of("no = cat", "Katze ü"));
    Map<String, String> options = new LinkedHashMap<>();
    options.put("iterations", "2000");
    options.put("note", "a=b");
    return new Model(
        weights,
        -0.25f,
        kind,
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
    assertThat(read.kind()).isEqualTo(written.kind());
    assertThat(read.provenance()).isEqualTo(written.provenance());
    assertThat(ModelFile.isModel(file)).isTrue();
  }

  @Test
  void aQuestionIsKeptInVersion2() {
    Question question =
        new Question(List.of("dog", "cat, small", "fish"), List.of("fish", "cat, small"));
    Model plain = model();
    SampleKind kind =
        new SampleKind(
            plain.kind().shape(), Scaling.PIXELS, question.answers(), Optional.of(question));
    Path file = folder.resolve("question.h5");
    ModelFile.write(new Model(plain.weights(), plain.bias(), kind, plain.provenance()), file);
    Model read = ModelFile.read(file);
    assertThat(read.kind()).isEqualTo(kind);
    assertThat(read.kind().question().orElseThrow().positive())
        .containsExactly("cat, small", "fish");
    assertThat(version(file)).isEqualTo(2);
    Path without = folder.resolve("plain.h5");
    ModelFile.write(plain, without);
    assertThat(version(without)).as("what every version of the program reads").isEqualTo(1);
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
    SampleKind kind = model().kind();
    Provenance provenance = model().provenance();
    assertThatThrownBy(() -> new Model(new float[5], 0, kind, provenance))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Model(new float[] {1, 2, 3, 4, 5, Float.NaN}, 0, kind, provenance))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Model(new float[6], Float.POSITIVE_INFINITY, kind, provenance))
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
