// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The words that an option can be followed by, as its label tells people: {@code gd|newton}. */
final class Choices {

  private Choices() {}

  /** The words in a label; none where it stands for anything, as FILE does. */
  static List<String> of(ArgSpec argument) {
    String label = argument.paramLabel();
    return label.contains("|")
        ? Arrays.stream(label.split("\\|")).filter(word -> word.matches("[a-z0-9-]+")).toList()
        : List.of();
  }

  /**
   * Has a command and all below it complete the words of labels, where picocli knows the names of
   * enums at best.
   */
  static void complete(CommandLine command) {
    CommandSpec spec = command.getCommandSpec();
    for (OptionSpec option : List.copyOf(spec.options())) {
      if (!of(option).isEmpty()) {
        spec.remove(option);
        spec.addOption(OptionSpec.builder(option).completionCandidates(of(option)).build());
      }
    }
    for (PositionalParamSpec parameter : List.copyOf(spec.positionalParameters())) {
      if (!of(parameter).isEmpty()) {
        spec.remove(parameter);
        spec.addPositional(
            PositionalParamSpec.builder(parameter).completionCandidates(of(parameter)).build());
      }
    }
    command.getSubcommands().values().forEach(Choices::complete);
  }
}
