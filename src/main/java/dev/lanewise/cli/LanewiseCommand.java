package dev.lanewise.cli;

import dev.lanewise.model.LanewiseVersion;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
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
    footerHeading = "%nExit status:%n",
    footer = {
      "  0    done",
      "  2    usage: an option is wrong, or what it asks for is not here",
      "  3    the data or a file is bad",
      "  4    training failed: it diverged, or memory ran out",
      "  130  interrupted"
    })
public final class LanewiseCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Option(
      names = "--verbose",
      scope = ScopeType.INHERIT,
      description = "Show where a failure came from.")
  private boolean verbose;

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
    CommandLine line =
        Commands.addTo(new CommandLine(new LanewiseCommand()), args)
            .setOut(out)
            .setErr(err)
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

  boolean verbose() {
    return verbose;
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
