// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * How a model came about. Only the data and the options decide its bits; the rest is for people.
 *
 * @param lanewise the version of this program
 * @param contract the version of the contract of the numbers, {@link LanewiseVersion#CONTRACT}; 0
 *     in models that are older than it
 * @param trainedAt ISO 8601, UTC
 * @param java the version of the JVM and who made it
 * @param system operating system and architecture
 * @param cpu the processor's name as far as it is to be had
 * @param engine the engine that ran
 * @param kernel the kernels that computed
 * @param lanes how many floats an instruction worked on
 * @param threads how many threads computed
 * @param options what the weights depend on, by the names of the command line
 * @param arguments how the data were read, and what was chosen after training, as options of {@code
 *     lanewise train}; empty unless that command trained the model
 * @param data what the model was trained on
 */
public record Provenance(
    String lanewise,
    int contract,
    String trainedAt,
    String java,
    String system,
    String cpu,
    String engine,
    String kernel,
    int lanes,
    int threads,
    Map<String, String> options,
    List<String> arguments,
    DataProvenance data) {

  /** The option of models without an intercept. */
  public static final String NO_INTERCEPT = "no-intercept";

  /** Provenance; options and arguments are copied in their order. */
  public Provenance {
    arguments = List.copyOf(arguments);
    options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
    Objects.requireNonNull(data, "data");
  }

  /**
   * The provenance of a run that ends now, in this JVM.
   *
   * @param engine the engine that ran
   * @param kernel the kernels that computed
   * @param lanes how many floats an instruction worked on
   * @param threads how many threads computed
   * @param options what the weights depend on
   * @param data what the model was trained on
   * @return the provenance
   */
  public static Provenance now(
      String engine,
      String kernel,
      int lanes,
      int threads,
      Map<String, String> options,
      DataProvenance data) {
    return new Provenance(
        LanewiseVersion.current(),
        LanewiseVersion.CONTRACT,
        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
        System.getProperty("java.vendor") + " " + Runtime.version(),
        System.getProperty("os.name") + " " + System.getProperty("os.arch"),
        cpuName(),
        engine,
        kernel,
        lanes,
        threads,
        options,
        List.of(),
        data);
  }

  /**
   * The same with the arguments of a command line.
   *
   * @param words options of {@code lanewise train}, each with its value
   * @return new provenance
   */
  public Provenance withArguments(List<String> words) {
    return new Provenance(
        lanewise, contract, trainedAt, java, system, cpu, engine, kernel, lanes, threads, options,
        words, data);
  }

  /**
   * Tells whether the model was trained with an intercept.
   *
   * @return false if its biases are 0 because the options say so
   */
  public boolean hasIntercept() {
    return !"true".equals(options.get(NO_INTERCEPT));
  }

  private static String cpuName() {
    Path cpuinfo = Path.of("/proc/cpuinfo");
    if (Files.isReadable(cpuinfo)) {
      try (Stream<String> lines = Files.lines(cpuinfo)) {
        return lines
            .filter(line -> line.startsWith("model name"))
            .map(line -> line.substring(line.indexOf(':') + 1).strip())
            .findFirst()
            .orElse("unknown");
      } catch (IOException e) {
        return "unknown";
      }
    }
    return "unknown";
  }
}
