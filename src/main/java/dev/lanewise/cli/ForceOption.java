// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import dev.lanewise.data.DataException;
import dev.lanewise.data.file.WholeFile;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option that lets files be replaced. */
final class ForceOption {

  @Option(names = "--force", description = "Replace files that are there already.")
  private boolean force;

  /**
   * Refuses a target that could not be written, or is there already, before work is spent on it.
   */
  void check(Path target) {
    if (Files.exists(target) && !force) {
      throw new DataException(target.toString(), "exists already; --force replaces it");
    }
    WholeFile.checkTarget(target);
  }
}
