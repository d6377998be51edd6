// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.hostile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Reads every file below a folder, {@code Corpus FOLDER}: those in {@code read} must be read, those
 * in {@code refused} refused. Meant to be run with {@code -Xmx512m}.
 */
public final class Corpus {

  private static final long LIMIT_NANOS = 10_000_000_000L;

  private Corpus() {}

  public static void main(String[] args) throws IOException {
    int faults = 0;
    int count = 0;
    for (String folder : List.of("read", "refused")) {
      Trial.End expected = folder.equals("read") ? Trial.End.READ : Trial.End.REFUSED;
      for (Path file : files(Path.of(args[0], folder))) {
        long start = System.nanoTime();
        Trial trial = Trial.of(file, List.of("--strict"));
        long nanos = System.nanoTime() - start;
        boolean right = trial.end() == expected && nanos < LIMIT_NANOS;
        System.out.printf(
            Locale.ROOT,
            "%s %s, %d ms: %s%n",
            right ? "ok" : "FAULT",
            file,
            nanos / 1_000_000,
            trial);
        faults += right ? 0 : 1;
        count++;
      }
    }
    System.out.printf(Locale.ROOT, "%d files, %d faults%n", count, faults);
    System.exit(faults == 0 && count > 0 ? 0 : 1);
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }
}
