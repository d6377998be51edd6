// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.spark;

import dev.lanewise.cli.LearningMixin;
import dev.lanewise.cli.TrainingJson;
import dev.lanewise.data.DataException;
import dev.lanewise.export.JsonValues;
import dev.lanewise.kernel.KernelRequest;
import dev.lanewise.kernel.KernelUnavailableException;
import dev.lanewise.model.ModelFile;
import dev.lanewise.options.Penalty;
import dev.lanewise.train.Checkpointing;
import dev.lanewise.train.EngineChoice;
import dev.lanewise.train.EngineUnavailableException;
import dev.lanewise.train.Execution;
import dev.lanewise.train.Hyperparameters;
import dev.lanewise.train.SolverChoice;
import dev.lanewise.train.SolverOptions;
import dev.lanewise.train.TrainingException;
import dev.lanewise.train.TrainingListener;
import dev.lanewise.train.TrainingResult;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line: trains on what Spark reads, as {@code lanewise train} does on files. */
@Command(
    name = "train",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    version = "see lanewise --version",
    description = {
      "Trains on rows that Apache Spark reads. The model has the bits of the one that lanewise"
          + " train",
      "makes of the same samples on one machine."
    },
    footer = {
      "%nExample:",
      "  spark/train --train rows.parquet --master local-cluster[2,1,1024] --solver lbfgs --l2 1"
    })
public final class Train implements Callable<Integer> {

  // As of lanewise train.
  private static final int FAULT = 1;
  private static final int USAGE = 2;
  private static final int BAD_DATA = 3;
  private static final int FAILED = 4;

  @Spec private CommandSpec spec;

  @Option(
      names = "--master",
      paramLabel = "URL",
      description = "Where Spark runs, as local[2]; not with spark-submit, which says so itself.")
  private String master;

  @Option(
      names = "--conf",
      paramLabel = "KEY=VALUE",
      description = "A setting of Spark; may be given several times.")
  private Map<String, String> conf = Map.of();

  @Option(
      names = "--partitions",
      paramLabel = "N",
      defaultValue = "0",
      showDefaultValue = CommandLine.Help.Visibility.NEVER,
      description =
          "Share the samples out to so many tasks; the bits are the same (default: the slots of the"
              + " executors).")
  private int partitions;

  @Mixin private TableOptions table;

  @Option(
      names = "--solver",
      paramLabel = "gd|newton|lbfgs",
      showDefaultValue = CommandLine.Help.Visibility.NEVER,
      description = "As of lanewise train (default: gd, also for tables; with --hidden lbfgs).")
  private SolverChoice solverOption;

  @Option(
      names = "--iterations",
      paramLabel = "N",
      description = "Steps of gd; of newton and lbfgs the most there may be.")
  private Integer iterations;

  @Option(names = "--learning-rate", paramLabel = "ALPHA", description = "Of gd.")
  private Double learningRate;

  @Option(names = "--tolerance", paramLabel = "T", description = "Of newton and lbfgs.")
  private Double tolerance;

  @Option(names = "--engine", paramLabel = "auto|primal|gram", description = "Of gd.")
  private EngineChoice engine;

