// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** What every command says of itself: help, completion, manual page. */
class HelpTest {

  // As the program itself does: the library writes numbers into scripts.
  @BeforeAll
  static void takeNoLocale() {
    Locale.setDefault(Locale.ROOT);
  }

  @AfterAll
  static void takeTheLocaleOfTheMachine() {
    Locale.setDefault(
        Locale.of(System.getProperty("user.language"), System.getProperty("user.country", "")));
  }

  private static List<CommandLine> all() {
    List<CommandLine> all = new ArrayList<>();
    add(Commands.whole(), all);
    return all;
  }

  private static void add(CommandLine command, List<CommandLine> all) {
    all.add(command);
    command.getSubcommands().values().forEach(below -> add(below, all));
  }

  @Test
  void everyCommandHasAnExampleThatCanBeParsed() {
    for (CommandLine command : all()) {
      String name = command.getCommandSpec().qualifiedName();
      assertThat(command.getUsageMessage(Ansi.OFF)).as(name).containsPattern("(?m)^Examples?:$");
      List<String> lines = List.of(command.getCommandSpec().usageMessage().footer());
      List<String> examples =
          String.join("\n", lines)
              .replace("\\\n", "")
              .lines()
              .filter(line -> line.contains("lanewise "))
              .toList();
      assertThat(examples).as(name).anyMatch(line -> line.contains(name + " "));
      // Longer lines would be broken.
      assertThat(lines).as(name).allMatch(line -> line.length() < 80);
      for (String example : examples) {
        String words = example.substring(example.indexOf("lanewise ") + "lanewise ".length());
        words = words.replaceAll("[>&)].*", "").strip();
        // Fails where an option is not known, or one that is needed is missing.
        ParseResult parsed = Commands.whole().parseArgs(words.split(" +"));
        assertThat(parsed.hasSubcommand()).as(example).isTrue();
      }
    }
  }

  @Test
  void helpIsInParagraphsAndGroups() {
    CommandLine train = Commands.whole().getSubcommands().get("train");
    String help = train.getUsageMessage(Ansi.OFF);
    assertThat(help)
        .contains("\nData:\n", "\nTraining:\n", "\nOutput:\n", "\nAll commands:\n", "  -h, --help ")
        .doesNotContain("Default: []", "Default: MEDIAN");
    for (CommandLine command : all()) {
      for (OptionSpec option : command.getCommandSpec().options()) {
        String name = option.longestName();
        assertThat(command.getUsageMessage(Ansi.OFF)).contains(" " + name);
      }
      assertThat(command.getUsageMessage(Ansi.OFF).lines()).allMatch(line -> line.length() <= 80);
    }
    // No sentence of a command ends in the middle.
    assertThat(Commands.whole().getUsageMessage(Ansi.OFF))
        .contains("report      Shows how well a model does on labelled samples, as a page: one")
        .contains("HTML file that needs no network.");
  }

  @Test
  void everyOptionIsDescribed() {
    for (CommandLine command : all()) {
      for (OptionSpec option : command.getCommandSpec().options()) {
        assertThat(String.join("", option.description()))
            .as(command.getCommandName() + " " + option.longestName())
            .isNotBlank();
      }
    }
  }

  @Test
  void completionOfBashOffersCommandsOptionsAndValues(@TempDir Path folder) throws Exception {
    CommandRun run = CommandRun.of("completion", "bash");
    assertThat(run.status()).isZero();
    assertThat(CommandRun.of("completion", "zsh").out()).isEqualTo(run.out());
    assertThat(run.out())
        .contains("(\"gd\" \"newton\" \"lbfgs\" \"sgd\") # --solver values")
        .contains("complete -F _complete_lanewise");
    if (Files.isExecutable(Path.of("/bin/bash"))) {
      Path script = Files.writeString(folder.resolve("completion.bash"), run.out());
      assertThat(complete(script, "lanewise ev")).containsExactly("evaluate");
      assertThat(complete(script, "lanewise train --solver n")).containsExactly("newton");
      assertThat(complete(script, "lanewise dataset split --sh")).containsExactly("--share");
    }
  }

  /** What bash would offer for the last word. */
  private static List<String> complete(Path script, String words) throws Exception {
    String test =
        ". '%s'; COMP_WORDS=(%s); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); "
            + "_complete_lanewise 2>/dev/null; printf '%%s\\n' \"${COMPREPLY[@]}\"";
    Process bash =
        new ProcessBuilder("/bin/bash", "-c", String.format(Locale.ROOT, test, script, words))
            .redirectErrorStream(true)
            .start();
    String out = new String(bash.getInputStream().readAllBytes());
    assertThat(bash.waitFor(20, TimeUnit.SECONDS)).isTrue();
    return out.lines().toList();
  }

