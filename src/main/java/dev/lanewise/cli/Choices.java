// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
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

  /** Says what an option can be followed by, and what was probably meant. */
  static String refusal(ArgSpec argument, String value) {
    List<String> words = of(argument);
    String name = argument instanceof OptionSpec option ? option.longestName() : "the argument";
    List<String> similar = words.stream().filter(word -> isNear(word, value)).toList();
    return String.format(
        Locale.ROOT,
        "%s is %s or %s, not '%s'%s",
        name,
        String.join(", ", words.subList(0, words.size() - 1)),
        words.getLast(),
        value,
        similar.isEmpty() ? "" : "; did you mean " + String.join(" or ", similar) + "?");
  }

  private static boolean isNear(String word, String typed) {
    String lower = typed.toLowerCase(Locale.ROOT);
    return lower.length() > 1 && word.startsWith(lower)
        || distance(word, lower) <= Math.min(2, word.length() / 2);
  }

  /** The number of letters to change, add or take away: the distance of Levenshtein. */
  private static int distance(String a, String b) {
    int[] row = IntStream.rangeClosed(0, b.length()).toArray();
    for (int i = 1; i <= a.length(); i++) {
      int corner = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int changed = corner + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        corner = row[j];
        row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
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
