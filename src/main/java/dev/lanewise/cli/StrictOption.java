// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import dev.lanewise.data.ReadOptions;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The option that decides what becomes of broken pictures, and of columns that nobody wants. */
final class StrictOption {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--strict",
      description = {
        "Refuse a folder in which a picture is broken, and a table that has columns which are no",
        "features of the model (default: leave them out and say so)."
      })
  private boolean strict;

  ReadOptions apply(ReadOptions options) {
    ReadOptions noting = options.noting(this::warn);
    return strict ? noting : noting.skipping(this::warn);
  }

  private void warn(String problem) {
    Text.warning(command.commandLine().getErr(), problem);
  }
}
