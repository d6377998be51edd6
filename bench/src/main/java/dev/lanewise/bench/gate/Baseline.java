// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.bench.gate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lanewise.data.file.WholeFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The ratios that the gate compares with, by the width of vectors: one machine a width.
 *
 * @param machines no two of one width
 */
public record Baseline(List<Machine> machines) {

  /** A baseline; the list is copied. */
  public Baseline {
    if (machines == null) {
      throw new IllegalArgumentException("there are no machines");
    }
    machines = List.copyOf(machines);
    if (machines.stream().map(Machine::lanes).distinct().count() != machines.size()) {
      throw new IllegalArgumentException("two machines have as many lanes");
    }
  }

  /**
   * Reads a baseline.
   *
   * @param file as {@link #write} writes it
   * @return the baseline
   * @throws BaselineException if there is none, or it is damaged
   */
  public static Baseline read(Path file) {
    try {
      return mapper().readValue(Files.readString(file), Baseline.class);
    } catch (JsonProcessingException e) {
      // Its own message shows the source after the first line.
      throw new BaselineException(file + ": " + e.getOriginalMessage().lines().findFirst().get());
    } catch (IOException e) {
      throw new BaselineException(file + ": cannot be read (" + e + ")");
    }
  }

  private static ObjectMapper mapper() {
    return new ObjectMapper()
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);
  }

  /**
   * What was measured on vectors of a width.
   *
   * @param lanes their floats
   * @return the machine that they were measured on, if there is one
   */
  public Optional<Machine> machine(int lanes) {
    return machines.stream().filter(machine -> machine.lanes() == lanes).findFirst();
  }

  /**
   * This baseline with other ratios for one width.
   *
   * @param measured takes the place of the machine of its width
   * @return the new baseline
   */
  public Baseline with(Machine measured) {
    List<Machine> all = new ArrayList<>(machines);
    all.removeIf(machine -> machine.lanes() == measured.lanes());
    all.add(measured);
    all.sort(Comparator.comparingInt(Machine::lanes));
    return new Baseline(all);
  }

  /**
   * Writes it whole or not at all.
   *
   * @param file new, or to be replaced
   */
  public void write(Path file) {
    ByteBuffer json = StandardCharsets.UTF_8.encode(toJson());
    WholeFile.write(
        file,
        channel -> {
          while (json.hasRemaining()) {
            channel.write(json);
          }
        },
        Baseline::read);
  }

  private String toJson() {
    DefaultPrettyPrinter printer =
        new DefaultPrettyPrinter()
            .withObjectIndenter(new DefaultIndenter("  ", "\n"))
            .withArrayIndenter(new DefaultIndenter("  ", "\n"));
    try {
      return mapper().writer(printer).writeValueAsString(this) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
