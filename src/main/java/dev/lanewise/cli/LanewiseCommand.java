// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import dev.lanewise.data.file.NameEncoding;
import dev.lanewise.model.LanewiseVersion;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The program: its commands, and what becomes of their failures. */
@Command(
    name = "lanewise",
    description =
        "Trains dense classifiers: logistic and softmax regression, and networks with hidden layers. The"
            + " bits are the same everywhere.",
    versionProvider = LanewiseCommand.Version.class,
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nExample:%n",
    footer = {
      "  lanewise train --train train.h5 --test test.h5 --model model.h5",
      "%nExit status:",
      "  0    done",
      "  2    usage: an option is wrong, or asks for something that is not available",
      "  3    the data or a file is bad",
      "  4    training failed: it diverged, or memory ran out",
      "  5    reproduce: training again led to something else",
      "  130  interrupted, 143 terminated",
      "  141  whoever read the output has gone away, as head does"
    })
public final class LanewiseCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Option(
      names = "--verbose",
      scope = ScopeType.INHERIT,
      description = "Print a stack trace with a failure.")
  private boolean verbose;

  @Option(
      names = "--quiet",
      scope = ScopeType.INHERIT,
      description = "Print only results and failures: no progress, costs or warnings.")
  private boolean quiet;

  // Results and failures, which are printed even with --quiet.
  private PrintWriter output = new CleanOutput(Writer.nullWriter());
  private PrintWriter errors = new CleanOutput(Writer.nullWriter());

  /** Called by picocli. */
  public LanewiseCommand() {}

  /**
   * Runs a command line and ends the JVM with its exit status.
   *
   * @param args the command line
   */
  public static void main(String[] args) {
    // What libraries print, too, is the same everywhere.
    Locale.setDefault(Locale.ROOT);
    StandardOutput out = StandardOutput.ofProcess(utf8(FileDescriptor.out));
    System.exit(run(args, out, utf8(FileDescriptor.err)));
  }

  // Names are UTF-8 whatever the locale is, as in the files that they come from.
  private static Writer utf8(FileDescriptor file) {
    return new OutputStreamWriter(new FileOutputStream(file), StandardCharsets.UTF_8);
  }

  /**
   * Runs a command line.
   *
   * @param args the command line
   * @param out receives results
   * @param err receives progress, warnings and errors
   * @return the exit status
   */
  static int run(String[] args, Writer out, Writer err) {
    return run(args, new StandardOutput(out, false), err);
  }

  private static int run(String[] args, StandardOutput out, Writer err) {
    PrintWriter errors = new CleanOutput(err);
    return out.statusAfter(runOn(args, out, errors), errors);
  }

  private static int runOn(String[] args, Writer out, PrintWriter err) {
    LanewiseCommand program = new LanewiseCommand();
    program.output = new CleanOutput(out);
    program.errors = err;
    CommandLine line =
        Commands.addTo(new CommandLine(program), args)
            // For help, whose colours are control characters.
            .setOut(new PrintWriter(out, true))
            .setErr(err)
            .setColorScheme(CommandLine.Help.defaultColorScheme(Terminal.colours(System.getenv())))
            .setExecutionStrategy(program::execute)
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setParameterExceptionHandler(Failures::usage)
            .setExecutionExceptionHandler(Failures::execution);
    try {
      checkEncoding(args, line);
      return line.execute(args);
    } catch (ParameterException e) {
      return Failures.usage(e, args);
    } catch (OutOfMemoryError | StackOverflowError e) {
      // Errors that bad luck can bring about; picocli hands on exceptions only.
      return Failures.execution(e, line);
    }
  }

  // Such an argument names another file than the one that was meant, or none.
  private static void checkEncoding(String[] args, CommandLine line) {
    for (String arg : args) {
      NameEncoding.problemOf(arg)
          .ifPresent(
              problem -> {
                throw new ParameterException(line, arg + ": " + problem);
              });
    }
  }

  // Commands print and warn on what picocli knows as their standard output and error.
  private int execute(ParseResult parsed) {
    Integer helped = CommandLine.executeHelpRequest(parsed);
    if (helped != null) {
      return helped;
    }
    FilesOfCommand.check(lastOf(parsed));
    spec.commandLine().setOut(output);
    if (quiet) {
      spec.commandLine().setErr(new PrintWriter(Writer.nullWriter()));
    }
    return new CommandLine.RunLast().execute(parsed);
  }

  private static ParseResult lastOf(ParseResult parsed) {
    return parsed.hasSubcommand() ? lastOf(parsed.subcommand()) : parsed;
  }

  /** The program that a command is part of. */
  static LanewiseCommand of(CommandSpec command) {
    return (LanewiseCommand) command.root().userObject();
  }

  boolean verbose() {
    return verbose;
  }

  boolean quiet() {
    return quiet;
  }

  PrintWriter errors() {
    return errors;
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "a command is missing; start with 'lanewise train', which needs no files");
  }

  /** The version for {@code --version}. */
  static final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
      return new String[] {"lanewise " + LanewiseVersion.current()};
    }
  }
}
