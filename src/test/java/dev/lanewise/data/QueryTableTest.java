// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lanewise.data.table.Role;
import dev.lanewise.data.table.TableOptions;
import dev.lanewise.kernel.KernelChoice;
import dev.lanewise.kernel.KernelRequest;
import dev.lanewise.model.Model;
import dev.lanewise.model.Predictions;
import dev.lanewise.train.LogisticRegression;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rows of an embedded database have the roles of a table's columns. */
class QueryTableTest {

  private Connection connection;
  private final List<String> notes = new ArrayList<>();

  @BeforeEach
  void fill() throws SQLException {
    connection = DriverManager.getConnection("jdbc:h2:mem:");
    Random random = new Random(1);
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE people (id INT, age DOUBLE PRECISION, income DECIMAL(9, 2), town VARCHAR,"
              + " member BOOLEAN, since DATE, photo VARBINARY, survived VARCHAR)");
    }
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO people VALUES (?, ?, ?, ?, ?, ?, ?, ?)")) {
      for (int i = 0; i < 120; i++) {
        insert.setInt(1, i + 1);
        insert.setObject(2, i % 9 == 0 ? null : 20 + 40 * random.nextDouble());
        insert.setBigDecimal(3, java.math.BigDecimal.valueOf(random.nextInt(900000), 2));
        insert.setString(4, List.of("Bonn", "Köln, am Rhein", "a \"b\"").get(random.nextInt(3)));
        insert.setBoolean(5, random.nextBoolean());
        insert.setObject(6, java.time.LocalDate.of(2020, 1 + i % 2, 1));
        insert.setBytes(7, new byte[] {1});
        insert.setString(8, random.nextBoolean() ? "yes" : "no");
        insert.execute();
      }
    }
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  private Dataset read(String sql, ReadOptions options) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return Datasets.of(rows, options);
    }
  }

  private ReadOptions automatic() {
    return ReadOptions.labelled()
        .named(null, "SURVIVED")
        .with(TableOptions.AUTOMATIC)
        .noting(notes::add)
        .exact();
  }

  private static final String COLUMNS = "id, age, income, town, member, since, survived";

  @Test
  void columnsHaveRolesAndAreEncoded() throws SQLException {
    try (Dataset data = read("SELECT " + COLUMNS + " FROM people ORDER BY id", automatic())) {
      assertThat(data.columns().stream().map(column -> column.role()))
          .containsExactly(
              Role.IDENTIFIER,
              Role.NUMERIC,
              Role.NUMERIC,
              Role.CATEGORICAL,
              Role.CATEGORICAL,
              Role.CATEGORICAL,
              Role.LABEL);
      assertThat(data.featureNames().orElseThrow().list())
          .containsExactly(
              "AGE",
              "AGE=(missing)",
              "INCOME",
              "TOWN=Bonn",
              "TOWN=Köln, am Rhein",
              "TOWN=a \"b\"",
              "MEMBER",
              "SINCE=2020-01-01",
              "SINCE=2020-02-01");
      assertThat(data.classNames()).containsExactly("no", "yes");
      assertThat(data.origin().source()).isEqualTo("the query");
      assertThat(notes)
          .anyMatch(note -> note.startsWith("the query: column 'ID' is an identifier"))
          .anyMatch(note -> note.contains("missing cells are imputed (--missing): AGE (14)"));

      // A number has the bits of the database.
      try (Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery("SELECT age FROM people WHERE id = 2")) {
        rows.next();
        assertThat(data.features().doubles(1)[0]).isEqualTo(rows.getDouble(1));
      }
    }
  }

  @Test
  void aModelOfRowsPredictsRows() throws SQLException {
    Model model;
    try (Dataset data = read("SELECT " + COLUMNS + " FROM people", automatic());
        Dataset scaled = data.standardized()) {
      model = new LogisticRegression().fit(scaled).model();
    }
    ReadOptions like = ReadOptions.unlabelled().with(TableOptions.AUTOMATIC).like(model.schema());
    try (Dataset data =
        read("SELECT age, income, 'Ulm' AS town, member, since FROM people", like)) {
      Predictions predictions =
          model.predict(data, KernelChoice.choose(KernelRequest.scalar(), warning -> {}));
      assertThat(predictions.size()).isEqualTo(120);
      // A level that was not seen has no feature.
      assertThat(data.features().column(0)[3] + data.features().column(0)[4]).isZero();
    }
  }

  @Test
  void whatIsWrongIsOneLineAboutTheQuery() throws SQLException {
    problem("SELECT * FROM people", automatic(), "the query: column 'PHOTO' is of type");
    problem(
        "SELECT age, survived FROM people",
        automatic().named(null, "CLASS"),
        "the query: has no column 'CLASS'");
    problem(
        "SELECT age, town, survived FROM people",
        ReadOptions.labelled().named(null, "SURVIVED"),
        "the query: line 2: column 'AGE'");
    problem("SELECT age, survived FROM people WHERE id > 999", automatic(), "the query: ");
    problem("SELECT age, IFNULL(age, 1) AS age, survived FROM people", automatic(), "the query: ");
    problem(
        "SELECT 'a' || CHAR(10) || (id - id / 2 * 2) AS town, survived FROM people",
        automatic(),
        "line feed");
  }

  private void problem(String sql, ReadOptions options, String message) {
    assertThatThrownBy(() -> read(sql, options))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(message);
  }

  @Test
  void theTemporaryFileIsRemoved() throws Exception {
    Path folder = Path.of(System.getProperty("java.io.tmpdir"));
    long before = count(folder);
    read("SELECT " + COLUMNS + " FROM people", automatic()).close();
    problem("SELECT age, survived FROM people", automatic().named(null, "X"), "has no column");
    assertThat(count(folder)).isLessThanOrEqualTo(before);
  }

  private static long count(Path folder) throws Exception {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".piped")).count();
    }
  }
}
