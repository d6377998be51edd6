// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.checkpoint;

import dev.lanewise.data.hdf5.Hdf5Content;
import dev.lanewise.data.hdf5.Hdf5File;
import dev.lanewise.data.hdf5.Hdf5Writer;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** Writes checkpoints with other numbers in them, under a seal that fits. */
public final class Reseal {

  private Reseal() {}

  /**
   * Changes numbers.
   *
   * @param from a checkpoint
   * @param name of a data set in it
   * @param change is given a float[], double[] or long[] to change
   * @param to receives it
   */
  public static void change(Path from, String name, Consumer<Object> change, Path to) {
    write(from, name, change, -1, to);
  }

  /**
   * Changes the number of completed iterations.
   *
   * @param from a checkpoint
   * @param completed what it says then
   * @param to receives it
   */
  public static void complete(Path from, int completed, Path to) {
    write(from, "", values -> {}, completed, to);
  }

  /**
   * The numbers of a checkpoint.
   *
   * @param file a checkpoint
   * @return the names of their data sets
   */
  public static List<String> names(Path file) {
    try (Hdf5File hdf5 = Hdf5File.open(file)) {
      return hdf5.names().stream()
          .filter(name -> name.startsWith("state_") || name.equals("costs"))
          .toList();
    }
  }

  private static void write(
      Path from, String changed, Consumer<Object> change, int completed, Path to) {
    Hdf5Content content = new Hdf5Content();
    try (Hdf5File file = Hdf5File.open(from)) {
      for (String text :
          List.of(
              "format",
              "lanewise",
              "written_at",
              "engine",
              "data_source",
              "data_digest",
              "data_sha256")) {
        content.attribute(text, file.stringAttribute(text).orElseThrow());
      }
      for (String number : List.of("format_version", "data_samples", "data_features")) {
        content.attribute(number, file.longAttribute(number).orElseThrow());
      }
      content.attribute(
          "completed",
          completed < 0 ? file.longAttribute("completed").orElseThrow() : (long) completed);
      for (String name : file.names()) {
        if (!name.equals("file_sha256")) {
          copy(file, name, name.equals(changed) ? change : values -> {}, content);
        }
      }
    }
    Hdf5Writer.write(to, content.sealed());
  }

  private static void copy(
      Hdf5File file, String name, Consumer<Object> change, Hdf5Content content) {
    switch (file.find(name).orElseThrow().type()) {
      case "float32":
        float[] floats = file.floats(name);
        change.accept(floats);
        content.float32(name, floats);
        break;
      case "float64":
        double[] doubles = file.doubles(name);
        change.accept(doubles);
        content.float64(name, doubles);
        break;
      case "int64":
        long[] longs = file.longs(name);
        change.accept(longs);
        content.int64(name, longs);
        break;
      default:
        content.strings(name, file.strings(name));
    }
  }
}
