// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import java.util.Locale;
import java.util.StringJoiner;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * The manual page of a program, in the language of man's own macros.
 *
 * <p>It is made of what the commands say of themselves. picocli's own generator writes AsciiDoc,
 * which takes a Ruby to become a page.
 */
final class ManPage {

  private final StringBuilder page = new StringBuilder();

  private ManPage() {}

  static String of(CommandLine program, String version) {
    ManPage man = new ManPage();
    CommandSpec spec = program.getCommandSpec();
    String name = program.getCommandName();
    man.macro("TH", name.toUpperCase(Locale.ROOT), "1", "", name + " " + version, "");
    man.macro("SH", "NAME");
    man.line(name + " - " + String.join(" ", spec.usageMessage().description()));
    man.macro("SH", "SYNOPSIS");
    man.synopses(program);
    man.macro("SH", "OPTIONS OF ALL COMMANDS");
    man.options(spec);
    man.macro("SH", "COMMANDS");
    program.getSubcommands().values().forEach(man::command);
    man.footer(spec);
    return man.page.toString();
  }

  private void synopses(CommandLine command) {
    if (command.getSubcommands().isEmpty()) {
      macro("HP");
      line(command.getHelp().synopsis(0).strip().replaceAll("\\s+", " "));
    }
    command.getSubcommands().values().forEach(this::synopses);
  }

  private void command(CommandLine command) {
    CommandSpec spec = command.getCommandSpec();
    macro("SS", spec.qualifiedName());
    for (String sentence : spec.usageMessage().description()) {
      line(sentence);
    }
    for (ArgSpec parameter : spec.positionalParameters()) {
      argument(parameter.paramLabel(), parameter);
    }
    options(spec);
    footer(spec);
    command.getSubcommands().values().forEach(this::command);
  }

  private void options(CommandSpec spec) {
    boolean below = spec.parent() != null;
    for (OptionSpec option : spec.options()) {
      // Options that every command has are listed once.
      if (!option.hidden()
          && !(below && (option.inherited() || option.usageHelp() || option.versionHelp()))) {
        StringJoiner names = new StringJoiner(", ");
        for (String name : option.names()) {
          names.add(option.arity().max() == 0 ? name : name + " " + option.paramLabel());
        }
        argument(names.toString(), option);
      }
    }
  }

  private void argument(String heading, ArgSpec argument) {
    macro("TP");
    page.append(".B ").append(escaped(heading)).append('\n');
    String text = String.join(" ", argument.description());
    boolean told = text.contains("default") || argument.defaultValue() == null;
    line(told ? text : text + " (default: " + argument.defaultValue() + ")");
  }

  /** What stands below the options: headings, which end in a colon, and lines as they stand. */
  private void footer(CommandSpec spec) {
    UsageMessageSpec usage = spec.usageMessage();
    boolean open = false;
    String text = usage.footerHeading() + String.join("\n", usage.footer());
    for (String line : text.replace("%n", "\n").lines().toList()) {
      boolean heading = line.matches("\\S.*:");
      if (heading && open) {
        macro("fi");
        open = false;
      }
      if (heading && spec.parent() == null) {
        macro("SH", line.substring(0, line.length() - 1).toUpperCase(Locale.ROOT));
      } else if (heading) {
        macro("PP");
        line(line);
      } else if (!line.isBlank()) {
        if (!open) {
          macro("PP");
          macro("nf");
          open = true;
        }
        line(line);
      }
    }
    if (open) {
      macro("fi");
    }
  }

  private void macro(String name, String... arguments) {
    page.append('.').append(name);
    for (String argument : arguments) {
      page.append(" \"").append(escaped(argument).replace("\"", "\\(dq")).append('"');
    }
    page.append('\n');
  }

  private void line(String text) {
    if (!text.isEmpty()) {
      // A period or an apostrophe at the beginning would be taken for a macro.
      page.append(text.matches("[.'].*") ? "\\&" : "").append(escaped(text)).append('\n');
    }
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\e").replace("-", "\\-");
  }
}
