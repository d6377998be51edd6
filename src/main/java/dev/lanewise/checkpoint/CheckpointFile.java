// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.checkpoint;

import dev.lanewise.data.DataDigest;
import dev.lanewise.data.DataException;
import dev.lanewise.data.file.WholeFile;
import dev.lanewise.data.hdf5.Hdf5Content;
import dev.lanewise.data.hdf5.Hdf5Entry;
import dev.lanewise.data.hdf5.Hdf5File;
import dev.lanewise.data.hdf5.Hdf5Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A checkpoint as a sealed HDF5 file: {@code state_*} are the numbers to go on from, {@code
 * cost_iterations} and {@code costs} what was noted, {@code options} and {@code class_names} texts,
 * and everything else attributes of the file.
 */
public final class CheckpointFile {

  private static final String FORMAT = "lanewise-checkpoint";
  private static final String MODEL = "lanewise-model";
  private static final long VERSION = 2;

  // With the digest of the data as one chain, and without that of their standardisation.
  private static final long OF_CHAIN = 1;

  private static final String STATE = "state_";
  private static final String ITERATIONS = "iterations";
  private static final String EPOCHS = "epochs";
  private static final String COSTS = "costs";
  private static final String COST_ITERATIONS = "cost_iterations";
  private static final String DATA_DIGEST = "data_digest";
  private static final String STANDARDIZATION = "standardization_sha256";

  private CheckpointFile() {}

  /**
   * Writes a checkpoint, whole or not at all.
   *
   * @param checkpoint the run
   * @param target the file, new or to be replaced
   * @throws DataException if it cannot be written; an older file of that name is as it was
   */
  public static void write(Checkpoint checkpoint, Path target) {
    Checkpoint.Data data = checkpoint.data();
    List<String> options =
        checkpoint.options().entrySet().stream()
            .map(entry -> entry.getKey() + "=" + entry.getValue())
            .toList();
    Hdf5Content content =
        new Hdf5Content()
            .attribute("format", FORMAT)
            .attribute("format_version", VERSION)
            .attribute("lanewise", checkpoint.writer().lanewise())
            .attribute("written_at", checkpoint.writer().time())
            .attribute("engine", checkpoint.engine())
            .attribute("completed", checkpoint.completed())
            .attribute("data_source", data.source())
            .attribute(DATA_DIGEST, data.digest().id())
            .attribute("data_sha256", data.sha256())
            .attribute("data_samples", data.samples())
            .attribute("data_features", data.features())
            .strings("options", options)
            .strings("class_names", data.classNames());
    if (!data.standardization().isEmpty()) {
      content.attribute(STANDARDIZATION, data.standardization());
    }
    costs(content, checkpoint.costs());
    checkpoint.state().numbers().forEach((name, values) -> add(content, STATE + name, values));
    Hdf5Writer.write(target, content.sealed());
  }

  private static void costs(Hdf5Content content, Checkpoint.Costs costs) {
    if (costs.costs().length > 0) {
      content
          .int64(COST_ITERATIONS, Arrays.stream(costs.iterations()).asLongStream().toArray())
          .float64(COSTS, costs.costs());
    }
  }

  private static void add(Hdf5Content content, String name, Object values) {
    if (values instanceof float[]) {
      content.float32(name, (float[]) values);
    } else if (values instanceof double[]) {
      content.float64(name, (double[]) values);
    } else {
      content.int64(name, (long[]) values);
    }
  }

  /**
   * Refuses a target that could not be written, or is something else than a checkpoint, before a
   * run begins.
   *
   * @param target the file, new or to be replaced
   * @throws DataException if it cannot be written, or is there and no checkpoint
   */
  public static void checkTarget(Path target) {
    WholeFile.checkTarget(target);
    if (Files.exists(target) && !isCheckpoint(target)) {
      throw new DataException(target.toString(), "is not a checkpoint and is not replaced by one");
    }
  }

  /**
   * Whether a file is a checkpoint, of whatever version.
   *
   * @param file any path
   * @return false if it is not, or cannot be read at all
   */
  public static boolean isCheckpoint(Path file) {
    try (Hdf5File hdf5 = Hdf5File.open(file)) {
      return hdf5.stringAttribute("format").filter(FORMAT::equals).isPresent();
    } catch (DataException e) {
      // Whoever reads it as something else will say what is wrong with it.
      return false;
    }
  }

  /**
   * Reads a checkpoint.
   *
   * @param file the file
   * @return the run
   * @throws DataException if there is no such file, a byte of it has changed, it is not a
   *     checkpoint, or a later version wrote it
   */
  public static Checkpoint read(Path file) {
    try (Hdf5File hdf5 = Hdf5File.open(file)) {
      Reading reading = new Reading(file.toString(), hdf5);
      reading.checkFormat();
      return reading.checkpoint();
    }
  }

  /** One file being read. */
  private record Reading(String source, Hdf5File file) {

