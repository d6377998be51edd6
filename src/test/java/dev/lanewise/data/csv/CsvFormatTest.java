// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lanewise.data.Damage;
import dev.lanewise.data.DataException;
import dev.lanewise.data.Dataset;
import dev.lanewise.data.Datasets;
import dev.lanewise.data.FeatureShape;
import dev.lanewise.data.Mapping;
import dev.lanewise.data.ReadOptions;
import dev.lanewise.data.Scaling;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvFormatTest {

  @TempDir private Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("table.csv"), text);
  }

  private static Dataset labelled(Path file) {
    return Datasets.read(file, ReadOptions.labelled());
  }

  private static Dataset unlabelled(Path file) {
    return Datasets.read(file, ReadOptions.unlabelled());
  }

  @Test
  void allColumnsButTheLabelAreFeatures() throws IOException {
    Path file = file("age,class,height\n1,dog,0.1\n-2.5,cat,1e-3\n+3,dog,.5\n");
    try (Dataset data = labelled(file)) {
      assertThat(data.origin().format()).isEqualTo("CSV");
      assertThat(data.origin().labels()).isEqualTo("column 'class'");
      assertThat(data.shape()).isEqualTo(FeatureShape.of(2));
      assertThat(data.scaling()).isEqualTo(Scaling.NONE);
      assertThat(data.features().column(0)).containsExactly(1f, 0.1f);
      assertThat(data.features().column(1)).containsExactly(-2.5f, 1e-3f);
      assertThat(data.features().column(2)).containsExactly(3f, 0.5f);
      assertThat(data.classNames()).containsExactly("cat", "dog");
      assertThat(data.labels()).containsExactly(1, 0, 1);
    }
  }

  @Test
  void whatOtherProgramsWriteIsRead() throws IOException {
    String expected = null;
    for (String text :
        new String[] {
          "a,b,y\n1,2,0\n3,4,1\n",
          "a,b,y\r\n1,2,0\r\n3,4,1",
          "\uFEFFa;b;y\n1;2;0\n\n3;4;1\n\n",
          "\"a\"\t\"b\"\t\"y\"\n1\t\"2\"\t 0 \n3\t4\t1\n",
          "a,b,\"y\"\n \"1\" ,2,0\n3,4,1\n".replace(" \"1\" ", "\"1\""),
        }) {
      try (Dataset data = labelled(file(text))) {
        assertThat(data.classNames()).containsExactly("0", "1");
        String digest = data.sha256();
        assertThat(digest).isEqualTo(expected == null ? digest : expected);
        expected = digest;
      }
    }
    Path gzip = folder.resolve("table.gz");
    Files.write(gzip, Damage.gzipped("a,b,y\n1,2,0\n3,4,1\n".getBytes(StandardCharsets.UTF_8)));
    try (Dataset data = labelled(gzip)) {
      assertThat(data.sha256()).isEqualTo(expected);
    }
  }

  @Test
  void theColumnOfTheLabelsIsFoundOrNamed() throws IOException {
    Path file = file("Target,b,answer\n0,2,1\n1,4,0\n");
    try (Dataset data = labelled(file)) {
      assertThat(data.labels()).containsExactly(0, 1);
    }
    try (Dataset data = Datasets.read(file, ReadOptions.labelled().named(null, "answer"))) {
      assertThat(data.labels()).containsExactly(1, 0);
      assertThat(data.features().column(0)).containsExactly(0, 2);
    }
    Path none = file("a,b\n1,2\n3,4\n");
    try (Dataset data = unlabelled(none)) {
      assertThat(data.isLabelled()).isFalse();
      assertThat(data.width()).isEqualTo(2);
    }
    Path one = file("a,class\n1,dog\n3,dog\n");
    try (Dataset data = unlabelled(one)) {
      assertThat(data.classNames()).containsExactly("dog");
      assertThat(data.width()).isEqualTo(1);
    }
  }

  @Test
  void labelsThatAreNumbersAreClassNumbersOrClasses() throws IOException {
    assertClasses("0 2 0", "[0, 1, 2]", 0, 2, 0);
    assertClasses("-1 1 -1", "[-1, 1]", 0, 1, 0);
    assertClasses("10 9 10", "[9, 10]", 1, 0, 1);
    assertClasses("1 1 1", "[0, 1]", 1, 1, 1);
    assertClasses("1.0 x 1", "[1, x]", 0, 1, 0);
    assertClasses("dog dog", "[dog]", 0, 0);
  }

  private void assertClasses(String labels, String names, int... numbers) throws IOException {
    StringBuilder text = new StringBuilder("x,y\n");
    for (String label : labels.split(" ")) {
      text.append("1,").append(label).append('\n');
    }
    try (Dataset data = labelled(file(text.toString()))) {
      assertThat(data.classNames().toString()).isEqualTo(names);
      assertThat(data.labels()).containsExactly(numbers);
    }
  }

  @Test
  void aColumnOfWeightsIsNoFeature() throws IOException {
    Path file = file("a,w,b,y\n1,0.5,2,0\n3,0,4,1\n5,1e1,6,0\n");
    try (Dataset data = Datasets.read(file, ReadOptions.labelled().weighted("w"))) {
      assertThat(data.weights()).contains(new float[] {0.5f, 0, 10});
      assertThat(data.origin().weights()).isEqualTo("w");
      assertThat(data.width()).isEqualTo(2);
      assertThat(data.features().column(1)).containsExactly(3, 4);
      assertThat(data.labels()).containsExactly(0, 1, 0);
    }
    // A name that labels have by convention, and a table without names.
    Path target = file("a,target,y\n1,3,0\n2,4,1\n");
    try (Dataset data = Datasets.read(target, ReadOptions.labelled().weighted("target"))) {
      assertThat(data.weights()).contains(new float[] {3, 4});
      assertThat(data.labels()).containsExactly(0, 1);
    }
    Path bare = file("1,3,0\n2,4,1\n");
    try (Dataset data =
        Datasets.read(bare, ReadOptions.labelled().named(null, "2").weighted("1"))) {
      assertThat(data.weights()).contains(new float[] {3, 4});
      assertThat(data.features().column(1)).containsExactly(2);
    }
    Path scikit = file("2,2,bad,good\n1,2,0\n3,4,1\n");
    try (Dataset data = Datasets.read(scikit, ReadOptions.labelled().weighted("0"))) {
      assertThat(data.weights()).contains(new float[] {1, 3});
      assertThat(data.labels()).containsExactly(0, 1);
      assertThat(data.features().column(1)).containsExactly(4);
    }
  }

  @Test
  void aColumnIsLeftOutWhereThereIsOne() throws IOException {
    ReadOptions without = ReadOptions.labelled().leavingOut("w");
    String digest;
    try (Dataset data = Datasets.read(file("a,b,y\n1,2,0\n3,4,1\n"), without)) {
      digest = data.sha256();
    }
    // Nothing is read from it: it need not be a number.
    Path file = file("a,w,b,y\n1,,2,0\n3,heavy,4,1\n");
    try (Dataset data = Datasets.read(file, without)) {
      assertThat(data.sha256()).isEqualTo(digest);
      assertThat(data.weights()).isEmpty();
      assertThat(data.origin().weights()).isEmpty();
    }
    java.util.List<float[]> samples = new java.util.ArrayList<>();
    Datasets.readInParts(
        file,
        ReadOptions.unlabelled().leavingOut("w"),
        part -> {
          for (int j = 0; j < part.data().samples(); j++) {
            samples.add(part.data().features().column(j));
          }
        });
    assertThat(samples).containsExactly(new float[] {1, 2}, new float[] {3, 4});
    try (Dataset data =
        Datasets.read(file("y,class\n1,0\n2,1\n"), ReadOptions.labelled().leavingOut("y"))) {
      throw new AssertionError("read " + data.width() + " features");
    } catch (DataException e) {
      assertThat(e).hasMessageContaining("has no feature, only columns y, class");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-1|line 4: column 'w' is -1, expected a weight of at least 0",
        "-1e-30|line 4: column 'w' is -1e-30, expected a weight of at least 0",
        "heavy|line 4: column 'w' is 'heavy', expected a number",
        "NaN|line 4: column 'w' is 'NaN', expected a number",
        "''|line 4: column 'w' is empty, expected a number",
        "1e39|line 4: column 'w' is 1e39, expected a number in float32's range",
        "0|lines 2 to 4: column 'w' is 0 in all of them, expected a weight above 0",
      })
  void weightsThatCannotBeAreRefusedWithTheirLine(String weight, String problem)
      throws IOException {
    Path file = file("a,w,y\n1,0,0\n2,0.0,1\n3," + weight + ",1\n");
    assertThatThrownBy(() -> Datasets.read(file, ReadOptions.labelled().weighted("w")))
        .isInstanceOf(DataException.class)
        .hasMessage(file + ": " + problem);
  }

  @Test
  void weightsThatAreNotThereOrTheLabelsAreRefused() throws IOException {
    Path file = file("a,w,y\n1,1,0\n2,1,1\n");
    for (String name : new String[] {"v", "y"}) {
      assertThatThrownBy(
              () -> Datasets.read(file, ReadOptions.labelled().named(null, "y").weighted(name)))
          .isInstanceOf(DataException.class)
          .message()
          .hasLineCount(1)
          .containsAnyOf(
              "has no column 'v', expected one of a, w, y", "column 'y' is to be both the labels");
    }
  }

  @Test
  void aTableOfNumbersNeedsNoHeader() throws IOException {
    Path file = file("0.5,1\n0.25,0\n");
    try (Dataset data = Datasets.read(file, ReadOptions.labelled().named(null, "1"))) {
      assertThat(data.samples()).isEqualTo(2);
      assertThat(data.features().column(0)).containsExactly(0.5f);
      assertThat(data.labels()).containsExactly(1, 0);
    }
    assertRefused(file, "has no column of labels", "--labels NAME");
  }

  @Test
  void theTablesOfScikitLearnAreRead() throws IOException {
    Path file = file("3,2,malignant,benign\n1,2,0\n3,4,1\n5,6,1\n");
    try (Dataset data = labelled(file)) {
      assertThat(data.classNames()).containsExactly("malignant", "benign");
      assertThat(data.labels()).containsExactly(0, 1, 1);
      assertThat(data.width()).isEqualTo(2);
    }
    assertRefused(file("4,2,malignant,benign\n1,2,0\n3,4,1\n5,6,1\n"), "has 3 rows", "says 4");
    assertRefused(file("2,2,malignant,benign\n1,2,0\n3,4,2\n"), "label 2 of sample 1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a,b,y~1,2,0~3,4~5,6,1|line 3 has 2 fields, expected 3",
        "a,b,y~1,2,0~3,4,1,9|line 3 has 4 fields, expected 3",
        "a,b,y~1,2,0~,4,1|line 3: column 'a' is empty, expected a number",
        "a,b,y~1,2,0~~3,four,1|line 4: column 'b' is 'four', expected a number",
        "a,b,y~1,2,0~NaN,4,1|line 3: column 'a' is 'NaN', expected a number",
        "a,b,y~1,2,0~1e39,4,1|line 3: column 'a' is 1e39, expected a number in float32's range",
        "a,b,y~1,2,0~3,4, |line 3: column 'y' is empty, expected a class",
        "a,b,y~1,2,x~3,4,1.5|line 3: column 'y' is '1.5', expected a whole number or a name",
        "a,b,y~1,2,x~3,4,?|line 3: column 'y' is '?', which stands for a missing label, expected a class",
        "a,b,y|has no row but its header",
        "a,,y~1,2,0|column 1 has no name; name it in the header, or leave it out with --drop 1",
        "a,a,y~1,2,0|two columns are called 'a'",
        "5.1,3.5,setosa~4.9,3.0,setosa|the first line has the number 5.1 in it",
        "y,label,a~1,2,0|the labels could be columns y, label; choose with --labels NAME",
        "a,b,c~1,2,0|has no column of labels: expected label, target, class or y among a, b, c",
        "a,b,y~1,'x'z,0|line 2: text follows the end of a field in quotes",
      })
  void badTablesAreRefusedWithTheirLine(String text, String problem) throws IOException {
    assertRefused(file(text.replace('~', '\n').replace('\'', '"') + "\n"), problem);
  }

  private static void assertRefused(Path file, String... parts) {
    assertThatThrownBy(() -> labelled(file))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(file + ": ")
        .message()
        .hasLineCount(1)
        .contains(parts);
  }

  @Test
  void whatIsNoTableIsRefused() throws IOException {
    Path latin1 = folder.resolve("latin1.csv");
    Files.write(latin1, "größe,y\n1,0\n2,1\n".getBytes(StandardCharsets.ISO_8859_1));
    assertRefused(latin1, "is not text in UTF-8");
    Path binary = Files.write(folder.resolve("binary.csv"), new byte[] {'a', ',', 0, 1});
    assertRefused(binary, "begins with the bytes 61 2c 00 01, which no known format does");
    assertRefused(
        file("one word\nand another one\nword\n"), "is text, but no table", "--separator");
    Path table = file("a,y\n1,0\n2,1\n");
    assertThatThrownBy(() -> Datasets.read(table, ReadOptions.labelled().mapped(Mapping.ALWAYS)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("cannot be mapped");
    assertThatThrownBy(() -> Datasets.read(table, ReadOptions.labelled().named("a", null)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("--features is not for CSV");
    assertThatThrownBy(() -> Datasets.read(table, ReadOptions.labelled().named(null, "z")))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("has no column 'z', expected one of a, y");
  }

  @Test
  void damageIsRefusedOrHarmless() throws IOException {
    StringBuilder text = new StringBuilder("a,b,c,label\n");
    for (int j = 0; j < 40; j++) {
      text.append(
          String.format(
              Locale.ROOT, "%d,%s,-%de-2,%s\n", j, 1f / (j + 1), j, j % 3 == 0 ? "cat" : "dog"));
    }
    Path plain = file(text.toString());
    Damage.assertWrongBytesAreHandled(plain, 12, 1500, CsvFormatTest::labelled);
    Path gzip = folder.resolve("table.csv.gz");
    Files.write(gzip, Damage.gzipped(Files.readAllBytes(plain)));
    Damage.assertCutsAreRefused(gzip, CsvFormatTest::labelled);
    Damage.assertTrailingBytesAreRefused(gzip, CsvFormatTest::labelled);
    Damage.assertWrongBytesAreNoticed(gzip, 20, 1500, CsvFormatTest::labelled);
  }

  @Test
  void aCutRowIsRefused() throws IOException {
    byte[] whole = "a,b,y\n10,20,0\n30,40,1\n".getBytes(StandardCharsets.UTF_8);
    for (int length = 15; length < 20; length++) {
      Path file = Files.write(folder.resolve("cut.csv"), java.util.Arrays.copyOf(whole, length));
      assertRefused(file, "line 3");
    }
  }

  @Test
  void breastCancerAsScikitLearnShipsIt() {
    String sets = System.getProperty("sklearn.data.dir", "");
    assumeTrue(
        !sets.isEmpty(),
        "needs scikit-learn's tables: -Dsklearn.data.dir=FOLDER, see datasets/README.md");
    try (Dataset data = labelled(Path.of(sets, "breast_cancer.csv"))) {
      assertThat(data.samples()).isEqualTo(569);
      assertThat(data.width()).isEqualTo(30);
      assertThat(data.classNames()).containsExactly("malignant", "benign");
      assertThat(data.count(1)).isEqualTo(357);
    }
    try (Dataset data =
        Datasets.read(Path.of(sets, "digits.csv.gz"), ReadOptions.labelled().named(null, "64"))) {
      assertThat(data.samples()).isEqualTo(1797);
      assertThat(data.classNames()).hasSize(10);
    }
  }

  @Test
  void numbersFrom0OnAreNeitherHeaderNorRow() throws IOException {
    Path file = file("0,1,2\n5,6,0\n7,8,1\n");
    assertRefused(file, "the first line, the numbers 0 to 2, could be a header or a row");
    try (Dataset data =
        Datasets.read(file("0,1,3\n5,6,0\n"), ReadOptions.labelled().named(null, "2"))) {
      assertThat(data.samples()).isEqualTo(2);
    }
  }

  @Test
  void aTableOfNoFeaturesIsRefused() throws IOException {
    assertRefused(file("3,0,a,b\n1\n0\n1\n"), "the first line has the number 3 in it");
  }

  @Test
  void wideTablesAreRead() throws IOException {
    int width = 40_000;
    StringBuilder text = new StringBuilder("y");
    for (int i = 0; i < width; i++) {
      text.append(",gene").append(i);
    }
    for (int j = 0; j < 2; j++) {
      text.append('\n').append(j);
      for (int i = 0; i < width; i++) {
        text.append(',').append(i + j);
      }
    }
    try (Dataset data = labelled(file(text.append('\n').toString()))) {
      assertThat(data.width()).isEqualTo(width);
      assertThat(data.features().get(width - 1, 1)).isEqualTo(width);
      assertThat(data.labels()).containsExactly(0, 1);
    }
  }

  @Test
  void timesInATableDoNotMakeItLibsvm() throws IOException {
    for (String separator : new String[] {",", ";", "\t"}) {
      Path file =
          file("date,a,y\n2024-01-01 12:30,5,1\n2024-01-02 13:30:05,6,0\n".replace(",", separator));
      assertRefused(file, "line 2: column 'date' is '2024-01-01 12:30', expected a number");
    }
  }

  @Test
  void anUnclosedQuoteOfALabelIsNoName() throws IOException {
    assertRefused(file("a,y\n1,cat\n2,\"dog\n3,cat\"\n"), "has a control character in it");
  }
}