  @Test
  void completionOfFishIsALineForEverythingThereIs() {
    CommandRun run = CommandRun.of("completion", "fish");
    assertThat(run.status()).isZero();
    assertThat(run.out().lines())
        .allMatch(line -> line.startsWith("complete -c lanewise "))
        .contains(
            "complete -c lanewise -n '__fish_seen_subcommand_from train' -l solver -x"
                + " -a 'gd newton lbfgs sgd' -d 'gd: gradient descent, the tutorial\\'s. newton:"
                + " Newton\\'s method, to the optimum in few passes'")
        .anyMatch(
            line ->
                line.contains(
                    "subcommand_from dataset; and __fish_seen_subcommand_from split' -l share -x"))
        .anyMatch(line -> line.contains("_from train' -l test -r -F"))
        .anyMatch(line -> line.contains("_from train' -l json -d"));
    for (CommandLine command : Commands.whole().getSubcommands().values()) {
      assertThat(run.out()).contains(" -a " + command.getCommandName() + " -d ");
    }
  }

  @Test
  void anUnknownShellIsAMistakeOfUsage() {
    CommandRun run = CommandRun.of("completion", "tcsh");
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("bash").contains("tcsh");
  }

  @Test
  void theManualPageHasEveryCommandAndOption() {
    CommandRun run = CommandRun.of("man");
    assertThat(run.status()).isZero();
    String page = run.out();
    assertThat(page).startsWith(".TH \"LANEWISE\" \"1\"").contains(".SH \"NAME\"\nlanewise \\- ");
    assertThat(page).contains(".SH \"EXIT STATUS\"");
    for (CommandLine command : all()) {
      String name = command.getCommandSpec().qualifiedName();
      if (command.getParent() != null) {
        assertThat(page).contains(".SS \"" + name + "\"");
      }
      for (OptionSpec option : command.getCommandSpec().options()) {
        assertThat(page).contains(option.longestName().replace("-", "\\-"));
      }
    }
    // What begins with a period is a macro that man knows; nothing is left of picocli's own marks.
    assertThat(page.lines().filter(line -> line.startsWith(".")))
        .allMatch(line -> line.matches("\\.(TH|SH|SS|TP|HP|PP|B|nf|fi)( .*)?"));
    assertThat(page).doesNotContain("${").doesNotContain("%n");
  }

  @Test
  void coloursAreForTerminalsThatWantThem() {
    assertThat(Terminal.colours(Map.of("TERM", "xterm"))).isEqualTo(Ansi.AUTO);
    assertThat(Terminal.colours(Map.of("TERM", "dumb"))).isEqualTo(Ansi.OFF);
    assertThat(Terminal.colours(Map.of("TERM", "xterm", "NO_COLOR", "1"))).isEqualTo(Ansi.OFF);
    assertThat(Terminal.colours(Map.of("NO_COLOR", ""))).isEqualTo(Ansi.AUTO);
  }

  @Test
  void quietIsSilentButForResultsAndFailures(@TempDir Path folder) throws IOException {
    Path data = Hdf5Samples.write(folder.resolve("data.h5"), 20, 3);
    Path model = folder.resolve("model.h5");
    CommandRun loud =
        CommandRun.of("train", "--train", data, "--solver", "newton", "--iterations", 2);
    assertThat(loud.err()).contains("lanewise: warning: ");
    assertThat(loud.out()).contains("Cost after iteration").contains("Cost            ");
    CommandRun quiet =
        CommandRun.of(
            "train",
            "--train",
            data,
            "--solver",
            "newton",
            "--iterations",
            2,
            "--quiet",
            "--model",
            model);
    assertThat(quiet.status()).isZero();
    assertThat(quiet.err()).isEmpty();
    assertThat(quiet.out()).contains("Train accuracy").doesNotContain("Cost ");
    CommandRun speed = CommandRun.of("predict", "--quiet", "--model", model, data, "--speed");
    assertThat(speed.err()).isEmpty();
    assertThat(speed.out().lines()).hasSize(20);
    CommandRun failing = CommandRun.of("--quiet", "info", folder.resolve("none"));
    assertThat(failing.status()).isEqualTo(3);
    assertThat(failing.err()).contains("no such file");
    CommandRun usage =
        CommandRun.of("predict", "--quiet", "--json", "--csv", "--model", model, data);
    assertThat(usage.status()).isEqualTo(2);
    assertThat(usage.err()).contains("choose one of --json and --csv").contains("Try ");
  }

  @Test
  void aSparklineIsAsHighAsItsNumbers() {
    double[] falling = {8, 7, 6, 5, 4, 3, 2, 1};
    assertThat(Sparkline.of(falling, 50, true)).isEqualTo("█▇▆▅▄▃▂▁");
    assertThat(Sparkline.of(falling, 50, false)).isEqualTo("#*+=-:._");
    assertThat(Sparkline.of(falling, 3, false)).isEqualTo("#=_");
    assertThat(Sparkline.of(falling, 1, false)).isEqualTo("#");
    assertThat(Sparkline.of(new double[] {2, 2}, 9, false)).isEqualTo("__");
    assertThat(Sparkline.of(new double[] {-1e308, 1.7e308}, 9, false)).isEqualTo("_#");
    StringWriter text = new StringWriter();
    Text.line(new PrintWriter(text, true), "%s", Sparkline.of(new double[1000], 50, false));
    assertThat(text.toString().strip()).hasSize(50);
  }
}
