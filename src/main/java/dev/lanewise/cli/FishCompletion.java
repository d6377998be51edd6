// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The completion script for fish: a line for each command, option and list of values. */
final class FishCompletion {

  private static final String SEEN = "__fish_seen_subcommand_from ";

  private final StringBuilder script = new StringBuilder();
  private final String program;

  private FishCompletion(String program) {
    this.program = program;
  }

  static String of(CommandLine program) {
    FishCompletion completion = new FishCompletion(program.getCommandName());
    completion.script.append(
        String.format(Locale.ROOT, "complete -c %s -f%n", program.getCommandName()));
    completion.add(program, "");
    return completion.script.toString();
  }

  /** Adds a command and those below it; the condition holds where the words lead to it. */
  private void add(CommandLine command, String condition) {
    Map<String, CommandLine> below = command.getSubcommands();
    String here =
        below.isEmpty()
            ? condition
            : and(condition, "not " + SEEN + String.join(" ", below.keySet()));
    below.forEach((name, sub) -> line(here, "-a " + name, summary(sub.getCommandSpec())));
    for (OptionSpec option : command.getCommandSpec().options()) {
      if (!option.hidden()) {
        line(here, names(option) + values(option), first(option.description()));
      }
    }
    for (ArgSpec parameter : command.getCommandSpec().positionalParameters()) {
      line(here, values(parameter).strip(), first(parameter.description()));
    }
    below.forEach((name, sub) -> add(sub, and(condition, SEEN + name)));
  }

  private static String and(String left, String right) {
    return left.isEmpty() ? right : left + "; and " + right;
  }

  private static String names(OptionSpec option) {
    return List.of(option.names()).stream()
        .map(name -> name.startsWith("--") ? "-l " + name.substring(2) : "-s " + name.substring(1))
        .collect(Collectors.joining(" "));
  }

  private static String values(ArgSpec argument) {
    if (argument.arity().max() == 0) {
      return "";
    }
    List<String> choices = Choices.of(argument);
    if (!choices.isEmpty()) {
      return " -x -a '" + String.join(" ", choices) + "'";
    }
    boolean files =
        argument.typeInfo().getType() == Path.class || argument.typeInfo().isCollection();
    return files ? " -r -F" : " -x";
  }

  private static String summary(CommandSpec command) {
    return first(command.usageMessage().description());
  }

  private static String first(String[] description) {
    return description.length == 0 ? "" : description[0];
  }

  private void line(String condition, String what, String description) {
    if (what.isEmpty()) {
      return;
    }
    script.append("complete -c ").append(program);
    if (!condition.isEmpty()) {
      script.append(" -n ").append(quoted(condition));
    }
    script.append(' ').append(what);
    if (!description.isEmpty()) {
      script.append(" -d ").append(quoted(description));
    }
    script.append(System.lineSeparator());
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
