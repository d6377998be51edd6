// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import dev.lanewise.data.ReadOptions;
import dev.lanewise.data.table.TableOptions;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The option that decides whether what is odd about data is refused, or handled and told. */
final class StrictOption {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--strict",
      description = {
        "Reject files about which a decision is needed, instead of deciding and printing a",
        "line: a folder with a broken picture, a table with columns that are not features of",
        "the model, with texts or missing cells that no option is about, or with levels that",
        "the model has not seen."
      })
  private boolean strict;

  ReadOptions apply(ReadOptions options) {
    ReadOptions noting = options.noting(this::warn).with(options.tables().strict(strict));
    return strict ? noting : noting.skipping(this::warn);
  }

  /** The same for what becomes a file of numbers, in which there is no place for an encoding. */
  ReadOptions applyToNumbers(ReadOptions options) {
    return apply(options).with(TableOptions.STRICT);
  }

  private void warn(String problem) {
    Text.warning(command.commandLine().getErr(), problem);
  }
}
