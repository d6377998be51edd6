// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.lanewise.data.DataException;
import dev.lanewise.data.FeatureShape;
import dev.lanewise.data.Question;
import dev.lanewise.data.Scaling;
import dev.lanewise.data.Schema;
import dev.lanewise.data.hdf5.Hdf5Content;
import dev.lanewise.data.hdf5.Hdf5File;
import dev.lanewise.data.hdf5.Hdf5Writer;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The checksum over a whole model file, and files of versions before there was one. */
class ModelSealTest {

  @TempDir private Path folder;

  private Path model() {
    Model plain = ModelFileTest.model();
    Question question = new Question(List.of("dog", "cat", "fish"), List.of("fish"));
    Schema schema =
        new Schema(
            plain.schema().shape(), Scaling.PIXELS, question.answers(), Optional.of(question));
    Path file = folder.resolve("model.h5");
    ModelFile.write(new Model(plain.weights(), plain.bias(), schema, plain.provenance()), file);
    return file;
  }

  @Test
  void everyChangedByteIsRefusedByName() throws IOException {
    Path file = model();
    byte[] whole = Files.readAllBytes(file);
    for (int at = 0; at < whole.length; at++) {
      byte[] changed = whole.clone();
      changed[at] ^= (byte) (1 << at % 8);
      Files.write(file, changed);
      Throwable thrown = catchThrowable(() -> ModelFile.read(file));
      assertThat(thrown).as("byte %d", at).isInstanceOf(DataException.class);
      assertThat(thrown.getMessage()).startsWith(file + ": ").hasLineCount(1);
    }
  }

  @Test
  void bytesAfterTheEndAndBytesLeftOutAreRefused() throws IOException {
    Path file = model();
    byte[] whole = Files.readAllBytes(file);
    for (int length : new int[] {whole.length + 1, whole.length + 100, whole.length - 1}) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> ModelFile.read(file)).isInstanceOf(DataException.class);
    }
    Files.write(file, whole);
    assertThat(ModelFile.read(file).bias()).isEqualTo(-0.25f);
  }

  @Test
  void theSealIsTheDigestOfTheFileWithItsOwnBytesAsZeros() throws Exception {
    Path file = model();
    byte[] bytes = Files.readAllBytes(file);
    byte[] seal = new byte[32];
    try (Hdf5File hdf5 = Hdf5File.open(file)) {
      long[] values = hdf5.longs("file_sha256");
      for (int i = 0; i < seal.length; i++) {
        seal[i] = (byte) values[i];
      }
      assertThat(hdf5.checkSeal()).isTrue();
    }
    int at = HexFormat.of().formatHex(bytes).indexOf(HexFormat.of().formatHex(seal)) / 2;
    Arrays.fill(bytes, at, at + seal.length, (byte) 0);
    assertThat(MessageDigest.getInstance("SHA-256").digest(bytes)).isEqualTo(seal);
  }

  @Test
  void aSealOfAnotherShapeIsRefused() {
    Path file = folder.resolve("seal.h5");
    Hdf5Writer.write(file, new Hdf5Content().uint8("file_sha256x", new byte[32]));
    try (Hdf5File hdf5 = Hdf5File.open(file)) {
      assertThat(hdf5.checkSeal()).as("no seal at all").isFalse();
    }
    for (Hdf5Content content :
        List.of(
            new Hdf5Content().float32("file_sha256", new float[8]),
            new Hdf5Content().uint8("file_sha256", new byte[32], 4, 8),
            new Hdf5Content().uint8("file_sha256", new byte[31]))) {
      assertThatThrownBy(() -> Hdf5Writer.write(file, content))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("seal");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void modelsOfVersionsWithoutASealStayReadable(int version) throws Exception {
    Path file = golden("unsealed" + version + ".hdf5");
    Model model = ModelFile.read(file);
    assertThat(model.weightsSha256())
        .isEqualTo("b86d326d43d4fd5c0b5055e5da273d6bebb442ed7e02d68d0e2683956a235242");
    assertThat(model.bias()).isEqualTo(-0.0653212f);
    assertThat(model.schema().shape()).isEqualTo(FeatureShape.of(2));
    assertThat(model.schema().scaling()).isEqualTo(Scaling.NONE);
    assertThat(model.schema().classNames())
        .containsExactly(version == 1 ? "large" : "dog", version == 1 ? "small" : "cat or fish");
    assertThat(model.schema().question().map(Question::positive))
        .isEqualTo(version == 1 ? Optional.empty() : Optional.of(List.of("cat", "fish")));
    assertThat(model.provenance().trainedAt())
        .isEqualTo(version == 1 ? "2026-11-22T06:05:05Z" : "2026-11-22T06:05:06Z");
    assertThat(model.provenance().options()).containsEntry("learning-rate", "0.25");
  }

  private static Path golden(String name) throws URISyntaxException {
    return Path.of(ModelSealTest.class.getResource("/model/" + name).toURI());
  }
}
