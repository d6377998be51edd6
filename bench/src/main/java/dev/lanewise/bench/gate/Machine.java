// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.bench.gate;

import dev.lanewise.kernel.KernelChoice;
import dev.lanewise.kernel.KernelRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Where ratios were measured, and what they were. They count for machines of as many lanes; the
 * rest is for people.
 *
 * @param lanes how many floats the widest vector has
 * @param cpu the processor's name, as far as it is to be had
 * @param processors how many there were
 * @param java the JVM's version
 * @param date when, UTC
 * @param ratios by the names of the comparisons
 */
public record Machine(
    int lanes, String cpu, int processors, String java, String date, Map<String, Double> ratios) {

  /** Measured ratios; they are copied in their order. */
  public Machine {
    if (lanes != 4 && lanes != 8 && lanes != 16) {
      throw new IllegalArgumentException("lanes is 4, 8 or 16, not " + lanes);
    }
    if (ratios == null) {
      throw new IllegalArgumentException("there are no ratios for " + lanes + " lanes");
    }
    ratios.forEach(Machine::check);
    ratios = Collections.unmodifiableMap(new LinkedHashMap<>(ratios));
  }

  private static void check(String name, Double ratio) {
    if (ratio == null || !(ratio > 0) || ratio.isInfinite()) {
      throw new IllegalArgumentException("'" + name + "' is " + ratio + ", expected more than 0");
    }
  }

  static int lanesHere() {
    return KernelChoice.choose(KernelRequest.simd(), warning -> {}).lanes();
  }

  static Machine here(Map<String, Double> ratios) {
    return new Machine(
        lanesHere(),
        cpuName(),
        Runtime.getRuntime().availableProcessors(),
        Runtime.version().toString(),
        LocalDate.now(ZoneOffset.UTC).toString(),
        ratios);
  }

  // Only Linux tells it without a process or a library.
  private static String cpuName() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("unknown");
    } catch (IOException e) {
      return "unknown";
    }
  }
}
