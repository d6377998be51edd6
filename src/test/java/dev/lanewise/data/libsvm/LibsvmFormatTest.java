// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.libsvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lanewise.data.Damage;
import dev.lanewise.data.DataException;
import dev.lanewise.data.Dataset;
import dev.lanewise.data.Datasets;
import dev.lanewise.data.FeatureShape;
import dev.lanewise.data.Mapping;
import dev.lanewise.data.Numbering;
import dev.lanewise.data.ReadOptions;
import dev.lanewise.data.Scaling;
import dev.lanewise.data.Schema;
import dev.lanewise.data.TextOptions;
import dev.lanewise.data.WantedFeatures;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LibsvmFormatTest {

  @TempDir private Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("samples.txt"), text);
  }

  private static Dataset labelled(Path file) {
    return Datasets.read(file, ReadOptions.labelled());
  }

  @Test
  void whatIsLeftOutIsZero() throws IOException {
    Path file = file("# made by hand\n+1 1:0.5 3:-2e-1\r\n-1  2:7 # one\n\n\t1.0\t4:1e2 \n-1");
    try (Dataset data = labelled(file)) {
      assertThat(data.origin().format()).isEqualTo("LIBSVM");
      assertThat(data.shape()).isEqualTo(FeatureShape.of(4));
      assertThat(data.scaling()).isEqualTo(Scaling.NONE);
      assertThat(data.features().column(0)).containsExactly(0.5f, 0, -0.2f, 0);
      assertThat(data.features().column(1)).containsExactly(0, 7, 0, 0);
      assertThat(data.features().column(2)).containsExactly(0, 0, 0, 100);
      assertThat(data.features().column(3)).containsOnly(0f);
      assertThat(data.classNames()).containsExactly("-1", "1");
      assertThat(data.labels()).containsExactly(1, 0, 1, 0);
    }
  }

  @Test
  void labelsFromZeroAreClassNumbers() throws IOException {
    try (Dataset data = labelled(file("0 1:1\n2 1:1\n1 1:3\n"))) {
      assertThat(data.classNames()).containsExactly("0", "1", "2");
      assertThat(data.labels()).containsExactly(0, 2, 1);
    }
    try (Dataset data = Datasets.read(file("0 1:1\n? 1:2\n"), ReadOptions.unlabelled())) {
      assertThat(data.isLabelled()).isFalse();
    }
    try (Dataset data = labelled(file("-1 1:1\n-1.0 1:2\n"))) {
      assertThat(data.classNames()).containsExactly("-1");
    }
  }

  @Test
  void theShapeThatIsWantedSaysHowManyFeaturesThereAre() throws IOException {
    Path file = file("1 1:1 3:1\n0 2:2\n");
    ReadOptions five = ReadOptions.labelled().shaped(FeatureShape.of(5));
    try (Dataset data = Datasets.read(file, five)) {
      assertThat(data.features().column(0)).containsExactly(1, 0, 1, 0, 0);
    }
    ReadOptions two = ReadOptions.labelled().shaped(FeatureShape.of(2));
    assertThatThrownBy(() -> Datasets.read(file, two))
        .isInstanceOf(DataException.class)
        .hasMessage(file + ": line 1: index 3, expected samples of 2 features: indices 1 to 2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1 1:1 2:2~0 3:1 2:1|line 2: index 2 after 3, expected indices in ascending order",
        "1 1:1~0 2:1 2:1|line 2: index 2 after 2, expected indices in ascending order",
        "1 1:1~0 9999999999:1|line 2: index 9999999999, expected 0 to",
        "1 1:1~0 -1:1|line 2: '-1:1', expected index:value",
        "1 1:1~0 1:|line 2: the value of index 1 is '', expected a number",
        "1 1:1~0 1:one|line 2: the value of index 1 is 'one', expected a number",
        "1 1:1~0 1:nan|line 2: the value of index 1 is 'nan', expected a number",
        "1 1:1~0 1:-1e39|line 2: the value of index 1 is -1e39, expected a number in float32's",
        "1 1:1~0 word|line 2: 'word', expected index:value",
        "1 1:1~0 1:1 qid:3|line 2: 'qid:3', expected index:value",
        "1 qid:1 1:1~0 qid:x 1:1|line 2: 'qid:x', expected index:value",
        "1 1:1~cat 1:1|line 2: label is 'cat', expected a number",
        "1 1:1~1,2 1:1|line 2: label is '1,2', expected a number",
        "1 1:1~0.5 1:1|line 2: the first field is '0.5', expected a whole number or a name, since this",
        "1 1:1~nan 1:1|line 2: the first field is 'nan', which stands for a missing label, expected a",
      })
  void badLinesAreRefusedWithTheirNumber(String text, String problem) throws IOException {
    Path file = file(text.replace('~', '\n') + "\n");
    assertThatThrownBy(() -> labelled(file))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(file + ": ")
        .hasMessageContaining(problem);
  }

  private static ReadOptions firstIndex(ReadOptions options, int index) {
    return options.laidOut(
        new TextOptions(
            Optional.empty(),
            Optional.empty(),
            false,
            List.of(),
            List.of(),
            OptionalInt.of(index)));
  }

  @Test
  void anIndex0IsTheFirstFeatureAndIsSaid() throws IOException {
    Path file = file("0 1:0.5\n1 0:2 1:3\n");
    List<String> told = new ArrayList<>();
    try (Dataset data = Datasets.read(file, ReadOptions.labelled().noting(told::add))) {
      assertThat(data.features().column(0)).containsExactly(0, 0.5f);
      assertThat(data.features().column(1)).containsExactly(2, 3);
      assertThat(data.origin().features()).isEqualTo("indices 0 to 1");
      assertThat(data.schema().numbering()).contains(Numbering.fromIndex(0));
    }
    assertThat(told).containsExactly(file + ": it has an index 0: features are counted from 0");
    List<Float> inParts = new ArrayList<>();
    Datasets.readInParts(
        file,
        ReadOptions.unlabelled(),
        part -> inParts.add(part.data().features().get(0, part.data().samples() - 1)));
    assertThat(inParts).containsExactly(2f);
  }

  @Test
  void withoutAnIndex0TheFirstFeatureIsWhatIsKnown() throws IOException {
    Path file = file("0 1:0.5\n1 1:3 2:4\n");
    List<String> told = new ArrayList<>();
    ReadOptions noting = ReadOptions.labelled().noting(told::add);
    try (Dataset data = Datasets.read(file, noting)) {
      assertThat(data.schema().numbering()).contains(Numbering.fromIndex(1));
    }
    assertThat(told).isEmpty();
    for (ReadOptions options :
        List.of(
            firstIndex(noting, 0),
            noting.wanting(
                new WantedFeatures(
                    Optional.empty(), Optional.empty(), Optional.of(Numbering.fromIndex(0)))),
            firstIndex(
                noting.wanting(
                    new WantedFeatures(
                        Optional.empty(), Optional.empty(), Optional.of(Numbering.fromIndex(1)))),
                0))) {
      try (Dataset data = Datasets.read(file, options)) {
        assertThat(data.features().column(1)).containsExactly(0, 3, 4);
      }
    }
    // Of features of another file nothing says where they are counted from.
    ReadOptions ofModel = noting.like(new Schema(FeatureShape.of(3), Scaling.NONE, Schema.UNNAMED));
    try (Dataset data = Datasets.read(file, ofModel)) {
      assertThat(data.features().column(1)).containsExactly(3, 4, 0);
    }
    assertThat(told).hasSize(1);
    assertThat(told.getFirst()).contains("counted from 1", "--first-index 0");
    Path dumped =
        file("# Generated by dump_svmlight_file\n# Column indices are zero-based\n0 1:1\n1 1:3\n");
    try (Dataset data = Datasets.read(dumped, noting)) {
      assertThat(data.features().column(1)).containsExactly(0, 3);
    }
    assertThat(told).hasSize(1);
  }

  @Test
  void anIndex0IsRefusedWhereTheFirstIs1() throws IOException {
    Path file = file("0 1:0.5\n1 0:2 1:3\n");
    for (ReadOptions options :
        List.of(
            firstIndex(ReadOptions.labelled(), 1),
            ReadOptions.labelled()
                .wanting(
                    new WantedFeatures(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(Numbering.fromIndex(1)))))) {
      assertThatThrownBy(() -> Datasets.read(file, options))
          .isInstanceOf(DataException.class)
          .hasMessageStartingWith(file + ": line 2: index 0, expected indices from 1, as ")
          .hasMessageEndingWith("; if this file counts from 0 say --first-index 0");
    }
    assertThatThrownBy(
            () ->
                Datasets.read(
                    file("0 1:0.5\n1 0:2 2:3\n"),
                    ReadOptions.labelled().shaped(FeatureShape.of(2))))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("line 2: index 2, expected samples of 2 features: indices 0 to 1");
  }

  @Test
  void queriesAreSkippedAndEncodingsRead() throws IOException {
    String text = "1 qid:7 1:2 2:3\n0\tqid:8\t2:4 # qid\n0 qid:9\n";
    for (byte[] bytes :
        new byte[][] {
          text.getBytes(StandardCharsets.UTF_8),
          ("\uFEFF" + text).getBytes(StandardCharsets.UTF_8),
          ("\uFEFF" + text.replace("\n", "\r\n")).getBytes(StandardCharsets.UTF_16LE)
        }) {
      try (Dataset data = labelled(Files.write(folder.resolve("queries.txt"), bytes))) {
        assertThat(data.origin().format()).isEqualTo("LIBSVM");
        assertThat(data.labels()).containsExactly(1, 0, 0);
        assertThat(data.features().column(0)).containsExactly(2, 3);
        assertThat(data.features().column(1)).containsExactly(0, 4);
        assertThat(data.features().column(2)).containsExactly(0, 0);
      }
    }
  }

  @Test
  void aTableThatIsTooLargeIsRefusedBeforeMemoryIsAskedFor() throws IOException {
    StringBuilder text = new StringBuilder();
    for (int j = 0; j < 4000; j++) {
      text.append(j % 2).append(" 500000000:1\n");
    }
    Path file = file(text.toString());
    assertThatThrownBy(() -> labelled(file))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("a dense table of 4000 samples of 500000000 features needs 8");
  }

  @Test
  void longWordsAreNotKept() throws IOException {
    Path file = file("1 1:1\n0 1:" + "1".repeat(1 << 20) + "\n");
    assertThatThrownBy(() -> labelled(file))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("line 2: '1:1111")
        .hasMessageContaining("expected index:value");
  }

  @Test
  void namesAndMappingAreNotForIt() throws IOException {
    Path file = file("1 1:1\n0 1:2\n");
    assertThatThrownBy(() -> Datasets.read(file, ReadOptions.labelled().named(null, "y")))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("--features and --labels are not for LIBSVM");
    assertThatThrownBy(() -> Datasets.read(file, ReadOptions.labelled().mapped(Mapping.ALWAYS)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("cannot be mapped: they are text");
  }

  @Test
  void damageIsRefusedOrHarmless() throws IOException {
    StringBuilder text = new StringBuilder();
    for (int j = 0; j < 40; j++) {
      text.append(
          String.format(
              Locale.ROOT, "%+d 1:%d 3:%s 10:-%de-2\n", j % 2 * 2 - 1, j, 1f / (j + 1), j));
    }
    Path plain = file(text.toString());
    Damage.assertWrongBytesAreHandled(plain, 40, 1500, LibsvmFormatTest::labelled);
    Path gzip = folder.resolve("samples.gz");
    Files.write(gzip, Damage.gzipped(Files.readAllBytes(plain)));
    Damage.assertCutsAreRefused(gzip, LibsvmFormatTest::labelled);
    Damage.assertTrailingBytesAreRefused(gzip, LibsvmFormatTest::labelled);
    Damage.assertWrongBytesAreNoticed(gzip, 20, 1500, LibsvmFormatTest::labelled);
  }

  @Test
  void aCutWordIsRefused() throws IOException {
    byte[] whole = "1 10:20\n0 10:30\n".getBytes(StandardCharsets.UTF_8);
    for (int length : new int[] {11, 12, 13}) {
      Path file = Files.write(folder.resolve("cut.txt"), Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> labelled(file))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("line 2");
    }
  }
}
