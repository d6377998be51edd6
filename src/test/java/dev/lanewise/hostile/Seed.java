// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.hostile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * A small file that is in order, to be damaged, and what is known of damaged ones.
 *
 * @param reader what reads it
 * @param file the name that it is written under, which may lie in a folder
 * @param bytes what is damaged
 * @param packing makes the file of what was damaged: puts checksums right, compresses, or nothing
 * @param beside other files that go with it, by their names
 * @param target what is read: the file, or a folder that it lies in
 * @param options of the command line
 * @param oracle the digest of the data in a damaged file, found without the reader
 * @param guarded whether a checksum guards every byte that matters: a file that is read is as it
 *     was
 */
record Seed(
    String reader,
    String file,
    byte[] bytes,
    UnaryOperator<byte[]> packing,
    Map<String, byte[]> beside,
    String target,
    List<String> options,
    Function<byte[], Optional<String>> oracle,
    boolean guarded) {

  static Seed of(String reader, String file, byte[] bytes) {
    return new Seed(
        reader,
        file,
        bytes,
        UnaryOperator.identity(),
        Map.of(),
        file,
        List.of(),
        damaged -> Optional.empty(),
        false);
  }

  Seed packed(String how, UnaryOperator<byte[]> by) {
    return new Seed(reader + ", " + how, file, bytes, by, beside, target, options, oracle, false);
  }

  Seed with(String name, byte[] other) {
    return new Seed(
        reader, file, bytes, packing, Map.of(name, other), target, options, oracle, guarded);
  }

  Seed with(Map<String, byte[]> others, String folder) {
    return new Seed(reader, file, bytes, packing, others, folder, options, oracle, guarded);
  }

  Seed with(List<String> words) {
    return new Seed(reader, file, bytes, packing, beside, target, words, oracle, guarded);
  }

  Seed known(Function<byte[], Optional<String>> by) {
    return new Seed(reader, file, bytes, packing, beside, target, options, by, guarded);
  }

  Seed guardedWhole() {
    return new Seed(reader, file, bytes, packing, beside, target, options, oracle, true);
  }

  /** Writes the other files. */
  void lay(Path folder) {
    beside.forEach((name, content) -> store(folder.resolve(name), content));
  }

  /** Writes the file, damaged. */
  void write(Path folder, byte[] damaged) {
    store(folder.resolve(file), packing.apply(damaged));
  }

  static void store(Path path, byte[] content) {
    try {
      Files.createDirectories(path.getParent());
      Files.write(path, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
