// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lanewise.data.DataException;
import dev.lanewise.data.Dataset;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SamplesTest {

  private enum Size {
    SMALL,
    MIDDLE,
    LARGE
  }

  private record Parcel(double weight, double length, Size size, double count) {}

  private static final List<Parcel> PARCELS =
      List.of(
          new Parcel(0.1, 1, Size.LARGE, 1),
          new Parcel(2, 3, Size.SMALL, 2),
          new Parcel(4, 5, Size.LARGE, 0.5));

  private static final float[][] ROWS = {{1, 2}, {3, 4}, {5, 6}};

  @Test
  void integersAreClasses() {
    Samples samples = Samples.of(ROWS, new int[] {9, -3, 9});
    assertThat(samples.classes()).containsExactly("-3", "9");
    assertThat(samples.dataset().labels()).containsExactly(1, 0, 1);
    assertThat(samples.size()).isEqualTo(3);
    assertThat(samples.features()).isEqualTo(2);
  }

  @Test
  void textsAreClassesWhateverTheyAre() {
    Samples samples = Samples.of(ROWS, new String[] {"NA", "10", "9"});
    assertThat(samples.classes()).containsExactly("10", "9", "NA");
    assertThat(Samples.of(ROWS, new String[] {"10", "9.5", "9.5"}).classes())
        .containsExactly("9.5", "10");
  }

  @Test
  void constantsOfAnEnumKeepTheirOrderAndThoseWithoutSamplesAreNoClasses() {
    Samples samples = Samples.of(ROWS, new Size[] {Size.LARGE, Size.SMALL, Size.LARGE});
    assertThat(samples.classes()).containsExactly("SMALL", "LARGE");
    assertThat(samples.dataset().labels()).containsExactly(1, 0, 1);
  }

  @Test
  void rowsAreCopied() {
    float[][] rows = {{1, 2}, {3, 4}};
    int[] labels = {0, 1};
    Samples samples = Samples.of(rows, labels);
    rows[0][0] = 7;
    labels[0] = 1;
    assertThat(samples.dataset().features().column(0)).containsExactly(1, 2);
    assertThat(samples.dataset().labels()).containsExactly(0, 1);
  }

  @Test
  void recordsHaveNamesAndWeights() {
    Extractor<Parcel> extractor =
        Extractor.of(Parcel.class)
            .feature("weight", Parcel::weight)
            .feature("length", Parcel::length)
            .label(Parcel::size)
            .weight(Parcel::count);
    Samples samples = Samples.of(PARCELS, extractor);
    Dataset data = samples.dataset();
    assertThat(samples.classes()).containsExactly("SMALL", "LARGE");
    assertThat(data.featureNames().orElseThrow().list()).containsExactly("weight", "length");
    assertThat(data.weights().orElseThrow()).containsExactly(1, 2, 0.5f);
    // 0.1 is no float32 number.
    assertThat(data.features().doubles(0)).containsExactly(0.1, 1);
    assertThat(extractor.row(PARCELS.get(1))).containsExactly(2, 3);

    Samples unlabelled = Samples.of(PARCELS.stream(), extractor.unlabelled());
    assertThat(unlabelled.isLabelled()).isFalse();
    assertThatThrownBy(unlabelled::classes).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void anArrayIsAllFeatures() {
    Extractor<float[]> extractor = Extractor.of(float[].class).features(row -> row);
    Samples samples = Samples.of(Stream.of(ROWS), extractor);
    assertThat(samples.dataset().features().column(2)).containsExactly(5, 6);
    assertThat(samples.dataset().featureNames()).isEmpty();
    assertThatThrownBy(() -> extractor.feature("more", row -> row[0]))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> Samples.of(List.of(ROWS), Extractor.of(float[].class)))
        .hasMessage("the extractor reads no feature; add one with feature()");
  }

  @Test
  void whatDoesNotFitIsRejected() {
    rejects(() -> Samples.of(new float[0][], new int[0]), "there are no samples");
    rejects(() -> Samples.unlabelled(new double[][] {{}}), "there are no samples");
    rejects(
        () -> Samples.of(new float[][] {{1}, {1, 2}}, new int[] {0, 1}),
        "sample 1 has 2 features, expected 1");
    rejects(
        () -> Samples.of(new double[][] {{1, Double.NaN}}, new int[] {0}),
        "feature 1 of sample 0 is NaN, expected a finite float32");
    rejects(() -> Samples.of(ROWS, new int[2]), "2 labels for 3 samples");
    rejects(
        () -> Samples.of(ROWS, new String[] {"a", null, "b"}),
        "the label of sample 1 is null, expected a class");
    rejects(
        () -> Samples.of(ROWS, new String[] {"a", " ", "b"}),
        "the label of sample 1 is blank, expected a class");
    rejects(
        () -> Samples.of(ROWS, new Enum<?>[] {Size.LARGE, Thread.State.NEW, Size.SMALL}),
        "expected one enum");
    rejects(() -> Samples.unlabelled(ROWS).withWeights(1, -1, 1), "-1");
  }

  private static void rejects(Runnable samples, String problem) {
    assertThatThrownBy(samples::run)
        .isInstanceOf(DataException.class)
        .hasMessageContaining(problem);
  }

  @Test
  void theRowsOfAQueryAreSamples() throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:h2:mem:");
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE parcels (weight DECIMAL(9, 3), fragile BOOLEAN, size VARCHAR, items INT)");
      statement.execute(
          "INSERT INTO parcels VALUES (0.125, TRUE, 'large', 3), (7.5, FALSE, 'small', 4)");
      Samples samples;
      try (ResultSet rows = statement.executeQuery("SELECT * FROM parcels ORDER BY items")) {
        samples = Samples.of(rows, "size");
      }
      assertThat(samples.classes()).containsExactly("large", "small");
      assertThat(samples.dataset().featureNames().orElseThrow().list())
          .containsExactly("WEIGHT", "FRAGILE", "ITEMS");
      assertThat(samples.dataset().features().column(0)).containsExactly(0.125f, 1, 3);
      assertThat(samples.dataset().features().column(1)).containsExactly(7.5f, 0, 4);
      try (ResultSet rows = statement.executeQuery("SELECT weight, items FROM parcels")) {
        assertThat(Samples.unlabelled(rows).features()).isEqualTo(2);
      }

      query(statement, "SELECT * FROM parcels", "colour", "has no column 'colour'");
      query(
          statement,
          "SELECT size, weight, 'x' AS code FROM parcels",
          "size",
          "column 'CODE' is of");
      query(
          statement,
          "SELECT size, NULLIF(items, 4) AS items FROM parcels ORDER BY weight",
          "size",
          "column 'ITEMS' of row 1 is NULL");
      query(statement, "SELECT * FROM parcels WHERE items > 9", "size", "there are no samples");
    }
  }

  private static void query(Statement statement, String sql, String label, String problem)
      throws SQLException {
    try (ResultSet rows = statement.executeQuery(sql)) {
      assertThatThrownBy(() -> Samples.of(rows, label))
          .isInstanceOf(DataException.class)
          .hasMessageContaining(problem);
    }
  }
}