    void checkFormat() {
      String format = file.stringAttribute("format").orElse("");
      if (format.equals(MODEL)) {
        throw new DataException(source, "is a model, expected a checkpoint");
      } else if (!format.equals(FORMAT)) {
        throw new DataException(
            source, "not a checkpoint, expected a file that 'train --checkpoint' wrote");
      }
      long version = integer("format_version");
      if (version > VERSION) {
        throw new DataException(
            source,
            String.format(
                Locale.ROOT,
                "a checkpoint of format version %d, but this lanewise reads versions %d and %d; use a newer one",
                version,
                OF_CHAIN,
                VERSION));
      }
      if (!file.checkSeal() || version < OF_CHAIN) {
        throw damaged("it has no checksum, or the wrong format version " + version);
      }
    }

    Checkpoint checkpoint() {
      Checkpoint.Data data =
          new Checkpoint.Data(
              text("data_source"),
              ofChain() ? DataDigest.CHAIN : digest(),
              text("data_sha256"),
              file.stringAttribute(STANDARDIZATION).orElse(""),
              small("data_samples"),
              small("data_features"),
              file.strings("class_names"));
      return new Checkpoint(
          new Checkpoint.Writer(text("lanewise"), text("written_at")),
          text("engine"),
          completed(),
          options(),
          data,
          costs(),
          state());
    }

    private boolean ofChain() {
      return integer("format_version") == OF_CHAIN;
    }

    private DataDigest digest() {
      try {
        return DataDigest.of(text(DATA_DIGEST));
      } catch (IllegalArgumentException e) {
        throw damaged(e.getMessage());
      }
    }

    // A run ends after as many as its options say.
    private int completed() {
      int completed = small("completed");
      Map<String, String> options = options();
      String most = options.getOrDefault(ITERATIONS, options.getOrDefault(EPOCHS, ""));
      if (most.matches("[0-9]{1,10}") && completed > Long.parseLong(most)) {
        throw damaged(
            String.format(
                Locale.ROOT, "%d iterations are complete of a run of %s", completed, most));
      }
      return completed;
    }

    private Map<String, String> options() {
      Map<String, String> map = new LinkedHashMap<>();
      for (String line : file.strings("options")) {
        String[] parts = line.split("=", 2);
        if (parts.length != 2) {
          throw damaged(
              String.format(Locale.ROOT, "'options' has a text '%s', expected name=value", line));
        }
        map.put(parts[0], parts[1]);
      }
      return map;
    }

    private Checkpoint.Costs costs() {
      if (file.find(COSTS).isEmpty()) {
        return new Checkpoint.Costs(new int[0], new double[0]);
      }
      int[] iterations =
          Arrays.stream(file.longs(COST_ITERATIONS)).mapToInt(this::iteration).toArray();
      double[] costs = file.doubles(COSTS);
      if (costs.length != iterations.length) {
        throw damaged(
            String.format(
                Locale.ROOT, "%d costs at %d iterations", costs.length, iterations.length));
      }
      for (int i = 0; i < costs.length; i++) {
        if (!Double.isFinite(costs[i]) || i > 0 && iterations[i] <= iterations[i - 1]) {
          throw damaged(
              String.format(
                  Locale.ROOT,
                  "cost %d is %s at iteration %d, expected a finite one after those before",
                  i,
                  costs[i],
                  iterations[i]));
        }
      }
      return new Checkpoint.Costs(iterations, costs);
    }

    private int iteration(long number) {
      if (number < 0 || number > small("completed")) {
        throw damaged("there is no iteration " + number);
      }
      return (int) number;
    }

    private State state() {
      Map<String, Object> numbers = new LinkedHashMap<>();
      for (String name : file.names()) {
        if (name.startsWith(STATE)) {
          numbers.put(name.substring(STATE.length()), values(file.find(name).orElseThrow()));
        }
      }
      return State.kept(source, small("completed"), numbers);
    }

    private Object values(Hdf5Entry entry) {
      switch (entry.type()) {
        case "float32":
          return file.floats(entry.name());
        case "float64":
          return file.doubles(entry.name());
        case "int64":
          return file.longs(entry.name());
        default:
          throw damaged("the state is made of no " + entry);
      }
    }

    private String text(String attribute) {
      return file.stringAttribute(attribute).orElseThrow(() -> missing(attribute));
    }

    private long integer(String attribute) {
      return file.longAttribute(attribute).orElseThrow(() -> missing(attribute));
    }

    private int small(String attribute) {
      long value = integer(attribute);
      if (value < 0 || value > Integer.MAX_VALUE) {
        throw damaged(String.format(Locale.ROOT, "attribute '%s' is %d", attribute, value));
      }
      return (int) value;
    }

    private DataException missing(String attribute) {
      return damaged("there is no attribute '" + attribute + "'");
    }

    private DataException damaged(String what) {
      return new DataException(source, "a damaged checkpoint: " + what);
    }
  }
}
