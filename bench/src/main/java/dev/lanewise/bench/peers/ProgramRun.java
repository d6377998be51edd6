// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.bench.peers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One finished run of a program that prints one JSON object.
 *
 * @param wallSeconds from the start of the process to its end
 * @param json what it printed
 */
record ProgramRun(double wallSeconds, String json) {

  /** Runs a program to its end. An exception with what it complained about if it fails. */
  static ProgramRun of(List<String> command) {
    try {
      Path complaints = Files.createTempFile("compare", ".txt");
      try {
        long start = System.nanoTime();
        Process process = new ProcessBuilder(command).redirectError(complaints.toFile()).start();
        process.getOutputStream().close();
        String json =
            new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        int status = process.waitFor();
        double seconds = (System.nanoTime() - start) / 1e9;
        if (status != 0 || json.isEmpty()) {
          throw new CompareException(
              String.format(
                  Locale.ROOT,
                  "%s ended with exit status %d:%n%s",
                  String.join(" ", command),
                  status,
                  Files.readString(complaints)));
        }
        return new ProgramRun(seconds, json);
      } finally {
        Files.delete(complaints);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CompareException("interrupted");
    }
  }

  /** Whether a program runs and succeeds. */
  static boolean succeeds(List<String> command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** The number of a name that occurs but once, at whatever depth. */
  double number(String name) {
    double[] all = numbers(name);
    if (all.length != 1) {
      throw new CompareException(
          "expected one \"" + name + "\", found " + all.length + ": " + json);
    }
    return all[0];
  }

  /** All numbers of a name, in their order. */
  double[] numbers(String name) {
    return member(name, "(-?[0-9][-+.0-9eE]*)")
        .results()
        .mapToDouble(result -> Double.parseDouble(result.group(1)))
        .toArray();
  }

  /** The text of a name, if there is one. */
  Optional<String> text(String name) {
    Matcher matcher = member(name, "\"([^\"]*)\"");
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  // The objects are our own and flat enough to go without a parser.
  private Matcher member(String name, String value) {
    return Pattern.compile("\"" + Pattern.quote(name) + "\"\\s*:\\s*" + value).matcher(json);
  }
}
