// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import dev.lanewise.data.DataException;
import dev.lanewise.kernel.KernelUnavailableException;
import dev.lanewise.train.EngineUnavailableException;
import dev.lanewise.train.ResumeException;
import dev.lanewise.train.TrainingException;
import dev.lanewise.train.TrainingStoppedException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns failures into one line on standard error and an exit status. */
final class Failures {

  /** In picocli's message about a value that is none of an enum. */
  private static final String NO_CHOICE = "expected one of [";

  private Failures() {}

  static int usage(ParameterException failure, String[] args) {
    CommandLine command = failure.getCommandLine();
    if (failure instanceof UnmatchedArgumentException unmatched) {
      say(command, unmatched(unmatched), failure);
    } else if (failure.getArgSpec() != null && failure.getMessage().contains(NO_CHOICE)) {
      say(command, Choices.refusal(failure.getArgSpec(), failure.getValue()), failure);
    } else {
      say(command, failure);
    }
    LanewiseCommand.of(command.getCommandSpec())
        .errors()
        .println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
    return ExitStatus.USAGE;
  }

  /** Names the first word alone: what follows an unknown option is most likely its value. */
  private static String unmatched(UnmatchedArgumentException failure) {
    String word = failure.getUnmatched().getFirst();
    boolean option = word.startsWith("-");
    if (!option && failure.getCommandLine().getSubcommands().isEmpty()) {
      return "'" + word + "' is too much; an option goes before its value";
    }
    List<String> similar = failure.getSuggestions();
    return String.format(
        Locale.ROOT,
        "there is no %s '%s'%s",
        option ? "option" : "command",
        word,
        similar.isEmpty() ? "" : "; did you mean " + String.join(" or ", similar) + "?");
  }

  static int execution(Exception failure, CommandLine command, ParseResult parsed) {
    return execution(failure, command);
  }

  /** Says what failed, whatever was thrown. */
  static int execution(Throwable failure, CommandLine command) {
    if (failure instanceof ParameterException usage) {
      return usage(usage, new String[0]);
    }
    if (failure instanceof TrainingStoppedException) {
      // Said already, as long as the JVM was held.
      return ExitStatus.INTERRUPTED;
    }
    if (failure instanceof OutputLostException) {
      // Whoever ends the program says so, and with what status.
      return ExitStatus.DONE;
    }
    if (failure instanceof KernelUnavailableException
        || failure instanceof EngineUnavailableException
        || failure instanceof ResumeException) {
      say(command, failure);
      return ExitStatus.USAGE;
    }
    if (failure instanceof DataException) {
      say(command, failure);
      return ExitStatus.BAD_FILE;
    }
    if (failure instanceof TrainingException) {
      say(command, failure);
      return ExitStatus.FAILED;
    }
    if (failure instanceof OutOfMemoryError) {
      say(command, "out of memory: " + failure.getMessage(), failure);
      return ExitStatus.FAILED;
    }
    say(command, "a fault in lanewise itself: " + failure, failure);
    return ExitStatus.FAULT;
  }

  private static void say(CommandLine command, Throwable failure) {
    say(command, failure.getMessage(), failure);
  }

  private static void say(CommandLine command, String message, Throwable failure) {
    LanewiseCommand program = LanewiseCommand.of(command.getCommandSpec());
    PrintWriter err = program.errors();
    err.println("lanewise: " + message.replaceAll("\\R+", " "));
    if (program.verbose()) {
      StringWriter trace = new StringWriter();
      failure.printStackTrace(new PrintWriter(trace));
      err.print(trace);
    }
    err.flush();
  }
}
