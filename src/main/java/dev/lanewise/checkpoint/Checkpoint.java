// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.checkpoint;

import dev.lanewise.data.DataDigest;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * A run that is not finished: where it stands, and whose it is.
 *
 * @param writer what wrote it
 * @param engine the engine that carries it out
 * @param completed how many iterations or epochs are complete
 * @param options what the weights and the costs depend on, by the names of the command line
 * @param data what it learns from
 * @param costs what was noted so far
 * @param state the numbers to go on from
 */
public record Checkpoint(
    Writer writer,
    String engine,
    int completed,
    Map<String, String> options,
    Data data,
    Costs costs,
    State state) {

  /** A checkpoint; the options are copied in their order. */
  public Checkpoint {
    Objects.requireNonNull(writer, "writer");
    Objects.requireNonNull(engine, "engine");
    Objects.requireNonNull(data, "data");
    Objects.requireNonNull(costs, "costs");
    Objects.requireNonNull(state, "state");
    options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
  }

  /**
   * What wrote a checkpoint; for people.
   *
   * @param lanewise the version of this program
   * @param time ISO 8601, UTC
   */
  public record Writer(String lanewise, String time) {}

  /**
   * What a run learns from.
   *
   * @param source the file, as it was named
   * @param digest which digest of the data {@code sha256} is
   * @param sha256 of the features, labels and sample weights
   * @param standardization the SHA-256 of the means and deviations of standardised features; empty
   *     if they are not standardised, or if the checkpoint does not say so, which is where {@code
   *     digest} is {@link DataDigest#CHAIN}
   * @param samples m
   * @param features d
   * @param classNames the name of each class
   */
  public record Data(
      String source,
      DataDigest digest,
      String sha256,
      String standardization,
      int samples,
      int features,
      List<String> classNames) {

    /** Data; the names are copied. */
    public Data {
      Objects.requireNonNull(source, "source");
      Objects.requireNonNull(digest, "digest");
      Objects.requireNonNull(sha256, "sha256");
      Objects.requireNonNull(standardization, "standardization");
      classNames = List.copyOf(classNames);
    }
  }

  /**
   * The cost at some iterations.
   *
   * @param iterations ascending; not to be changed
   * @param costs as many; not to be changed
   */
  public record Costs(int[] iterations, double[] costs) {

    /** Costs. */
    public Costs {
      if (iterations.length != costs.length) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT, "%d costs at %d iterations", costs.length, iterations.length));
      }
    }

    /** How many there are. */
    @Override
    public String toString() {
      return "Costs[" + costs.length + "]";
    }
  }
}
