// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code lanewise dataset}. */
@Command(
    name = "dataset",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Makes and describes data sets.",
    footer = {"%nExample:", "  lanewise dataset split samples.csv --train train.h5 --test test.h5"},
    subcommands = {
      DatasetBuildCommand.class,
      DatasetDescribeCommand.class,
      DatasetSplitCommand.class
    })
final class DatasetCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "a command is missing: build, describe or split");
  }
}
