// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.hostile;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lanewise.cli.CommandRun;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What came of reading a file by the command line.
 *
 * @param end how it ended
 * @param content the digests, classes and counts of what was read
 * @param said the line of the refusal, or what was wrong
 */
record Trial(End end, String content, String said) {

  /** How a trial ends. */
  enum End {
    /** Status 0 and one object; warnings may be beside it. */
    READ,
    /** Status 3 and one line, warnings aside. */
    REFUSED,
    /** Anything else: a fault of the reader. */
    BROKEN
  }

  /** Reads a file with {@code info}. */
  static Trial of(Path target, List<String> options) {
    List<Object> words = new ArrayList<>(List.of("info", "--json", target));
    words.addAll(options);
    CommandRun run;
    try {
      run = CommandRun.of(words.toArray());
    } catch (RuntimeException | Error e) {
      return new Trial(End.BROKEN, "", "thrown: " + e);
    }
    // What was found out about a table may be told first, and is no failure.
    List<String> said =
        run.err().lines().filter(line -> !line.startsWith("lanewise: warning: ")).toList();
    if (run.status() == 0 && said.isEmpty()) {
      return new Trial(End.READ, content(run.json()), "");
    }
    boolean line =
        run.out().isEmpty() && said.size() == 1 && said.getFirst().startsWith("lanewise: ");
    if (run.status() == 3 && line) {
      return new Trial(End.REFUSED, "", said.getFirst());
    }
    return new Trial(
        End.BROKEN,
        "",
        String.format(Locale.ROOT, "status %d: %s%s", run.status(), run.out(), run.err()));
  }

  private static String content(JsonNode object) {
    List<String> parts = new ArrayList<>();
    for (String name :
        List.of(
            "sha256",
            "weightsSha256",
            "classNames",
            "classCounts",
            "featureNames",
            "shape",
            "scaling",
            "provenance")) {
      parts.add(name + "=" + object.path(name));
    }
    return String.join(" ", parts);
  }

  /** What is wrong with it, given the file it is of. */
  Optional<String> fault(Seed seed, byte[] damaged, String whole) {
    if (end == End.BROKEN) {
      return Optional.of(said);
    }
    if (end == End.READ) {
      if (seed.guarded() && !content.equals(whole)) {
        return Optional.of("read as another: " + content);
      }
      Optional<String> digest = seed.oracle().apply(damaged);
      if (digest.isPresent() && !content.contains(digest.get())) {
        return Optional.of(
            String.format(Locale.ROOT, "read as %s, expected %s", content, digest.get()));
      }
    }
    return Optional.empty();
  }
}
