// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import dev.lanewise.data.DataDigest;
import dev.lanewise.data.Dataset;
import dev.lanewise.data.ReadOptions;
import dev.lanewise.data.table.Role;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.metric.Calibration;
import dev.lanewise.model.Evaluation;
import dev.lanewise.model.Model;
import dev.lanewise.model.ModelFile;
import dev.lanewise.options.Penalty;
import dev.lanewise.select.Fold;
import dev.lanewise.select.HeldOutScores;
import dev.lanewise.train.EngineChoice;
import dev.lanewise.train.Hyperparameters;
import dev.lanewise.train.LogisticRegression;
import dev.lanewise.train.SharedProducts;
import dev.lanewise.train.SolverChoice;
import dev.lanewise.train.SolverOptions;
import dev.lanewise.train.TrainingException;
import dev.lanewise.train.TrainingResult;
import dev.lanewise.train.WarmStart;
import dev.lanewise.train.Workload;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code lanewise train}. */
@Command(
    name = "train",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    description = {
      "Trains on a file, tests on another, and prints the accuracy.",
      "With no file it trains on the drawn pictures of cats that come with the program."
    },
    footer = {"%nExample:", "  lanewise train --train train.h5 --test test.h5 --model cats.h5"})
final class TrainCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private DataMixin data;

  @Option(
      names = "--solver",
      paramLabel = "gd|newton|lbfgs|sgd",
      showDefaultValue = CommandLine.Help.Visibility.NEVER,
      description = {
        "gd: gradient descent, the tutorial's. newton: Newton's method, to the optimum in few"
            + " passes",
        "over the data. lbfgs: L-BFGS, to the optimum, also with --l1. sgd: stochastic gradient",
        "descent, a step after each batch of samples. Default: for a table (CSV) newton, with --l2 1",
        "and --scale standard; for all other data gd; with --hidden sgd. On a table the default is gd",
        "if an option of gradient descent is given (--learning-rate, --iterations, --engine, --init,",
        "--checkpoint, --resume), lbfgs with --l1, and --l2 0 with --summary."
      })
  private SolverChoice solverOption;

  /** How to train without --solver; null with it. */
  private UsualTraining usual;

  @Option(
      names = "--iterations",
      paramLabel = "N",
      showDefaultValue = CommandLine.Help.Visibility.NEVER,
      description = {
        "Steps of gradient descent (default: 2000); of newton (default: 100) and lbfgs (default:",
        "2000) the most there may be. sgd counts --epochs."
      })
  private Integer iterations;

  @Option(
      names = "--learning-rate",
      paramLabel = "ALPHA",
      showDefaultValue = CommandLine.Help.Visibility.NEVER,
      description =
          "The factor of the gradient in a step of gd or sgd (default: 0.005; with adam 0.001).")
  private Double learningRate;

  @Option(
      names = "--tolerance",
      paramLabel = "T",
      showDefaultValue = CommandLine.Help.Visibility.NEVER,
      description = {
        "newton and lbfgs stop where no element of the gradient is above T in its own unit",
        "(default: 1e-6). sgd, if told to, stops where the norm of the gradient is T of that at zero",
        "weights, and then looks at all samples after each epoch."
      })
  private Double tolerance;

  @Mixin private SgdMixin sgd;

  @Mixin private LearningMixin learning;

  @Mixin private InterceptOption intercept;

  @Mixin private FromOption from;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description = "The seed of random initial weights, and of what sgd shuffles and holds out.")
  private long seed;

  @Option(
      names = "--engine",
      paramLabel = "auto|primal|gram",
      showDefaultValue = CommandLine.Help.Visibility.NEVER,
      description = {
        "Of gradient descent. primal: the tutorial's equations. gram: the same descent on the",
        "products of all pairs of samples, faster for few samples of many features. auto",
        "(default): the one with fewer multiply-adds."
      })
  private EngineChoice engine;

  @Mixin private PenaltyMixin penalties;

  @Mixin private CurveMixin curve;

  @Mixin private CalibrationOption calibrate;

  @Mixin private ThresholdOptions threshold;

  @Mixin private SummaryOptions summary;

  @Option(
      names = "--l1",
      paramLabel = "LAMBDA",
      defaultValue = "0",
      description = {
        "Penalise the absolute values of the weights: LAMBDA/m times their sum is added to",
        "the cost; makes some weights zero."
      })
  private double l1;

  @Mixin private ExecutionOptions execution;

  @Option(
      names = "--cost-every",
      paramLabel = "N",
      showDefaultValue = CommandLine.Help.Visibility.NEVER,
      description = {
        "Print the cost every N iterations or epochs; 0 for never (default: 100 for gd, 10",
        "for lbfgs, 1 for newton and sgd). With sgd each time takes another pass over the",
        "data."
      })
  private Integer costEvery;

  @Option(names = "--model", paramLabel = "OUT", description = "Write the trained model here.")
  private Path modelFile;

  @Mixin private ReportOption report;

  @Mixin private PlotOption plot;

  @Mixin private ForceOption force;

  @Mixin private CheckpointMixin checkpoints;

  @Mixin private JsonOption json;

  @Override
  public Integer call() {
    long start = System.nanoTime();
    try {
      return call(start);
    } finally {
      data.close();
    }
  }

  private int call(long start) {
    data.check();
    LogisticRegression trainer = trainer();
    Hyperparameters hyperparameters = trainer.hyperparameters();
    penalties.check(modelFile);
    curve.check(penalties.isPath());
    if (modelFile != null) {
      ModelFile.checkTarget(modelFile);
    }
    report.check(penalties.isPath());
    plot.check(hyperparameters.costEvery(), penalties.isPath());
    checkpoints.check(solver(), penalties.isPath());
    force.check();
    readStart();
    execution.check();
    if (data.isLarge()) {
      execution.warmUp(hyperparameters);
    }
    return data.read(
        options -> samplesFor(hyperparameters, options),
        from::inClasses,
        raw -> standardized(hyperparameters, raw),
        (train, test) -> run(trainer, train, test.orElse(null), start));
  }

  private int run(LogisticRegression trainer, Dataset train, Dataset test, long start) {
    if (heldOut() == 0) {
      return runOn(trainer, train, test, start);
    }
    if (test != null) {
      throw new ParameterException(
          spec.commandLine(),
          "--holdout with --solver "
              + solver().id()
              + " holds out samples to test on, and there are test data already; take one");
    }
    try (Fold parts = holdingOut(trainer.hyperparameters(), train)) {
      return runOn(trainer, parts.learned(), parts.heldOut(), start);
    }
  }

  /** The fraction of the samples that is held out to test on; sgd holds out its own. */
  private double heldOut() {
    return solver().usesBatches() ? 0 : sgd.holdout();
  }

  private Fold holdingOut(Hyperparameters options, Dataset train) {
    try {
      return Fold.holdingOut(train, heldOut(), options);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--holdout: " + e.getMessage(), e);
    }
  }

  private int runOn(LogisticRegression trainer, Dataset train, Dataset test, long start) {
    Hyperparameters options = trainer.hyperparameters();
    check(options, train);
    checkpoints.check(options, train);
    WarmStart warmStart = from.warmStart(train);
    warmStart.check(train, options);
    penalties.check(trainer, train);
    curve.check(train, penalties.folds(), seed);
    threshold.check(train.classNames());
    threshold.refusePath(penalties.isPath());
    calibrate.refusePath(penalties.isPath());
    calibrate.check(train.classNames().size(), !options.isOneVersusRest(train));
    summary.check(trainer, train, penalties.isPath());
    double loadSeconds = secondsSince(start);
    double work = Workload.multiplyAdds(options, train, penalties.trainings());
    Kernels kernels = execution.choose(work, options, train);
    double warmUpSeconds = secondsSince(start) - loadSeconds;
    PrintWriter out = spec.commandLine().getOut();
    TrainOutput output =
        json.wanted() ? new TrainJson(out) : new TrainText(out, LanewiseCommand.of(spec).quiet());
    output.started(train, test);
    if (usual != null) {
      output.chosen(usual, penalties.given(), data.scale().given() || from.isStandardized());
    }
    if (penalties.isPath()) {
      output.path(penalties.path(trainer, train, test, warmStart, kernels));
      return ExitStatus.DONE;
    }
    return trainOn(
        train,
        test,
        trainer,
        warmStart,
        kernels,
        output,
        new FinishedTraining.Before(loadSeconds, warmUpSeconds),
        start);
  }

  private int trainOn(
      Dataset train,
      Dataset test,
      LogisticRegression given,
      WarmStart warmStart,
      Kernels kernels,
      TrainOutput told,
      FinishedTraining.Before before,
      long start) {
    TrainOutput output = report.noting(told);
    try (SharedProducts products = SharedProducts.of(train)) {
      LogisticRegression trainer = penalties.pick(given, train, products, kernels, output);
      curve.tell(trainer, train, penalties.folds(), products, kernels, output);
      TrainingResult result = fit(trainer, train, warmStart, products, kernels);
      Model model = result.model();
      if (modelFile != null) {
        ModelFile.write(model, modelFile);
      }
      FinishedTraining run =
          new FinishedTraining(
              train,
              test,
              trainer.hyperparameters(),
              result,
              Overflow.checked(Evaluation.of(model, train, kernels), train),
              test == null ? null : Overflow.checked(Evaluation.of(model, test, kernels), test),
              modelFile,
              report.file(),
              plot.file(),
              before,
              secondsSince(start));
      report.write(run, kernels);
      plot.write(result);
      output.finished(run);
      return ExitStatus.DONE;
    }
  }

  /** Trains, and chooses all that the model keeps beside its weights. */
  private TrainingResult fit(
      LogisticRegression trainer,
      Dataset train,
      WarmStart warmStart,
      SharedProducts products,
      Kernels kernels) {
    TrainingResult result =
        summary.apply(
            trainer, train, fit(trainer, train, warmStart.with(products), kernels), kernels);
    HeldOutScores[] made = new HeldOutScores[1];
    Supplier<HeldOutScores> scores =
        () -> {
          made[0] = made[0] == null ? heldOut(trainer, train, products, kernels) : made[0];
          return made[0];
        };
    Optional<Calibration> calibration = calibrate.of(result.model(), scores);
    if (calibration.isPresent()) {
      result = result.withCalibration(calibration.get());
    }
    if (threshold.given()) {
      result = result.withThreshold(threshold.of(result.model(), scores, calibration));
    }
    return result.withArguments(
        TrainingArguments.recorded(
            spec.commandLine().getParseResult(),
            data.tables().roles(),
            usual != null && usual.standardized() && !data.scale().given(),
            heldOut()));
  }

  /**
   * Trains as the arguments say and returns the model; prints and writes nothing.
   *
   * @param digest of the data
   */
  Retrained retrain(Map<String, Role> roles, DataDigest digest) {
    data.tables().setRoles(roles);
    data.check();
    LogisticRegression given = trainer();
    penalties.check(null);
    readStart();
    execution.check();
    return data.read(
        options -> samplesFor(given.hyperparameters(), options),
        from::inClasses,
        raw -> standardized(given.hyperparameters(), raw),
        (whole, test) -> {
          if (heldOut() == 0) {
            return retrain(given, whole, digest);
          }
          try (Fold parts = holdingOut(given.hyperparameters(), whole)) {
            return retrain(given, parts.learned(), digest);
          }
        });
  }

  private Retrained retrain(LogisticRegression given, Dataset train, DataDigest digest) {
    check(given.hyperparameters(), train);
    WarmStart warmStart = from.warmStart(train);
    warmStart.check(train, given.hyperparameters());
    threshold.check(train.classNames());
    calibrate.check(train.classNames().size(), !given.hyperparameters().isOneVersusRest(train));
    summary.check(given, train, false);
    Kernels kernels = execution.choose(Workload.multiplyAdds(given.hyperparameters(), train, 1));
    try (SharedProducts products = SharedProducts.of(train)) {
      return new Retrained(
          fit(given, train, warmStart, products, kernels).model(),
          train.unstandardized().sha256(digest));
    }
  }

  /**
   * A model that was trained again.
   *
   * @param dataSha256 the digest of the data that was asked for
   */
  record Retrained(Model model, String dataSha256) {}

  private HeldOutScores heldOut(
      LogisticRegression trainer, Dataset train, SharedProducts products, Kernels kernels) {
    int folds = penalties.folds() == null ? HeldOutScores.USUAL_FOLDS : penalties.folds();
    try {
      return HeldOutScores.of(trainer, train, folds, products, kernels);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  // Of a run that diverged a model is kept beside the one that was asked for, which is not written.
  private TrainingResult fit(
      LogisticRegression trainer, Dataset train, WarmStart warmStart, Kernels kernels) {
    try {
      return checkpoints.fit(trainer, train, warmStart, kernels, spec.commandLine().getErr());
    } catch (TrainingException e) {
      if (modelFile == null || e.lastFinite().isEmpty()) {
        throw e;
      }
      Path beside = modelFile.resolveSibling(modelFile.getFileName() + ".diverged");
      if (!force.mayWrite(beside)) {
        throw new TrainingException(
            String.format(
                Locale.ROOT,
                "%s; no model was written, nor the last finite weights: %s exists already, and"
                    + " --force replaces it",
                e.getMessage(),
                beside));
      }
      ModelFile.write(e.lastFinite().get(), beside);
      throw new TrainingException(
          String.format(
              Locale.ROOT,
              "%s; the last finite weights are in %s, no model was written",
              e.getMessage(),
              beside));
    }
  }

  private SolverChoice solver() {
    return solverOption != null ? solverOption : usual.solver();
  }

  /** Chooses what options leave open. */
  private void choose() {
    if (solverOption == null) {
      usual = UsualTraining.of(spec.commandLine().getParseResult(), data.isTable(), l1);
      penalties.useByDefault(usual.l2());
      if (usual.standardized()) {
        data.scale().standardizeByDefault();
      }
    }
  }

  /** Reads the model to start from; features become those that it has. */
  private void readStart() {
    from.read();
    if (from.isStandardized()) {
      data.scale().standardizeByDefault();
    }
  }

  private LogisticRegression trainer() {
    choose();
    try {
      Hyperparameters options =
          learning
              .with(
                  solverOptions(),
                  new Penalty(l1, penalties.strongest()),
                  seed,
                  costEvery == null ? solver().usualCostEvery() : costEvery)
              .withIntercept(!intercept.leftOut(data.tables()));
      return new LogisticRegression(options, execution.execution());
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private SolverOptions solverOptions() {
    boolean inBatches = solver().usesBatches();
    refuse(solver().hasEngines() && tolerance != null, "--tolerance", "newton, lbfgs or sgd");
    refuse(solver().reachesOptimum() && learningRate != null, "--learning-rate", "gd or sgd");
    refuse(!solver().hasEngines() && engine != null, "--engine", "gd");
    refuse(inBatches && iterations != null, "--iterations", "gd, newton or lbfgs");
    refuse(!inBatches && sgd.given() != null, sgd.given(), "sgd");
    SolverOptions usual =
        inBatches
            ? SolverOptions.sgd(sgd.options(tolerance, learning.hasHidden()))
            : SolverOptions.of(solver());
    Integer count = inBatches ? sgd.epochs() : iterations;
    return new SolverOptions(
        solver(),
        count == null ? usual.iterations() : count,
        inBatches || tolerance == null ? usualTolerance(usual) : tolerance,
        learningRate == null ? usual.learningRate() : learningRate,
        engine == null ? usual.engine() : engine,
        usual.sgd());
  }

  private double usualTolerance(SolverOptions usual) {
    return learning.hasHidden() ? SolverOptions.TOLERANCE_OF_NETWORKS : usual.tolerance();
  }

  private void refuse(boolean wrong, String option, String solvers) {
    if (wrong) {
      throw new ParameterException(
          spec.commandLine(), option + " needs --solver " + solvers + ", not " + solver().id());
    }
  }

  private ReadOptions samplesFor(Hyperparameters options, ReadOptions reading) {
    return from.samplesFor(summary.samplesFor(reading, options.intercept(), data.tables().order()));
  }

  private Dataset standardized(Hyperparameters options, Dataset raw) {
    check(options, raw);
    return from.isStandardized() && !data.scale().given()
        ? from.standardized(raw)
        : options.standardized(raw);
  }

  private void check(Hyperparameters options, Dataset train) {
    try {
      options.check(train);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private static double secondsSince(long start) {
    return (System.nanoTime() - start) / 1e9;
  }
}
