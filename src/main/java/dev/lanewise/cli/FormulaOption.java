// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The option that keeps spreadsheets from computing what is in a CSV file. */
final class FormulaOption {

  @Option(
      names = "--escape-formulas",
      description = {
        "With --csv: put an apostrophe before texts that begin with =, +, - or @, which",
        "spreadsheets would compute. Numbers stay as they are."
      })
  private boolean wanted;

  /** Refuses the option where there is no CSV. */
  boolean wanted(boolean csv, CommandLine command) {
    if (wanted && !csv) {
      throw new ParameterException(command, "--escape-formulas needs --csv");
    }
    return wanted;
  }
}
