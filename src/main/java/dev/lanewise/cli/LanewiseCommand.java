package dev.lanewise.cli;

import dev.lanewise.model.LanewiseVersion;
import java.io.PrintWriter;
import java.io.Writer;
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
        "Trains logistic regression, the one-neuron network, the same to the bit everywhere.",
    versionProvider = LanewiseCommand.Version.class,
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nExample:%n",
    footer = {
      "  lanewise train --train train.h5 --test test.h5 --model model.h5",
      "%nExit status:",
      "  0    done",
      "  2    usage: an option is wrong, or what it asks for is not here",
      "  3    the data or a file is bad",
      "  4    training failed: it diverged, or memory ran out",
      "  130  interrupted, 143 terminated"
    })
public final class LanewiseCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Option(
      names = "--verbose",
      scope = ScopeType.INHERIT,
      description = "Show where a failure came from.")
  private boolean verbose;

  @Option(
      names = "--quiet",
      scope = ScopeType.INHERIT,
      description = "Say no more than results and failures: no progress, costs or warnings.")
  private boolean quiet;

  // Where failures are told, however quiet the rest is.
  private PrintWriter errors = new PrintWriter(System.err, true);

  /** Called by picocli. */
  public LanewiseCommand() {}

  /**
   * Runs a command line and ends the JVM with its exit status.
   *
   * @param args the command line
   */
  public static void main(String[] args) {
    int status = run(args, new PrintWriter(System.out, true), new PrintWriter(System.err, true));
    System.out.flush();
    System.exit(status);
  }

  /**
   * Runs a command line.
   *
   * @param args the command line
   * @param out receives results
   * @param err receives progress, warnings and errors
   * @return the exit status
   */
  static int run(String[] args, PrintWriter out, PrintWriter err) {
    LanewiseCommand program = new LanewiseCommand();
    program.errors = err;
    CommandLine line =
        Commands.addTo(new CommandLine(program), args)
            .setOut(out)
            .setErr(err)
            .setColorScheme(CommandLine.Help.defaultColorScheme(Terminal.colours(System.getenv())))
            .setExecutionStrategy(program::execute)
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setParameterExceptionHandler(Failures::usage)
            .setExecutionExceptionHandler(Failures::execution);
    try {
      return line.execute(args);
    } catch (OutOfMemoryError | StackOverflowError e) {
      // Errors that bad luck can bring about; picocli hands on exceptions only.
      return Failures.execution(e, line);
    }
  }

  // Commands warn on what picocli knows as their standard error.
  private int execute(ParseResult parsed) {
    if (quiet) {
      spec.commandLine().setErr(new PrintWriter(Writer.nullWriter()));
    }
    return new CommandLine.RunLast().execute(parsed);
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
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }

  /** The version for {@code --version}. */
  static final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
      return new String[] {"lanewise " + LanewiseVersion.current()};
    }
  }
}
