// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import dev.lanewise.data.Dataset;
import dev.lanewise.data.SeenClasses;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.options.Penalty;
import dev.lanewise.select.Folds;
import dev.lanewise.select.HeldOutScores;
import dev.lanewise.select.Setting;
import dev.lanewise.select.Sweep;
import dev.lanewise.select.SweepResult;
import dev.lanewise.train.EngineChoice;
import dev.lanewise.train.Hyperparameters;
import dev.lanewise.train.LogisticRegression;
import dev.lanewise.train.SolverChoice;
import dev.lanewise.train.SolverOptions;
import dev.lanewise.train.TrainingException;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code lanewise sweep}. */
@Command(
    name = "sweep",
    mixinStandardHelpOptions = true,
    description = {
      "Trains by gradient descent with every learning rate, number of iterations and seed, and",
      "compares. Each run has the bits of a single run; common work is done once."
    },
    footer = {
      "%nExample:",
      "  lanewise sweep --train train.h5 --test test.h5 \\",
      "    --learning-rates 0.01,0.001,0.0001 --iterations 1500 --report sweep.html"
    })
final class SweepCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private DataMixin data;

  @Option(
      names = "--learning-rates",
      paramLabel = "ALPHA[,...]",
      split = ",",
      description = "How far a step goes (default: 0.01,0.001,0.0001).")
  private List<Double> learningRates;

  @Option(
      names = "--iterations",
      paramLabel = "N[,...]",
      split = ",",
      description = "How many steps (default: 2000).")
  private List<Integer> iterations;

  @Option(
      names = "--seeds",
      paramLabel = "N[,...]",
      split = ",",
      description = "The seeds of random initial weights (default: 0).")
  private List<Long> seeds;

  @Option(
      names = "--runs",
      paramLabel = "ALPHA:N[:SEED][,...]",
      split = ",",
      converter = SettingConverter.class,
      description = "These runs, in the place of all rates with all iterations and all seeds.")
  private List<Setting> runs;

  @Option(
      names = "--folds",
      paramLabel = "K",
      description = {
        "Try each run on K parts of the samples too, each held out in turn, with its share of"
            + " every",
        "class. The run with the lowest log-loss on them is the best (default: 5, or as many as the",
        "smallest class has samples)."
      })
  private Integer folds;

  @Option(
      names = "--choose-by-test",
      description = {
        "The best run is that of the highest accuracy on the test data, in the place of folds. This",
        "accuracy is then too high for new samples: the test data are used up."
      })
  private boolean byTest;

  @Option(
      names = "--folds-seed",
      paramLabel = "N",
      defaultValue = "0",
      description = "The seed of the folds.")
  private long foldsSeed;

  @Mixin private LearningMixin learning;

  @Mixin private InterceptOption intercept;

  @Option(
      names = "--engine",
      paramLabel = "auto|primal|gram",
      defaultValue = "auto",
      description = {
        "primal: the equations as they stand. gram: the same descent on the products of the"
            + " samples,",
        "made once for all runs. auto (default): the one with fewer multiply-adds in a run."
      })
  private EngineChoice engine;

  @Option(
      names = "--l2",
      paramLabel = "LAMBDA",
      defaultValue = "0",
      description = "Penalise the squares of the weights, as train does.")
  private double l2;

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

  @Mixin private SweepReportOption report;

  @Mixin private ForceOption force;

  @Mixin private JsonOption json;

  @Option(names = "--csv", description = "Print a table with commas and a header.")
  private boolean csv;

  @Mixin private FormulaOption formulas;

  @Override
  public Integer call() {
    long start = System.nanoTime();
    data.check();
    refuse(json.wanted() && csv, "--json and --csv are two forms; take one");
    formulas.wanted(csv, spec.commandLine());
    refuse(
        runs != null && (learningRates != null || iterations != null || seeds != null),
        "--runs stands in the place of rates, iterations and seeds");
    refuse(
        byTest && folds != null,
        "--folds and --choose-by-test are two ways to choose the best run; take one");
    refuse(
        seeds != null && !learning.startsAtRandom(),
        "--seeds needs random initial weights, such as --init normal: zeros are the same for all");
    execution.check();
    force.check();
    LogisticRegression trainer = trainer();
    // Rejects what is wrong before data are read.
    sweep(trainer, folds == null ? 0 : folds);
    return data.read(
        UnaryOperator.identity(),
        SeenClasses::of,
        trainer.hyperparameters()::standardized,
        (train, test) -> run(trainer, train, test, start));
  }

  private void refuse(boolean wrong, String message) {
    if (wrong) {
      throw new ParameterException(spec.commandLine(), message);
    }
  }

  private int run(LogisticRegression trainer, Dataset train, Optional<Dataset> test, long start) {
    refuse(byTest && test.isEmpty(), "--choose-by-test needs --test");
    int count = foldsOf(train);
    Sweep sweep = sweep(trainer, count);
    double loadSeconds = secondsSince(start);
    Kernels kernels = execution.choose(sweep.multiplyAdds(train));
    PrintWriter out = spec.commandLine().getOut();
    SweepOutput output =
        json.wanted()
            ? new SweepJson(out, report.file(), count)
            : csv
                ? new SweepCsv(out, formulas.wanted(csv, spec.commandLine()))
                : new SweepText(out, report.file(), count);
    output.started(train, test);
    SweepResult result;
    try (ProgressLine progress = ProgressLine.of(spec, "sweep", sweep.trainings())) {
      Sweep.Observer observer =
          new Sweep.Observer() {
            @Override
            public void trained(int done) {
              progress.stepTo(done);
            }

            @Override
            public void warning(String message) {
              Text.warning(spec.commandLine().getErr(), message);
            }
          };
      result = sweep.run(train, test, kernels, observer);
    }
    report.write(result, train, test, loadSeconds, secondsSince(start));
    output.finished(result);
    if (byTest) {
      Text.warning(
          spec.commandLine().getErr(),
          "the best run was chosen by the test data: its test accuracy is too high for new samples;"
              + " evaluate it on samples that no run has seen");
    }
    if (result.best().isEmpty()) {
      throw new TrainingException(
          "all runs failed; the first: " + result.runs().get(0).failure().orElseThrow());
    }
    return ExitStatus.DONE;
  }

  private static double secondsSince(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  /** The number of folds that choose the best run; 0 if the test data do. */
  private int foldsOf(Dataset train) {
    if (byTest) {
      return 0;
    }
    int count = folds == null ? usualFolds(train) : folds;
    try {
      Folds.of(train, count, foldsSeed);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
    return count;
  }

  private int usualFolds(Dataset train) {
    int[] counts = new int[train.classNames().size()];
    for (int label : train.labels()) {
      counts[label]++;
    }
    int smallest = Arrays.stream(counts).filter(count -> count > 0).min().orElse(0);
    refuse(
        smallest < 2,
        "a class has one sample, so that no folds can choose the best run; give it more samples, or"
            + " choose with --choose-by-test");
    return Math.min(HeldOutScores.USUAL_FOLDS, smallest);
  }

  private LogisticRegression trainer() {
    try {
      SolverOptions descent = SolverOptions.of(SolverChoice.GD).withEngine(engine);
      Hyperparameters options =
          learning
              .with(descent, new Penalty(l1, l2), foldsSeed, SolverChoice.GD.usualCostEvery())
              .withIntercept(!intercept.leftOut(data.tables()));
      return new LogisticRegression(options, execution.execution());
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private Sweep sweep(LogisticRegression trainer, int count) {
    try {
      if (folds != null && folds < 2) {
        throw new IllegalArgumentException("folds are at least 2, not " + folds);
      }
      return new Sweep(trainer, settings(), count);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private List<Setting> settings() {
    if (runs != null) {
      return runs;
    }
    return Sweep.grid(
        learningRates == null ? List.of(0.01, 0.001, 0.0001) : learningRates,
        iterations == null ? List.of(SolverChoice.GD.usualIterations()) : iterations,
        seeds == null ? List.of(0L) : seeds);
  }

  /** A rate, a number of iterations and perhaps a seed. */
  static final class SettingConverter implements CommandLine.ITypeConverter<Setting> {

    @Override
    public Setting convert(String value) {
      String[] parts = value.split(":", -1);
      try {
        if (parts.length == 2 || parts.length == 3) {
          return new Setting(
              Double.parseDouble(parts[0]),
              Integer.parseInt(parts[1]),
              parts.length == 2 ? 0 : Long.parseLong(parts[2]));
        }
      } catch (NumberFormatException e) {
        // Said below.
      } catch (IllegalArgumentException e) {
        throw new CommandLine.TypeConversionException(e.getMessage());
      }
      throw new CommandLine.TypeConversionException(
          "expected ALPHA:N or ALPHA:N:SEED, not '" + value + "'");
    }
  }
}
