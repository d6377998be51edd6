// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.idx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lanewise.data.Damage;
import dev.lanewise.data.DataException;
import dev.lanewise.data.Dataset;
import dev.lanewise.data.Datasets;
import dev.lanewise.data.FashionMnist;
import dev.lanewise.data.FeatureShape;
import dev.lanewise.data.Mapping;
import dev.lanewise.data.Origin;
import dev.lanewise.data.ReadOptions;
import dev.lanewise.data.Scaling;
import dev.lanewise.data.TestData;
import dev.lanewise.data.array.ArraySource;
import dev.lanewise.matrix.ByteMatrix;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdxFormatTest {

  private static final byte[] LABELS = {0, 2, 1, 9, 4};

  @TempDir private Path folder;

  private static Dataset labelled(Path file) {
    return Datasets.read(file, ReadOptions.labelled());
  }

  private static Dataset unlabelled(Path file) {
    return Datasets.read(file, ReadOptions.unlabelled());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void imagesStayBytesAndLabelsAreFoundBeside(boolean gzip) {
    byte[] pixels = TestData.pixels(5, 12 * 12, 1);
    Path file = IdxFiles.write(folder, gzip, pixels, 12, LABELS);
    try (Dataset data = labelled(file)) {
      assertThat(data.features()).isInstanceOf(ByteMatrix.class);
      assertThat(data.shape()).isEqualTo(FeatureShape.of(12, 12));
      assertThat(data.scaling()).isEqualTo(Scaling.PIXELS);
      assertThat(data.labels()).containsExactly(0, 2, 1, 9, 4);
      assertThat(data.classNames()).hasSize(10).startsWith("0", "1").endsWith("9");
      assertThat(data.origin().format()).isEqualTo("IDX");
      float[][] expected = TestData.scaled(pixels, 5);
      for (int j = 0; j < 5; j++) {
        assertThat(data.features().column(j)).isEqualTo(expected[j]);
      }
    }
  }

  @Test
  void gzippedOrNotMappedOrNotTheDigestIsTheSame() throws IOException {
    byte[] pixels = TestData.pixels(5, 9, 1);
    Path plain = IdxFiles.write(folder, false, pixels, 3, LABELS);
    Path zipped = IdxFiles.write(folder, true, pixels, 3, LABELS);
    ReadOptions mapped = ReadOptions.labelled().mapped(Mapping.ALWAYS);
    try (Dataset one = labelled(plain);
        Dataset two = labelled(zipped);
        Dataset three = Datasets.read(plain, mapped)) {
      assertThat(two.sha256()).isEqualTo(one.sha256());
      assertThat(three.sha256()).isEqualTo(one.sha256());
      assertThat(three.features().storage()).isEqualTo("mapped bytes");
    }
    assertThatThrownBy(() -> Datasets.read(zipped, mapped))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("cannot be mapped: they are gzipped");
  }

  @Test
  void labelsOfTheOtherCompressionOrOfAnotherNameAreFoundToo() throws IOException {
    Path file = IdxFiles.write(folder, false, TestData.pixels(5, 9, 1), 3, LABELS);
    Path labels = folder.resolve("train-labels-idx1-ubyte");
    Files.write(
        folder.resolve("train-labels-idx1-ubyte.gz"), Damage.gzipped(Files.readAllBytes(labels)));
    Files.delete(labels);
    try (Dataset data = labelled(file)) {
      assertThat(data.origin().labels()).endsWith("train-labels-idx1-ubyte.gz");
    }
    Files.write(folder.resolve("answers"), IdxFiles.idx(8, new byte[] {1, 1, 0, 1, 0}, 5));
    try (Dataset data = Datasets.read(file, ReadOptions.labelled().named(null, "answers"))) {
      assertThat(data.labels()).containsExactly(1, 1, 0, 1, 0);
      assertThat(data.classNames()).containsExactly("0", "1");
    }
    assertThatThrownBy(() -> Datasets.read(file, ReadOptions.labelled().named(null, "none")))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("no file of labels 'none'");
  }

  @Test
  void withoutLabelsThereIsOnlyPrediction() throws IOException {
    Path file = IdxFiles.write(folder, true, TestData.pixels(5, 9, 1), 3, LABELS);
    Files.delete(folder.resolve("train-labels-idx1-ubyte.gz"));
    try (Dataset data = unlabelled(file)) {
      assertThat(data.isLabelled()).isFalse();
    }
    assertThatThrownBy(() -> labelled(file))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("there is no train-labels-idx1-ubyte.gz beside it")
        .hasMessageContaining("--labels FILE");
  }

  @Test
  void numbersOfEveryTypeBecomeFloats() throws IOException {
    check(0x09, new byte[] {-1, 2}, -1f, 2f);
    check(0x0b, bytes(4).putShort((short) -300).putShort((short) 7), -300f, 7f);
    check(0x0c, bytes(8).putInt(1 << 30).putInt(-5), 1 << 30, -5f);
    check(0x0d, bytes(8).putFloat(0.1f).putFloat(-3f), 0.1f, -3f);
    check(0x0e, bytes(16).putDouble(0.1).putDouble(1e30), 0.1f, 1e30f);
  }

  private static ByteBuffer bytes(int count) {
    return ByteBuffer.allocate(count);
  }

  private void check(int type, ByteBuffer elements, float... expected) throws IOException {
    check(type, elements.array(), expected);
  }

  private void check(int type, byte[] elements, float... expected) throws IOException {
    Path file = Files.write(folder.resolve("numbers"), IdxFiles.idx(type, elements, 1, 2));
    try (Dataset data = unlabelled(file)) {
      assertThat(data.features().column(0)).containsExactly(expected);
      assertThat(data.scaling()).isEqualTo(Scaling.NONE);
    }
  }

  @Test
  void whatCannotBeSamplesIsRefused() throws IOException {
    assertRefused(IdxFiles.idx(8, new byte[3], 3), "holds labels (3) uint8 and no images");
    assertRefused(IdxFiles.idx(8, new byte[0], 0, 3), "at least one sample");
    assertRefused(IdxFiles.idx(8, new byte[0], 3, 0), "at least one feature");
    assertRefused(
        IdxFiles.idx(0x0d, bytes(4).putFloat(Float.NaN).array(), 1, 1), "feature 0 of sample 0");
    assertRefused(IdxFiles.idx(0x0e, bytes(8).putDouble(1e300).array(), 1, 1), "is 1.0E300");
  }

  @Test
  void headersThatLieAreRefusedBeforeMemoryIsAskedFor() throws IOException {
    assertRefused(
        IdxFiles.idx(8, new byte[9], 60000, 28, 28), "takes 47040016 bytes, the file has 25");
    assertRefused(IdxFiles.idx(8, new byte[9], -1, -1, -1), "cut short or damaged");
    assertRefused(IdxFiles.idx(0x0e, new byte[9], -1, -1, -1, -1), "cut short or damaged");
    assertRefused(IdxFiles.idx(8, new byte[9], 2, 2, 2), "takes 24 bytes, but the file has 25");
    assertRefused(
        Damage.gzipped(IdxFiles.idx(8, new byte[9], 60000, 28, 28)), "bytes can hold, gzipped");
    assertRefused(
        Damage.gzipped(IdxFiles.idx(8, new byte[9], 2, 3, 3)), "ends after 25 bytes, within");
    // A bomb: a megabyte of zeros where nine bytes were said to be.
    assertRefused(
        Damage.gzipped(IdxFiles.idx(8, new byte[1 << 20], 1, 3, 3)), "goes on after images");
  }

  private void assertRefused(byte[] bytes, String problem) throws IOException {
    Path file = Files.write(folder.resolve("bad"), bytes);
    assertThatThrownBy(() -> unlabelled(file))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(file + ": ")
        .hasMessageContaining(problem);
  }

  @Test
  void labelsThatDoNotFitAreRefused() throws IOException {
    Path file = IdxFiles.write(folder, false, TestData.pixels(5, 9, 1), 3, LABELS);
    Path labels = folder.resolve("train-labels-idx1-ubyte");
    Files.write(labels, IdxFiles.idx(8, new byte[4], 4));
    assertThatThrownBy(() -> labelled(file))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("labels (4) uint8 does not fit 5 samples");
    byte[] halves = ByteBuffer.allocate(20).putFloat(8, 0.5f).array();
    Files.write(labels, IdxFiles.idx(0x0d, halves, 5));
    assertThatThrownBy(() -> labelled(file))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("the label of sample 2 in labels is 0.5, expected a whole number");
    Files.write(labels, IdxFiles.idx(9, new byte[] {0, 1, -1, 0, 0}, 5));
    try (Dataset data = labelled(file)) {
      assertThat(data.classNames()).containsExactly("-1", "0", "1");
      assertThat(data.labels()).containsExactly(1, 2, 0, 1, 1);
    }
    Files.writeString(labels, "0 1 1 0 1");
    assertThatThrownBy(() -> labelled(file))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(labels + ": is not IDX");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void damageIsRefusedOrHarmless(boolean gzip) {
    Path file = IdxFiles.write(folder, gzip, TestData.pixels(5, 9, 1), 3, LABELS);
    Damage.assertCutsAreRefused(file, IdxFormatTest::labelled);
    Damage.assertTrailingBytesAreRefused(file, IdxFormatTest::labelled);
    Damage.assertEveryHeaderByteIsHandled(file, 24, IdxFormatTest::labelled);
    if (gzip) {
      Damage.assertWrongBytesAreNoticed(file, 16, 1500, IdxFormatTest::labelled);
    } else {
      Damage.assertWrongBytesAreHandled(file, 16, 1500, IdxFormatTest::labelled);
    }
  }

  @Test
  void fashionMnistIsReadAsItIsPublished() {
    try (Dataset train = labelled(FashionMnist.train());
        Dataset test = labelled(FashionMnist.test())) {
      assertThat(train.samples()).isEqualTo(60_000);
      assertThat(test.samples()).isEqualTo(10_000);
      assertThat(train.shape()).isEqualTo(FeatureShape.of(28, 28));
      assertThat(train.features().storage()).isEqualTo("bytes");
      for (int number = 0; number < 10; number++) {
        assertThat(train.count(number)).isEqualTo(6_000);
        assertThat(test.count(number)).isEqualTo(1_000);
      }
    }
  }

  @Test
  void aFileThatIsNotTheOneThatWasLookedAtIsNotMapped() throws IOException {
    Path file = IdxFiles.write(folder, false, TestData.pixels(5, 9, 1), 3, LABELS);
    Path other = Files.write(folder.resolve("other"), Files.readAllBytes(file));
    try (IdxFile images = IdxFile.open(file)) {
      Files.move(other, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
      ArraySource source =
          new ArraySource(
              file, images.content(), images.array(), images.offset(), ArraySource.Order.C);
      assertThatThrownBy(
              () ->
                  source.read(
                      ReadOptions.labelled().mapped(Mapping.ALWAYS),
                      null,
                      List.of("0", "1"),
                      Origin.memory("x")))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("was replaced while it was being read");
    }
  }
}
