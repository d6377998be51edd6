// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import dev.lanewise.model.LanewiseVersion;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code lanewise man}. */
@Command(
    name = "man",
    mixinStandardHelpOptions = true,
    description = "Prints the manual page of all commands, for man.",
    footer = {"%nExample:", "  lanewise man > lanewise.1 && man ./lanewise.1"})
final class ManCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    out.print(ManPage.of(Commands.whole(), LanewiseVersion.current()));
    out.flush();
    return ExitStatus.DONE;
  }
}
