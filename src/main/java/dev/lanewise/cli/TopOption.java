// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The option that asks for the most probable classes, and not for one alone. */
final class TopOption {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--top",
      paramLabel = "K",
      description = "Look at the K most probable classes, and not at the first alone.")
  private Integer top;

  /**
   * How many classes are asked for.
   *
   * @param usual the number without the option
   * @param classes how many there are, and so the most
   */
  int of(int usual, int classes) {
    if (top != null && top < 1) {
      throw new ParameterException(
          command.commandLine(), "--top asks for at least 1 class, not " + top);
    }
    return Math.min(top == null ? usual : top, classes);
  }

  boolean given() {
    return top != null;
  }
}