  @Mixin private LearningMixin learning;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description = "Of initial weights.")
  private long seed;

  @Option(
      names = "--l2",
      paramLabel = "LAMBDA",
      defaultValue = "0",
      description = "Penalise the squares of the weights, LAMBDA/2m times their sum.")
  private double l2;

  @Option(
      names = "--l1",
      paramLabel = "LAMBDA",
      defaultValue = "0",
      description = "Penalise the sizes of the weights, LAMBDA/m times their sum.")
  private double l1;

  @Option(
      names = "--cost-every",
      paramLabel = "N",
      description = "Note the cost every so many iterations; 0 for never.")
  private Integer costEvery;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Of the driver; the bits are the same (default: the processors).")
  private Integer threads;

  @Option(
      names = "--kernel",
      paramLabel = "auto|simd|scalar",
      defaultValue = "auto",
      description = "What computes; the bits are the same. scalar needs no Vector API.")
  private KernelRequest.Kind kernel;

  @Option(
      names = "--checkpoint",
      paramLabel = "FILE",
      description = {
        "Of gd: keep the run in this file of the driver every 30 seconds and at the end. If the file"
            + " is",
        "there, go on from it."
      })
  private Path checkpoint;

  @Option(names = "--model", paramLabel = "OUT", description = "Write the trained model here.")
  private Path modelFile;

  @Option(names = "--force", description = "Replace the model if it exists.")
  private boolean force;

  @Option(names = "--json", description = "Print exactly one JSON object instead of text.")
  private boolean json;

  private Train() {}

  /**
   * Runs the command and ends the process with its status.
   *
   * @param arguments of the command line
   */
  public static void main(String[] arguments) {
    System.exit(command().execute(arguments));
  }

  static CommandLine command() {
    return new CommandLine(new Train())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8))
        .setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8))
        .setExecutionExceptionHandler(Train::failed)
        .setParameterExceptionHandler(Train::misused);
  }

  private static int misused(ParameterException e, String[] arguments) {
    PrintWriter err = e.getCommandLine().getErr();
    err.println("lanewise: " + e.getMessage());
    err.println("Try 'spark/train --help'.");
    return USAGE;
  }

  private static int failed(Exception e, CommandLine command, CommandLine.ParseResult parsed)
      throws Exception {
    int status;
    if (e instanceof ParameterException usage) {
      return misused(usage, new String[0]);
    } else if (e instanceof KernelUnavailableException || e instanceof EngineUnavailableException) {
      status = USAGE;
    } else if (e instanceof RowException || e instanceof DataException) {
      status = BAD_DATA;
    } else if (e instanceof TrainingException || e instanceof IllegalArgumentException) {
      status = FAILED;
    } else if (e instanceof AnalysisException) {
      // A column or a file that is not there, in the words of Spark.
      status = BAD_DATA;
    } else {
      e.printStackTrace(command.getErr());
      status = FAULT;
    }
    command
        .getErr()
        .println("lanewise: " + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
    return status;
  }

  @Override
  public Integer call() {
    long start = System.nanoTime();
    Hyperparameters options = options();
    if (modelFile != null) {
      ModelFile.checkTarget(modelFile);
      if (Files.exists(modelFile) && !force) {
        throw new DataException(modelFile.toString(), "exists already; --force replaces it");
      }
    }
    SparkSession session = session();
    try {
      LayoutOptions layout = table.layout(partitions, kernel != KernelRequest.Kind.SCALAR);
      try (ClusterData data =
          ClusterData.layOut(table.read(session), table.columns(), layout, table.source())) {
        double loaded = (System.nanoTime() - start) / 1e9;
        TrainingResult result = data.fit(options, execution(), new Listener(), checkpoints());
        if (modelFile != null) {
          ModelFile.write(result.model(), modelFile);
        }
        double total = (System.nanoTime() - start) / 1e9;
        if (json) {
          print(session, data, options, result, loaded, total);
        } else {
          say(data, options, result);
        }
      }
      return 0;
    } finally {
      session.stop();
    }
  }

  private SparkSession session() {
    SparkSession.Builder builder = SparkSession.builder().appName("Lanewise " + table.source());
    if (master != null) {
      builder.master(master);
    }
    if (master != null && master.startsWith("local-cluster")) {
      // Its executors are started here, with the same jars.
      builder.config("spark.executor.extraClassPath", System.getProperty("java.class.path"));
    }
    conf.forEach(builder::config);
    SparkSession session = builder.getOrCreate();
    session.sparkContext().setLogLevel("ERROR");
    return session;
  }

  private Hyperparameters options() {
    SolverChoice solver = solver();
    refuse(
        solver.usesBatches(), "--solver sgd does not run on a cluster; take lbfgs, newton or gd");
    refuse(solver.hasEngines() && tolerance != null, "--tolerance needs --solver newton or lbfgs");
    refuse(solver.reachesOptimum() && learningRate != null, "--learning-rate needs --solver gd");
    refuse(!solver.hasEngines() && engine != null, "--engine needs --solver gd");
    refuse(!solver.hasEngines() && checkpoint != null, "--checkpoint needs --solver gd");
    try {
      SolverOptions usual = SolverOptions.of(solver);
      double usualTolerance =
          learning.hasHidden() ? SolverOptions.TOLERANCE_OF_NETWORKS : usual.tolerance();
      SolverOptions wanted =
          new SolverOptions(
              solver,
              iterations == null ? usual.iterations() : iterations,
              tolerance == null ? usualTolerance : tolerance,
              learningRate == null ? usual.learningRate() : learningRate,
              engine == null ? usual.engine() : engine,
              usual.sgd());
      return learning.with(
          wanted,
          new Penalty(l1, l2),
          seed,
          costEvery == null ? solver.usualCostEvery() : costEvery);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private SolverChoice solver() {
    if (solverOption != null) {
      return solverOption;
    }
    return learning.hasHidden() ? SolverChoice.LBFGS : SolverChoice.GD;
  }

  private void refuse(boolean wrong, String message) {
    if (wrong) {
      throw new ParameterException(spec.commandLine(), message);
    }
  }

  private Checkpointing checkpoints() {
    return checkpoint == null ? Checkpointing.NONE : Checkpoints.in(checkpoint);
  }

  private Execution execution() {
    try {
      return new Execution(
          new KernelRequest(kernel, OptionalInt.empty()),
          threads == null ? Execution.DEFAULT.threads() : threads);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private final class Listener implements TrainingListener {

    @Override
    public void costComputed(int iteration, double cost) {
      if (!json) {
        spec.commandLine()
            .getErr()
            .println(String.format(Locale.ROOT, "iteration %d: cost %.6f", iteration, cost));
      }
    }

    @Override
    public void warning(String message) {
      spec.commandLine().getErr().println("lanewise: warning: " + message);
    }
  }

  private void print(
      SparkSession session,
      ClusterData data,
      Hyperparameters options,
      TrainingResult result,
      double loaded,
      double total) {
    Map<String, Object> object = new LinkedHashMap<>();
    Map<String, Object> train = new LinkedHashMap<>();
    train.put("file", table.source());
    train.put("samples", data.data().samples());
    train.put("features", data.data().width());
    train.put("positives", data.data().classNames().size() == 2 ? data.data().count(1) : null);
    train.put("storage", data.storage());
    object.put("train", train);
    TrainingJson.options(options, result, object);
    TrainingJson.end(options, result, object);
    TrainingJson.model(result.model(), object);
    object.put("model", modelFile == null ? null : modelFile.toString());
    Map<String, Object> seconds = new LinkedHashMap<>();
    seconds.put("load", loaded);
    seconds.put("train", result.seconds());
    seconds.put("total", total);
    object.put("seconds", seconds);
    Map<String, Object> spark = new LinkedHashMap<>();
    spark.put("version", session.version());
    spark.put("master", session.sparkContext().master());
    spark.put("partitions", data.partitions());
    spark.put("ordered", data.isRepeatable());
    spark.put("onDriver", data.ranOnDriver());
    object.put("spark", spark);
    object.put("provenance", TrainingJson.provenance(result.model()));
    spec.commandLine().getOut().println(JsonValues.text(object));
  }

  private void say(ClusterData data, Hyperparameters options, TrainingResult result) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(
        String.format(
            Locale.ROOT,
            "%s: %d samples of %d features, %d classes, in %d partitions",
            table.source(),
            data.data().samples(),
            data.data().width(),
            data.data().classNames().size(),
            data.partitions()));
    out.println(
        String.format(
            Locale.ROOT,
            "%s: %d iterations, %.1f passes, %.2f s, cost %.6f, %s",
            options.solver().id(),
            result.convergence().iterations(),
            result.convergence().passes(),
            result.seconds(),
            result.convergence().objective(),
            result.convergence().stopReason().id()));
    out.println("weights " + result.model().weightsSha256());
    if (modelFile != null) {
      out.println("model " + modelFile);
    }
  }
}
