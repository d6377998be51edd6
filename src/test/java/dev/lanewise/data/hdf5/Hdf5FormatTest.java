// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.hdf5;

import static dev.lanewise.data.hdf5.TestFiles.assertRefused;
import static dev.lanewise.data.hdf5.TestFiles.made;
import static dev.lanewise.data.hdf5.TestFiles.read;
import static dev.lanewise.data.hdf5.TestFiles.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lanewise.data.Dataset;
import dev.lanewise.data.DatasetFormat;
import dev.lanewise.data.FeatureShape;
import dev.lanewise.data.ReadOptions;
import dev.lanewise.data.Scaling;
import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.DatasetCreationOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Hdf5FormatTest {

  private static final float[] SIX = {0, 1, 2, 3, 4, 5};

  @TempDir Path folder;

  private Path file() {
    return folder.resolve("data.h5");
  }

  private static byte[] pixels(int count) {
    byte[] pixels = new byte[count];
    for (int i = 0; i < count; i++) {
      pixels[i] = (byte) (i * 37);
    }
    return pixels;
  }

  @Test
  void theFormatIsFoundAsAService() {
    assertThat(ServiceLoader.load(DatasetFormat.class))
        .anySatisfy(format -> assertThat(format).isInstanceOf(Hdf5Format.class));
    assertThat(new Hdf5Format().name()).isEqualTo("HDF5");
  }

  @Test
  void featuresHaveNamesWhereTheFileHasOneForEach() {
    Hdf5Content content =
        new Hdf5Content()
            .float32("X", SIX, 2, 3)
            .int64("y", new long[] {0, 1})
            .strings("feature_names", List.of("a", "b", "größe c"));
    try (Dataset data = read(write(file(), content))) {
      assertThat(data.featureNames().orElseThrow().list()).containsExactly("a", "b", "größe c");
    }
    for (List<String> wrong : List.of(List.of("a", "b"), List.of("a", "b", "a"))) {
      Hdf5Content other =
          new Hdf5Content()
              .float32("X", SIX, 2, 3)
              .int64("y", new long[] {0, 1})
              .strings("feature_names", wrong);
      assertRefused(
          write(file(), other),
          () -> read(file()),
          "data set 'feature_names': ",
          wrong.size() == 2 ? "there are 2 names for 3 features" : "two are called 'a'");
    }
    Hdf5Content numbers =
        new Hdf5Content()
            .float32("X", SIX, 2, 3)
            .int64("y", new long[] {0, 1})
            .float32("feature_names", new float[3]);
    try (Dataset data = read(write(file(), numbers))) {
      assertThat(data.featureNames()).isEmpty();
    }
  }

  @Test
  void aFileMatchesByItsSignatureAndNotItsName() throws IOException {
    Path named = Files.writeString(file(), "not HDF5, whatever its name says");
    assertThat(new Hdf5Format().matches(named)).isFalse();
    assertThat(new Hdf5Format().matches(made("types.hdf5"))).isTrue();
    assertThat(new Hdf5Format().matches(made("group.hdf5"))).as("after a user block").isTrue();
    assertThat(new Hdf5Format().matches(Files.createFile(folder.resolve("empty")))).isFalse();
    assertThatThrownBy(() -> new Hdf5Format().matches(folder.resolve("none")))
        .isInstanceOf(UncheckedIOException.class);
  }

  @Test
  void picturesBecomeScaledColumnsInCOrder() {
    byte[] pixels = pixels(2 * 3 * 4 * 3);
    Hdf5DatasetWriter.write(
        file(), "train", FeatureShape.of(3, 4, 3), pixels, new int[] {1, 0}, List.of("no", "yes"));
    try (Dataset data = read(file())) {
      assertThat(data.samples()).isEqualTo(2);
      assertThat(data.shape()).isEqualTo(FeatureShape.of(3, 4, 3));
      assertThat(data.scaling()).isEqualTo(Scaling.PIXELS);
      assertThat(data.labels()).containsExactly(1, 0);
      assertThat(data.classNames()).containsExactly("no", "yes");
      for (int j = 0; j < 2; j++) {
        for (int i = 0; i < 36; i++) {
          assertThat(data.features().get(i, j)).isEqualTo(Scaling.pixel(pixels[36 * j + i] & 0xff));
        }
      }
      assertThat(data.origin().source()).isEqualTo(file().toString());
      assertThat(data.origin().format()).isEqualTo("HDF5");
      assertThat(data.origin().features()).isEqualTo("train_set_x (2, 3, 4, 3) uint8");
      assertThat(data.origin().labels()).isEqualTo("train_set_y (2) int64");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"i1", "i2", "i4", "i8", "u2", "u4", "u8", "f2", "f4", "f8"})
  void numbersOfOtherTypesStayAsTheyAre(String code) {
    for (String order : List.of("little_", "big_")) {
      try (Dataset data = read(made("types.hdf5"), order + code, "bool")) {
        assertThat(data.scaling()).isEqualTo(Scaling.NONE);
        assertThat(data.features().column(0)).isEqualTo(SIX);
        assertThat(data.features().column(3)).startsWith(18, 19).endsWith(23);
        assertThat(data.features().byteSize()).isEqualTo(4 * 16 * Float.BYTES);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"bool", "int8", "row", "column"})
  void labelsMayBeOfAnyTypeInARowOrAColumn(String labels) {
    try (Dataset data = read(made("types.hdf5"), "big_f4", labels)) {
      assertThat(data.labels()).containsExactly(0, 1, 1, 0);
    }
  }

  @Test
  void labelsMayBeFloats() {
    float[] labels = {1, 0, -0f};
    write(file(), new Hdf5Content().float32("X", SIX, 3, 2).float32("y", labels));
    try (Dataset data = read(file())) {
      assertThat(data.labels()).containsExactly(1, 0, 0);
      assertThat(data.classNames()).containsExactly("0", "1");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"chunked-old.hdf5", "chunked-new.hdf5"})
  void chunkedFeaturesAreReadAsContiguousOnesAre(String name) {
    ReadOptions options = ReadOptions.unlabelled().named("all", null);
    try (Dataset data = new Hdf5Format().read(made(name), options)) {
      assertThat(data.samples()).isEqualTo(7);
      assertThat(data.shape()).isEqualTo(FeatureShape.of(5, 6));
      assertThat(data.features().column(6)).startsWith(180, 181).endsWith(209);
      assertThat(data.isLabelled()).isFalse();
    }
  }

  @Test
  void whatJhdfWritesChunkedAndCompressedIsReadRight() {
    int[][] x = {{1, 2, 3}, {4, 5, 6}, {7, 8, 9}, {10, 11, 12}};
    try (WritableHdfFile out = HdfFile.write(file())) {
      out.putDataset(
          "X",
          x,
          DatasetCreationOptions.builder().chunkDimensions(3, 2).shuffle().deflate(9).build());
      out.putDataset("y", new byte[] {0, 1, 0, 1});
    }
    try (Dataset data = read(file())) {
      for (int j = 0; j < 4; j++) {
        assertThat(data.features().column(j)).containsExactly(x[j][0], x[j][1], x[j][2]);
      }
      assertThat(data.labels()).containsExactly(0, 1, 0, 1);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "X,y",
    "X,Y",
    "x,y",
    "data,labels",
    "features,label",
    "images,target",
    "test_set_x,test_set_y"
  })
  void namesThatPeopleUseAreFound(String features, String labels) {
    Hdf5Content content =
        new Hdf5Content()
            .float32("zzz", SIX, 3, 2)
            .float32(features, SIX, 3, 2)
            .int64("aaa", new long[] {5, 6, 7})
            .int64(labels, new long[] {0, 1, 1});
    try (Dataset data = read(write(file(), content))) {
      assertThat(data.origin().features()).startsWith(features + " ");
      assertThat(data.origin().labels()).startsWith(labels + " ");
    }
  }

  @Test
  void withoutSuchNamesTheOnlyDataSetsThatCanBeMeantAreTaken() {
    Hdf5Content content =
        new Hdf5Content()
            .float32("pictures", SIX, 3, 2)
            .int64("cats", new long[] {0, 1, 1}, 1, 3)
            .int64("sizes", new long[] {64, 64});
    try (Dataset data = read(write(file(), content))) {
      assertThat(data.origin().features()).isEqualTo("pictures (3, 2) float32");
      assertThat(data.origin().labels()).isEqualTo("cats (1, 3) int64");
    }
  }

  @Test
  void namesAreTakenFromTheOptionsFirst() {
    Hdf5Content content =
        new Hdf5Content()
            .float32("X", SIX, 3, 2)
            .float32("other", SIX, 2, 3)
            .int64("y", new long[] {0, 1, 1})
            .int64("marks", new long[] {1, 0});
    try (Dataset data = read(write(file(), content), "other", "marks")) {
      assertThat(data.samples()).isEqualTo(2);
      assertThat(data.labels()).containsExactly(1, 0);
    }
    assertRefused(file(), () -> read(file(), "nothing", null), "no data set 'nothing'", "X (3, 2)");
    assertRefused(file(), () -> read(file(), null, "nothing"), "no data set 'nothing'", "marks");
  }

  @Test
  void labelsAndClassNamesComeFromTheGroupOfTheFeatures() {
    try (Dataset data = read(made("group.hdf5"), "set/X", null)) {
      assertThat(data.origin().labels()).isEqualTo("set/y (4) int64");
      assertThat(data.classNames()).containsExactly("no", "yes");
    }
  }

  @Test
  void aFileWithBothTrainingAndTestDataNeedsTheOption() {
    Hdf5Content content =
        new Hdf5Content()
            .float32("train_set_x", SIX, 3, 2)
            .int64("train_set_y", new long[] {0, 1, 1})
            .float32("test_set_x", SIX, 2, 3)
            .int64("test_set_y", new long[] {1, 0});
    write(file(), content);
    assertRefused(
        file(), () -> read(file()), "train_set_x (3, 2)", "test_set_x (2, 3)", "--features NAME");
    try (Dataset data = read(file(), "test_set_x", null)) {
      assertThat(data.labels()).containsExactly(1, 0);
    }
  }

  @Test
  void whatIsAmbiguousIsRefusedWithTheCandidatesAndTheOptions() {
    write(
        file(),
        new Hdf5Content()
            .float32("one", SIX, 3, 2)
            .float32("two", SIX, 3, 2)
            .int64("a", new long[3])
            .int64("b", new long[3]));
    assertRefused(
        file(), () -> read(file()), "one (3, 2)", "two (3, 2)", "--features NAME --labels NAME");
    assertRefused(
        file(), () -> read(file(), "one", null), "labels", "a (3)", "b (3)", "--labels NAME");
  }

  @Test
  void aFileWithoutFeaturesIsRefusedWithWhatWasLookedFor() {
    write(file(), new Hdf5Content().int64("y", new long[] {0, 1}));
    assertRefused(
        file(), () -> read(file()), "no features", "train_set_x", "X", "y (2)", "--features NAME");
    assertRefused(file(), () -> read(file(), "y", null), "expected samples x features");
  }

  @Test
  void missingLabelsAreRefusedOnlyWhereTheyAreRequired() {
    write(file(), new Hdf5Content().float32("X", SIX, 3, 2));
    assertRefused(
        file(), () -> read(file()), "no labels", "expected Y, y", "target", "--labels NAME");
    try (Dataset data = new Hdf5Format().read(file(), ReadOptions.unlabelled())) {
      assertThat(data.isLabelled()).isFalse();
      assertThat(data.origin().labels()).isEmpty();
    }
  }

  @Test
  void numbersOfAnUnknownNameAreNotLabelsWhereNoneAreRequired() {
    write(file(), new Hdf5Content().float32("X", SIX, 3, 2).int64("ages", new long[] {7, 8, 9}));
    try (Dataset data = new Hdf5Format().read(file(), ReadOptions.unlabelled())) {
      assertThat(data.isLabelled()).isFalse();
    }
    try (Dataset data = read(file())) {
      assertThat(data.origin().labels()).isEqualTo("ages (3) int64");
    }
  }

  @Test
  void labelsAreClassNumbers() {
    write(file(), new Hdf5Content().float32("X", SIX, 3, 2).float32("y", new float[] {0, 3, 1}));
    try (Dataset data = read(file())) {
      assertThat(data.labels()).containsExactly(0, 3, 1);
      assertThat(data.classNames()).containsExactly("0", "1", "2", "3");
    }
  }

  @Test
  void labelsThatAreNoWholeNumbersAreRefusedWithSampleAndValue() {
    for (float bad : new float[] {0.5f, Float.NaN, 1e30f, Float.POSITIVE_INFINITY}) {
      write(
          file(), new Hdf5Content().float32("X", SIX, 3, 2).float32("y", new float[] {0, bad, 1}));
      String shown = "is " + (Float.isNaN(bad) ? "'NaN'" : bad);
      assertRefused(file(), () -> read(file()), "sample 1", shown, "expected a ");
    }
    write(
        file(),
        new Hdf5Content()
            .float32("X", SIX, 3, 2)
            .float32("y", new float[] {0, -1, 1})
            .strings("classes", List.of("dog", "cat")));
    assertRefused(file(), () -> read(file()), "sample 1", "is -1", "expected a class number");
    write(file(), new Hdf5Content().float32("X", SIX, 3, 2).int64("y", new long[] {-1, -1, -1}));
    try (Dataset data = read(file())) {
      assertThat(data.classNames()).containsExactly("-1");
    }
  }

  @Test
  void anyWholeNumbersAreClasses() {
    long beyond = (1L << 53) + 1;
    write(file(), new Hdf5Content().float32("X", SIX, 3, 2).int64("y", new long[] {beyond, -7, 9}));
    try (Dataset data = read(file())) {
      assertThat(data.classNames()).containsExactly("-7", "9", Long.toString(beyond));
      assertThat(data.labels()).containsExactly(2, 0, 1);
    }
    write(
        file(),
        new Hdf5Content().float32("X", SIX, 3, 2).float32("y", new float[] {1, -1, 65_536}));
    try (Dataset data = read(file())) {
      assertThat(data.classNames()).containsExactly("-1", "1", "65536");
    }
  }

  @Test
  void labelsBeyondTheNamedClassesAreRefused() {
    Hdf5Content content =
        new Hdf5Content()
            .float32("X", SIX, 3, 2)
            .int64("y", new long[] {0, 1, 2})
            .strings("classes", List.of("dog", "cat"));
    write(file(), content);
    assertRefused(file(), () -> read(file()), "label 2 of sample 2", "expected 0 to 1");
  }

  @Test
  void moreOrFewerLabelsThanSamplesAreRefused() {
    write(file(), new Hdf5Content().float32("X", SIX, 3, 2).int64("y", new long[] {0, 1}));
    assertRefused(file(), () -> read(file()), "y (2) int64", "3 samples");
    write(file(), new Hdf5Content().float32("X", SIX, 3, 2).int64("y", new long[6], 3, 2));
    assertRefused(file(), () -> read(file()), "y (3, 2) int64", "3 samples");
  }

  @ParameterizedTest
  @CsvSource({"nan,NaN,0,1", "infinite,Infinity,1,0", "huge,1.0E300,1,1"})
  void featuresThatAreNoFiniteFloatAreRefusedWithTheirPlace(
      String name, String value, int feature, int sample) {
    Path path = made("refused.hdf5");
    ReadOptions options = ReadOptions.unlabelled().named(name, null);
    assertRefused(
        path,
        () -> new Hdf5Format().read(path, options),
        "feature " + feature + " of sample " + sample,
        value);
  }

  @ParameterizedTest
  @CsvSource({
    "empty, expected at least one sample",
    "thin, expected at least one feature",
    "scalar, expected samples x features",
    "compound, expected numbers",
    "never, was never written",
  })
  void whatCannotBeFeaturesIsRefused(String name, String reason) {
    Path path = made("refused.hdf5");
    ReadOptions options = ReadOptions.unlabelled().named(name, null);
    assertRefused(path, () -> new Hdf5Format().read(path, options), name, reason);
  }

  @Test
  void oneClassNameIsEnough() {
    Hdf5Content content =
        new Hdf5Content()
            .float32("X", SIX, 3, 2)
            .int64("y", new long[3])
            .strings("classes", List.of("cat"));
    write(file(), content);
    try (Dataset data = read(file())) {
      assertThat(data.classNames()).containsExactly("cat");
      assertThat(data.labels()).containsExactly(0, 0, 0);
    }
  }

  @Test
  void classNamesUnderOtherNamesAreRead() {
    try (WritableHdfFile out = HdfFile.write(file())) {
      out.putDataset("X", new float[][] {{1}, {2}});
      out.putDataset("y", new int[] {0, 1});
      out.putDataset("target_names", new String[] {"Hund", "Kätzchen"});
    }
    try (Dataset data = read(file())) {
      assertThat(data.classNames()).containsExactly("Hund", "Kätzchen");
    }
  }
}
