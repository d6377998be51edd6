// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lanewise.data.DataException;
import dev.lanewise.data.Dataset;
import dev.lanewise.data.Datasets;
import dev.lanewise.data.FeatureNames;
import dev.lanewise.data.ReadOptions;
import dev.lanewise.data.WantedFeatures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Columns that are found by their names. */
class CsvFeaturesTest {

  private static final String TABLE = "age,class,height\n1,dog,0.1\n-2.5,cat,1e-3\n+3,dog,.5\n";

  @TempDir private Path folder;

  private final List<String> told = new ArrayList<>();

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("table.csv"), text);
  }

  private static ReadOptions wanted(ReadOptions options, String... names) {
    return options.wanting(
        new WantedFeatures(
            Optional.empty(), Optional.of(FeatureNames.of(List.of(names))), Optional.empty()));
  }

  private static ReadOptions like(String... names) {
    return wanted(ReadOptions.labelled(), names);
  }

  @Test
  void theNamesAreThoseOfTheHeader() throws IOException {
    try (Dataset data = Datasets.read(file(TABLE), ReadOptions.labelled())) {
      assertThat(data.featureNames().orElseThrow().list()).containsExactly("age", "height");
    }
    try (Dataset data =
        Datasets.read(file("\"a;x\"; b ;y\n1;2;0\n3;4;1\n"), ReadOptions.labelled())) {
      assertThat(data.featureNames().orElseThrow().list()).containsExactly("a;x", "b");
    }
    for (String nameless : new String[] {"0.5,1\n0.25,0\n", "3,2,no,yes\n1,2,0\n3,4,1\n5,6,1\n"}) {
      ReadOptions options = ReadOptions.unlabelled();
      try (Dataset data = Datasets.read(file(nameless), options)) {
        assertThat(data.featureNames()).isEmpty();
      }
      try (Dataset data = Datasets.read(file(nameless), wanted(options, "b", "a"))) {
        assertThat(data.featureNames()).as("by position").isEmpty();
        assertThat(data.features().column(0)[1]).isEqualTo(nameless.startsWith("0") ? 1 : 2);
      }
    }
  }

  @Test
  void columnsAreBroughtIntoTheOrderThatIsWanted() throws IOException {
    Path file = file(TABLE);
    String digest;
    try (Dataset data = Datasets.read(file, like("height", "age"))) {
      assertThat(data.featureNames().orElseThrow().list()).containsExactly("height", "age");
      assertThat(data.features().column(0)).containsExactly(0.1f, 1);
      assertThat(data.features().column(1)).containsExactly(1e-3f, -2.5f);
      assertThat(data.labels()).containsExactly(1, 0, 1);
      digest = data.sha256();
    }
    try (Dataset data =
        Datasets.read(
            file("class,height,age\ndog,0.1,1\ncat,1e-3,-2.5\ndog,.5,3\n"),
            ReadOptions.labelled())) {
      assertThat(data.sha256()).isEqualTo(digest);
    }
  }

  @Test
  void partsAreBroughtIntoThatOrderToo() throws IOException {
    List<Float> first = new ArrayList<>();
    Datasets.readInParts(
        file(TABLE),
        wanted(ReadOptions.unlabelled(), "height", "age"),
        part -> {
          assertThat(part.data().featureNames().orElseThrow().list())
              .containsExactly("height", "age");
          for (int j = 0; j < part.data().samples(); j++) {
            first.add(part.data().features().column(j)[0]);
          }
        });
    assertThat(first).containsExactly(0.1f, 1e-3f, 0.5f);
  }

  @Test
  void aMissingColumnIsRefused() throws IOException {
    assertRefused(
        file(TABLE),
        like("height", "age", "weight"),
        "has no column weight, expected a column for each of the model's features (3);"
            + " found 3 columns age, class, height");
    assertRefused(file(TABLE), like("Age", "heigth"), "has no columns Age, heigth, expected");
    StringBuilder wide = new StringBuilder("y");
    for (int i = 0; i < 20; i++) {
      wide.append(",c").append(i);
    }
    assertRefused(
        file(wide + "\n"),
        like("z"),
        "has no column z, expected a column for each of the model's features (1);"
            + " found 21 columns y, c0, c1, c2, c3, c4, c5, c6 and 13 more");
  }

  @Test
  void otherColumnsAreRefusedOrLeftOutWhateverIsInThem() throws IOException {
    Path file = file("id,age,when,class,height\nNr. 7,1,2024-01-01,dog,0.1\n,2,,cat,0.2\n");
    assertRefused(
        file, like("height", "age"), "has columns id, when, for which the model has no feature");
    ReadOptions told = like("height", "age").skipping(this.told::add);
    try (Dataset data = Datasets.read(file, told)) {
      assertThat(data.features().column(1)).containsExactly(0.2f, 2);
      assertThat(data.labels()).containsExactly(1, 0);
    }
    assertThat(this.told)
        .containsExactly(file + ": the model has no feature for columns id, when; left out");
    this.told.clear();
    ReadOptions without = wanted(ReadOptions.unlabelled(), "height", "age");
    Datasets.readInParts(file, without.skipping(this.told::add), part -> {});
    assertThat(this.told).as("the label is no feature, and expected").hasSize(1);
  }

  @Test
  void aFeatureIsNoLabelWhateverItIsCalled() throws IOException {
    Path file = file("class,y,a\n1,0,5\n2,1,6\n");
    try (Dataset data = Datasets.read(file, like("a", "class"))) {
      assertThat(data.origin().labels()).isEqualTo("column 'y'");
      assertThat(data.features().column(0)).containsExactly(5, 1);
    }
    assertRefused(file, like("a", "class", "y"), "has no column of labels");
    assertRefused(
        file,
        like("a", "y").named(null, "y").skipping(told::add),
        "column 'y' is a feature of the model, expected another for labels or weights");
    assertRefused(
        file,
        like("a", "class").weighted("a"),
        "column 'a' is a feature of the model, expected another for labels or weights");
  }

  @Test
  void badNamesAreRefused() throws IOException {
    assertRefused(
        file("a,\"b\nc\",y\n1,2,0\n3,4,1\n"), ReadOptions.labelled(), "control character");
    assertRefused(
        file("a," + "b".repeat(1001) + ",y\n1,2,0\n3,4,1\n"),
        ReadOptions.labelled(),
        "1001 characters");
  }

  private static void assertRefused(Path file, ReadOptions options, String problem) {
    assertThatThrownBy(() -> Datasets.read(file, options))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(file + ": ")
        .hasMessageContaining(problem)
        .message()
        .hasLineCount(1);
  }
}
