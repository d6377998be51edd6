// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs the commands of the documentation, page by page, and compares what they print.
 *
 * <p>The commands of a page run one after the other in one folder, which has {@code ./lanewise},
 * {@code datasets} and {@code docs}. A block of the kind {@code console} has commands after {@code
 * $} and what they print; {@code ...} stands for any lines, and … for anything within a line. The
 * commands of a block of the kind {@code sh} must end with status 0. A comment {@code <!-- not run:
 * REASON -->} before a block leaves it out, and a comment {@code <!-- needs the tutorial's files
 * -->} runs it only where they are.
 *
 * <p>{@code -Ddocs.update=true} writes what commands print into the pages.
 */
class DocsIT {

  private static final boolean UPDATE = Boolean.getBoolean("docs.update");
  private static final String TUTORIAL = "<!-- needs the tutorial's files -->";
  private static final String NOT_RUN = "<!-- not run: ";

  @TempDir private Path folder;

  static List<Path> pages() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("docs"))) {
      return Stream.concat(Stream.of(Path.of("README.md")), files)
          .filter(file -> file.toString().endsWith(".md"))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void theCommandsOfAPageDoWhatItSays(Path page) throws IOException {
    List<String> lines = Files.readAllLines(page);
    List<String> updated = new ArrayList<>();
    List<String> failures = new ArrayList<>();
    setUp();
    String before = "";
    for (int at = 0; at < lines.size(); at++) {
      String line = lines.get(at);
      updated.add(line);
      boolean console = line.equals("```console");
      if (!console && !line.equals("```sh")) {
        before = line.isBlank() ? before : line;
        continue;
      }
      int end = at + lines.subList(at, lines.size()).indexOf("```");
      List<String> block = lines.subList(at + 1, end);
      boolean skipped = before.startsWith(NOT_RUN) || before.equals(TUTORIAL) && !hasTutorial();
      if (skipped) {
        updated.addAll(block);
      } else if (console) {
        updated.addAll(console(page, at + 1, block, failures));
      } else {
        JavaProcess run = shell(String.join("\n", block));
        if (run.status() != 0) {
          failures.add(page + ":" + (at + 1) + " ends with status " + run.status() + run.err());
        }
        updated.addAll(block);
      }
      before = "";
      at = end - 1;
    }
    if (UPDATE) {
      Files.write(page, updated);
    }
    assertThat(failures).isEmpty();
  }

  private void setUp() throws IOException {
    Path script = folder.resolve("lanewise");
    Files.writeString(
        script,
        String.join(
            "\n",
            "#!/bin/sh",
            "exec \""
                + JavaProcess.thisJava()
                + "\" "
                + JavaProcess.MODULE
                + " -XX:+UseSerialGC "
                + String.join(" ", JavaProcess.archiveOptions())
                + " $LANEWISE_JAVA_OPTS -jar \""
                + JavaProcess.jar().toAbsolutePath()
                + "\" \"$@\"",
            ""));
    assertThat(script.toFile().setExecutable(true)).isTrue();
    for (String name : List.of("docs", "datasets")) {
      Path copies = Files.createDirectory(folder.resolve(name));
      try (Stream<Path> files = Files.list(Path.of(name))) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          Files.copy(file, copies.resolve(file.getFileName()));
        }
      }
    }
    if (hasTutorial()) {
      for (String name : List.of("train_catvnoncat.h5", "test_catvnoncat.h5")) {
        Files.copy(
            tutorial().resolve(name),
            folder.resolve("datasets").resolve(name),
            StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  private static Path tutorial() {
    return Path.of(System.getProperty("catvnoncat.dir", ""));
  }

  private static boolean hasTutorial() {
    return !System.getProperty("catvnoncat.dir", "").isEmpty();
  }

  private JavaProcess shell(String commands) {
    return JavaProcess.run(
        List.of("bash", "-c", "cd \"$0\" && exec 2>&1; set -e; " + commands, folder.toString()),
        Map.of("LANEWISE_JAVA_OPTS", ""));
  }

  private List<String> console(Path page, int line, List<String> block, List<String> failures) {
    List<String> updated = new ArrayList<>();
    int at = 0;
    while (at < block.size()) {
      List<String> command = new ArrayList<>();
      assertThat(block.get(at)).as("%s:%d", page, line + at + 1).startsWith("$ ");
      do {
        command.add(block.get(at++));
      } while (command.getLast().endsWith("\\"));
      updated.addAll(command);
      List<String> expected = new ArrayList<>();
      while (at < block.size() && !block.get(at).startsWith("$ ")) {
        expected.add(block.get(at++));
      }
      List<String> found =
          shell(String.join("\n", command).substring(2))
              .out()
              .lines()
              .map(DocsIT::withoutIncubator)
              .filter(text -> !text.isEmpty())
              .toList();
      if (matches(expected, found)) {
        updated.addAll(expected);
      } else {
        found.forEach(text -> updated.add(marked(text)));
        failures.add(
            String.join(
                "\n",
                page + ":" + (line + 1) + " " + String.join("\n", command),
                "prints",
                String.join("\n", found),
                "and not",
                String.join("\n", expected)));
      }
    }
    return updated;
  }

  /** What varies from run to run and from machine to machine is marked. */
  private static String marked(String line) {
    return line.replaceFirst("^Seconds  .*", "Seconds         … to load, … to train, … in all")
        .replaceFirst("kernels, [0-9]+ threads$", "kernels, … threads")
        .replaceFirst("^Written    .*", "Written    … by lanewise …");
  }

  private static String withoutIncubator(String line) {
    return line.startsWith("WARNING: Using incubator modules") ? "" : line.stripTrailing();
  }

  /** Whether lines are those expected, where ... is any lines. */
  private static boolean matches(List<String> expected, List<String> found) {
    if (expected.isEmpty()) {
      return found.isEmpty();
    }
    if (expected.getFirst().equals("...")) {
      for (int from = 0; from <= found.size(); from++) {
        if (matches(expected.subList(1, expected.size()), found.subList(from, found.size()))) {
          return true;
        }
      }
      return false;
    }
    return !found.isEmpty()
        && found.getFirst().matches(pattern(expected.getFirst()))
        && matches(expected.subList(1, expected.size()), found.subList(1, found.size()));
  }

  private static String pattern(String line) {
    return String.join(".*", Stream.of(line.split("…", -1)).map(Pattern::quote).toList());
  }

  /** A reader may follow all pages in one folder: no command would replace what another wrote. */
  @Test
  void eachOutputHasANameOfItsOwn() throws IOException {
    Pattern output = Pattern.compile("--(model|report|plot|out) (\\S+)");
    Map<String, String> written = new HashMap<>();
    for (Path page : pages()) {
      String text = Files.readString(page).replace("\\\n", " ");
      for (String line :
          text.lines().filter(line -> line.matches("(\\$ )?\\./lanewise .*")).toList()) {
        Matcher files = output.matcher(line);
        while (files.find()) {
          boolean writes = line.contains("lanewise train") || !files.group(1).equals("model");
          if (writes && !line.contains(" --force")) {
            String before = written.put(files.group(2), page + ": " + line);
            assertThat(before).as("%s: %s also writes %s", page, line, files.group(2)).isNull();
          }
        }
      }
    }
    assertThat(written).containsKeys("cats.h5", "sweep.html", "cats.onnx");
  }

  /** Each page can be reached, and no link inside the project is dead. */
  @ParameterizedTest
  @MethodSource("pages")
  void linksLeadSomewhere(Path page) throws IOException {
    assumeTrue(Files.exists(page));
    String text = Files.readString(page, StandardCharsets.UTF_8);
    Matcher links = Pattern.compile("\\]\\(([^)#:]+)(#[^)]*)?\\)").matcher(text);
    while (links.find()) {
      Path target = page.resolveSibling(links.group(1)).normalize();
      assertThat(Files.exists(target)).as("%s links to %s", page, target).isTrue();
    }
  }
}
