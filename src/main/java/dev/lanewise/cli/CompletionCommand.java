// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lanewise completion}. */
@Command(
    name = "completion",
    mixinStandardHelpOptions = true,
    description = "Prints a script that has a shell complete commands, options and their values.",
    footer = {
      "%nExamples:",
      "  source <(lanewise completion bash)",
      "  lanewise completion fish > ~/.config/fish/completions/lanewise.fish"
    })
final class CompletionCommand implements Callable<Integer> {

  private enum Shell {
    BASH,
    ZSH,
    FISH
  }

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "bash|zsh|fish", description = "The shell.")
  private Shell shell;

  @Override
  public Integer call() {
    CommandLine program = Commands.whole();
    Choices.complete(program);
    PrintWriter out = spec.commandLine().getOut();
    // One script serves bash and zsh: it looks which of them reads it.
    out.print(
        shell == Shell.FISH
            ? FishCompletion.of(program)
            : AutoComplete.bash(program.getCommandName(), program));
    out.flush();
    return ExitStatus.DONE;
  }
}
