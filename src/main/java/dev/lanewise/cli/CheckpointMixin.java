// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import dev.lanewise.checkpoint.CheckpointFile;
import dev.lanewise.data.DataException;
import dev.lanewise.data.Dataset;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.train.Checkpointing;
import dev.lanewise.train.Hyperparameters;
import dev.lanewise.train.LogisticRegression;
import dev.lanewise.train.SolverChoice;
import dev.lanewise.train.TrainingResult;
import dev.lanewise.train.TrainingStoppedException;
import dev.lanewise.train.WarmStart;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that save a run and resume it. */
final class CheckpointMixin {

  private static final Pattern COUNT = Pattern.compile("[0-9]{1,9}");
  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}(\\.[0-9]{1,6})?s");
  private static final double MILLISECONDS = 1000;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--checkpoint",
      paramLabel = "FILE",
      description = {
        "Of gd and sgd: keep the run in this file now and then, at the end, and where it is",
        "interrupted."
      })
  private Path target;

  @Option(
      names = "--checkpoint-every",
      paramLabel = "N|SECONDSs",
      showDefaultValue = CommandLine.Help.Visibility.NEVER,
      description = {
        "Save after every N iterations or epochs, or every so many seconds, for instance 60s",
        "(default: 30s)."
      })
  private String every;

  @Option(
      names = "--resume",
      paramLabel = "FILE",
      description = {
        "Go on from a checkpoint, to the weights and costs of a run that was not interrupted. Data",
        "and options must be the same; there may be more iterations."
      })
  private Path source;

  /**
   * Refuses what cannot be, before anything is read.
   *
   * @throws ParameterException if the options do not go together
   * @throws DataException if the checkpoint could not be written
   */
  void check(SolverChoice solver, boolean path) {
    refuse(every != null && target == null, "--checkpoint-every needs --checkpoint");
    refuse(isGiven() && path, given() + " is for one run, not for a path of penalties");
    refuse(
        isGiven() && !solver.isResumable(),
        String.format(
            Locale.ROOT,
            "%s needs --solver gd or sgd: %s takes few iterations and begins anew",
            given(),
            solver.id()));
    if (target == null) {
      return;
    }
    interval(Checkpointing.NONE);
    CheckpointFile.checkTarget(target);
    if (Files.exists(target) && !isSource(target)) {
      throw new DataException(
          target.toString(),
          "is a checkpoint already: --resume goes on from it; delete it to begin anew");
    }
  }

  /**
   * Refuses what the classes decide.
   *
   * @throws ParameterException if there are several runs
   */
  void check(Hyperparameters options, Dataset train) {
    refuse(
        isGiven() && options.isOneVersusRest(train),
        String.format(
            Locale.ROOT,
            "%s is for one run, not for the %d of --multi-class ovr; take softmax",
            given(),
            train.classNames().size()));
  }

  private String given() {
    return target != null ? "--checkpoint" : "--resume";
  }

  private boolean isGiven() {
    return target != null || source != null;
  }

  private boolean isSource(Path file) {
    try {
      return source != null && Files.exists(source) && Files.isSameFile(file, source);
    } catch (IOException e) {
      return false;
    }
  }

  /** Trains, and says where an interrupted run is kept. */
  TrainingResult fit(
      LogisticRegression trainer,
      Dataset train,
      WarmStart warmStart,
      Kernels kernels,
      PrintWriter err) {
    Hyperparameters options = trainer.hyperparameters();
    if (!isGiven()) {
      try (ProgressLine progress = progress(options, train)) {
        return trainer.fit(train, warmStart, kernels, listener(options, err, progress));
      }
    }
    // Until it is closed, the JVM does not end.
    try (Interruption interruption = Interruption.watch()) {
      return fit(trainer, train, warmStart, kernels, err, interruption);
    }
  }

  private TrainingResult fit(
      LogisticRegression trainer,
      Dataset train,
      WarmStart warmStart,
      Kernels kernels,
      PrintWriter err,
      Interruption interruption) {
    Hyperparameters options = trainer.hyperparameters();
    Checkpointing checkpoints = interval(Checkpointing.NONE).until(interruption::isRequested);
    checkpoints = target == null ? checkpoints : checkpoints.to(target);
    checkpoints = source == null ? checkpoints : checkpoints.from(source);
    try (ProgressLine progress = progress(options, train)) {
      TrainingResult result =
          trainer.fit(train, warmStart, kernels, listener(options, err, progress), checkpoints);
      if (interruption.isRequested()) {
        // After the last iteration: the JVM ends before the result could be told.
        throw new TrainingStoppedException(result.convergence().iterations(), target);
      }
      return result;
    } catch (TrainingStoppedException e) {
      say(e, options.solver().iterationName(), err);
      throw e;
    }
  }

  private ProgressLine progress(Hyperparameters options, Dataset train) {
    return ProgressLine.of(spec, "train", ProgressListener.steps(options, train));
  }

  private static ProgressListener listener(
      Hyperparameters options, PrintWriter err, ProgressLine progress) {
    return new ProgressListener(err, progress, options.iterations());
  }

  private static void say(TrainingStoppedException stopped, String what, PrintWriter err) {
    String kept =
        stopped
            .checkpoint()
            .map(
                file ->
                    String.format(
                        Locale.ROOT,
                        "the checkpoint is %s; the same command with --resume %s goes on from there",
                        file,
                        file))
            .orElse("without --checkpoint nothing is kept");
    err.println(
        String.format(
            Locale.ROOT, "lanewise: interrupted after %s %d; %s", what, stopped.completed(), kept));
    err.flush();
  }

  private Checkpointing interval(Checkpointing plan) {
    if (every == null) {
      return plan;
    }
    try {
      if (COUNT.matcher(every).matches()) {
        return plan.every(Integer.parseInt(every));
      } else if (SECONDS.matcher(every).matches()) {
        double seconds = Double.parseDouble(every.substring(0, every.length() - 1));
        return plan.every(Duration.ofMillis(Math.round(seconds * MILLISECONDS)));
      }
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
    throw new ParameterException(
        spec.commandLine(),
        String.format(
            Locale.ROOT,
            "--checkpoint-every is a number of iterations, as 1000, or of seconds, as 30s, not '%s'",
            every));
  }

  private void refuse(boolean wrong, String message) {
    if (wrong) {
      throw new ParameterException(spec.commandLine(), message);
    }
  }
}
