// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * The reference of options is what the commands say of themselves. {@code mvn test
 * -Dtest=OptionsPageTest -Ddocs.update=true} writes it anew.
 */
class OptionsPageTest {

  private static final Path PAGE = Path.of("docs/reference/options.md");

  @Test
  void theReferenceOfOptionsIsWhatTheCommandsSay() throws IOException {
    String expected = page();
    if (Boolean.getBoolean("docs.update")) {
      Files.writeString(PAGE, expected);
    }
    assertThat(Files.readString(PAGE)).isEqualTo(expected);
  }

  private static String page() {
    CommandLine program = Commands.whole();
    StringBuilder page = new StringBuilder();
    page.append("# Commands and options\n\n")
        .append("This page is generated from the program, as `--help` and the man page are.\n\n");
    page.append("These options go with every command:\n\n");
    table(page, program.getCommandSpec().options());
    program.getSubcommands().values().forEach(command -> command(page, command));
    return page.toString();
  }

  private static void command(StringBuilder page, CommandLine command) {
    var spec = command.getCommandSpec();
    page.append("\n## ").append(spec.qualifiedName()).append("\n\n");
    page.append(text(String.join(" ", spec.usageMessage().description()))).append("\n");
    if (!spec.positionalParameters().isEmpty()) {
      page.append("\n| argument | |\n|---|---|\n");
      for (PositionalParamSpec argument : spec.positionalParameters()) {
        row(page, "`" + argument.paramLabel() + "`", argument);
      }
    }
    var own = spec.options().stream().filter(option -> !option.inherited()).toList();
    if (!own.isEmpty() && command.getSubcommands().isEmpty()) {
      page.append("\n");
      table(page, own);
    }
    command.getSubcommands().values().forEach(below -> command(page, below));
  }

  private static void table(StringBuilder page, Iterable<OptionSpec> options) {
    page.append("| option | |\n|---|---|\n");
    for (OptionSpec option : options) {
      if (!option.hidden()) {
        String names = String.join("`, `", option.names());
        String label = option.arity().max() == 0 ? "" : " " + option.paramLabel();
        row(page, "`" + names + label + "`", option);
      }
    }
  }

  private static void row(StringBuilder page, String name, ArgSpec argument) {
    page.append("| ")
        .append(name.replace("|", "\\|"))
        .append(" | ")
        .append(text(String.join(" ", argument.description())))
        .append(" |\n");
  }

  // picocli takes %% for a percent sign and %n for a new line.
  private static String text(String description) {
    return description
        .replace("%n", " ")
        .replace("%%", "%")
        .replaceAll("\\s+", " ")
        .replace("|", "\\|")
        .replace("<", "&lt;")
        .strip();
  }
}
