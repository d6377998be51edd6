// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine;

/**
 * The commands by name. A command line that begins with a command gets no other: what picocli finds
 * out about each takes a tenth of a short run.
 */
final class Commands {

  private Commands() {}

  private static Map<String, Supplier<Object>> all() {
    Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
    commands.put("train", TrainCommand::new);
    commands.put("sweep", SweepCommand::new);
    commands.put("evaluate", EvaluateCommand::new);
    commands.put("predict", PredictCommand::new);
    commands.put("report", ReportCommand::new);
    commands.put("reproduce", ReproduceCommand::new);
    commands.put("info", InfoCommand::new);
    commands.put("dataset", DatasetCommand::new);
    commands.put("export", ExportCommand::new);
    commands.put("completion", CompletionCommand::new);
    commands.put("man", ManCommand::new);
    return commands;
  }

  /** The program with every command. */
  static CommandLine whole() {
    return addTo(new CommandLine(new LanewiseCommand()), new String[0])
        .setCaseInsensitiveEnumValuesAllowed(true);
  }

  static CommandLine addTo(CommandLine program, String[] args) {
    Map<String, Supplier<Object>> commands = all();
    Supplier<Object> first = args.length == 0 ? null : commands.get(args[0]);
    if (first == null) {
      commands.forEach((name, command) -> program.addSubcommand(name, command.get()));
    } else {
      program.addSubcommand(args[0], first.get());
    }
    HelpSections.set(program);
    return program;
  }
}
