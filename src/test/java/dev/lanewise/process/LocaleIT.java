// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a process prints and writes does not depend on the locale that it is started in. */
class LocaleIT {

  @TempDir private Path folder;
  private Path table;
  private Path page;

  @BeforeEach
  void writeTable() throws IOException {
    table = folder.resolve("table.csv");
    page = folder.resolve("page.html");
    StringBuilder rows = new StringBuilder("ID,WIDTH,label\n");
    for (int j = 0; j < 12; j++) {
      rows.append(j).append(',').append(j % 5).append(j % 2 == 0 ? ",IRIS\n" : ",Kätzchen\n");
    }
    Files.writeString(table, rows);
  }

  @ParameterizedTest
  @CsvSource({"tr, TR", "ar, EG", "de, DE"})
  void jsonAndReportsAreTheSameInEveryLocale(String language, String country) throws IOException {
    List<String> locale = List.of("-Duser.language=" + language, "-Duser.country=" + country);
    assertThat(trained(locale)).isEqualTo(trained(List.of("-Duser.language=en")));
    assertThat(Files.readString(page)).doesNotContainPattern("[\u0660-\u0669\u06f0-\u06f9ı]");
  }

  /** All that does not depend on the time. */
  private ObjectNode trained(List<String> locale) {
    ObjectNode json =
        (ObjectNode)
            JavaProcess.run(
                    command(
                        locale,
                        "train",
                        "--train",
                        table.toString(),
                        "--iterations",
                        "1200",
                        "--force",
                        "--report",
                        page.toString(),
                        "--json"),
                    Map.of())
                .json();
    json.remove("seconds");
    ((ObjectNode) json.get("provenance")).remove("trainedAt");
    return json;
  }

  @Test
  void textIsUtf8InTheCLocale() {
    JavaProcess run =
        JavaProcess.run(command(List.of(), "info", table.toString()), Map.of("LC_ALL", "C"));
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out()).contains("Kätzchen");
  }

  @Test
  void aNameThatTheLocaleCannotHoldIsOneLineThatSaysSo() {
    List<String> shell =
        new ArrayList<>(
            List.of("sh", "-c", "exec \"$@\" \"$(printf 'gr\\303\\266\\303\\237e.csv')\"", "sh"));
    shell.addAll(command(List.of(), "info"));
    JavaProcess run = JavaProcess.run(shell, Map.of("LC_ALL", "C"));
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("set LC_ALL=C.UTF-8").contains("Try 'lanewise --help'");
    assertThat(run.err().lines()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({">/dev/full, 3, 1", ">&-, 3, 1", "| true, 141, 0", "2>/dev/full, 0, 0"})
  void outputThatIsLostIsToldByTheStatus(String redirection, int status, int lines)
      throws IOException {
    Path noted = folder.resolve("status");
    // The reader goes away before anything is printed.
    String script = "{ \"$@\"; echo $? >\"" + noted + "\"; } " + redirection;
    List<String> shell = new ArrayList<>(List.of("sh", "-c", script, "sh"));
    shell.addAll(command(List.of(), "train", "--train", table.toString(), "--json"));
    JavaProcess run = JavaProcess.run(shell, Map.of());
    assertThat(Files.readString(noted).strip()).as(run.err()).isEqualTo("" + status);
    assertThat(run.err().lines()).as(run.err()).hasSize(lines);
  }

  private static List<String> command(List<String> options, String... args) {
    List<String> command = new ArrayList<>(List.of(JavaProcess.thisJava().toString()));
    command.addAll(options);
    command.addAll(List.of("-jar", JavaProcess.jar().toString()));
    command.addAll(List.of(args));
    return command;
  }
}
