// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import dev.lanewise.data.DataException;
import dev.lanewise.data.file.WholeFile;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The option that lets files be replaced. Every command that writes files has it. */
final class ForceOption {

  @Spec(Target.MIXEE)
  private CommandSpec spec;

  @Option(names = "--force", description = "Replace output files that exist.")
  private boolean force;

  /**
   * Refuses each output file of the command that exists, unless it may be replaced, and each that
   * could not be written. To be called before work is spent on what goes into them.
   *
   * @throws DataException names the first such file
   */
  void check() {
    for (OptionSpec option : spec.options()) {
      if (FilesOfCommand.isOutput(option) && option.getValue() instanceof Path file) {
        WholeFile.checkTarget(file);
        if (!mayWrite(file)) {
          throw new DataException(file.toString(), "exists already; --force replaces it");
        }
      }
    }
  }

  /** Whether a file does not exist or may be replaced. */
  boolean mayWrite(Path file) {
    // A symbolic link that leads nowhere is there, too.
    return force || !Files.exists(file, LinkOption.NOFOLLOW_LINKS);
  }
}
