// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import dev.lanewise.options.Optimizer;
import dev.lanewise.options.Schedule;
import dev.lanewise.options.SgdOptions;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What belongs to stochastic gradient descent alone. */
final class SgdMixin {

  private enum OptimizerChoice {
    SGD,
    ADAM,
    ADAMW
  }

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--batch-size",
      paramLabel = "B",
      showDefaultValue = CommandLine.Help.Visibility.NEVER,
      description = {
        "Of sgd: a step after every B samples (default: 32; with --hidden 200). 1 is one picture at a",
        "time, as many as there are samples is gradient descent."
      })
  private Integer batchSize;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      showDefaultValue = CommandLine.Help.Visibility.NEVER,
      description =
          "Of sgd, in the place of --iterations: go through all samples N times"
              + " (default: 20).")
  private Integer epochs;

  @Option(
      names = "--optimizer",
      paramLabel = "sgd|adam|adamw",
      showDefaultValue = CommandLine.Help.Visibility.NEVER,
      description = {
        "Of sgd. sgd: steps against the gradient of a batch. adam: steps of similar size for",
        "each weight. adamw: adam, with --l2 as a decay of the weights. Default: sgd; with",
        "--hidden adam."
      })
  private OptimizerChoice optimizer;

  @Option(
      names = "--momentum",
      paramLabel = "M",
      showDefaultValue = CommandLine.Help.Visibility.NEVER,
      description = "Of sgd: add M times the last step to the next step (default: 0).")
  private Double momentum;

  @Option(names = "--nesterov", description = "Use Nesterov's momentum.")
  private boolean nesterov;

  @Option(
      names = "--schedule",
      paramLabel = "constant|inverse-time|cosine|step",
      converter = ScheduleConverter.class,
      showDefaultValue = CommandLine.Help.Visibility.NEVER,
      description = {
        "Of sgd: the learning rate of epoch t = 0, 1, ... of T. constant (default): ALPHA.",
        "inverse-time: ALPHA / (1 + R t). cosine: ALPHA (1 + cos(pi t / T)) / 2. step:",
        "multiplied by R after every --decay-every epochs."
      })
  private Schedule.Kind schedule;

  @Option(
      names = "--decay",
      paramLabel = "R",
      showDefaultValue = CommandLine.Help.Visibility.NEVER,
      description = "R of the schedule (default: 0.1 for inverse-time, 0.5 for step).")
  private Double decay;

  @Option(
      names = "--decay-every",
      paramLabel = "N",
      showDefaultValue = CommandLine.Help.Visibility.NEVER,
      description = "Epochs from one step of the schedule to the next (default: 10).")
  private Integer decayEvery;

  @Option(
      names = "--holdout",
      paramLabel = "FRACTION",
      showDefaultValue = CommandLine.Help.Visibility.NEVER,
      description = {
        "Hold out this part of each class, drawn by --seed (default: 0, none). sgd stops where it no",
        "longer costs less, and keeps the weights it cost least with. Other solvers train on the other",
        "samples and test the model on it, in the place of --test."
      })
  private Double holdout;

  @Option(
      names = "--patience",
      paramLabel = "N",
      showDefaultValue = CommandLine.Help.Visibility.NEVER,
      description = {
        "With --holdout and sgd: stop after N epochs without a lower held-out cost (default:",
        "5)."
      })
  private Integer patience;

  /** The choice of epochs, or null. */
  Integer epochs() {
    return epochs;
  }

  /** The fraction to hold out; 0 for none. */
  double holdout() {
    return holdout == null ? 0 : holdout;
  }

  /** The first option of sgd alone that was given, or null. */
  String given() {
    Object[] namesAndValues = {
      "--batch-size", batchSize,
      "--epochs", epochs,
      "--optimizer", optimizer,
      "--momentum", momentum,
      "--nesterov", nesterov ? Boolean.TRUE : null,
      "--schedule", schedule,
      "--decay", decay,
      "--decay-every", decayEvery,
      "--patience", patience
    };
    for (int i = 0; i < namesAndValues.length; i += 2) {
      if (namesAndValues[i + 1] != null) {
        return (String) namesAndValues[i];
      }
    }
    return null;
  }

  /**
   * What was asked for.
   *
   * @param tolerance the choice of a tolerance, or null
   * @param isNetwork whether there are hidden layers, which have other usual values
   * @throws IllegalArgumentException if a number is out of its range
   * @throws ParameterException if an option does not belong to another
   */
  SgdOptions options(Double tolerance, boolean isNetwork) {
    SgdOptions usual = isNetwork ? SgdOptions.USUAL_OF_NETWORKS : SgdOptions.USUAL;
    boolean out = holdout != null && holdout != 0;
    refuse(patience != null && !out, "--patience needs --holdout above 0");
    if (tolerance != null && !(tolerance > 0)) {
      throw new IllegalArgumentException("the tolerance is above 0 and below 1, not " + tolerance);
    }
    return new SgdOptions(
        batchSize == null ? usual.batchSize() : batchSize,
        optimizer(usual.optimizer()),
        schedule(),
        tolerance == null ? usual.tolerance() : tolerance,
        holdout == null ? usual.holdout() : holdout,
        patience == null ? usual.patience() : patience);
  }

  private Optimizer optimizer(Optimizer usual) {
    boolean isAdam =
        optimizer == null ? usual instanceof Optimizer.Adam : optimizer != OptimizerChoice.SGD;
    if (isAdam) {
      refuse(momentum != null, "--momentum needs --optimizer sgd: adam has a memory of its own");
      refuse(nesterov, "--nesterov needs --optimizer sgd, not adam");
      return optimizer == OptimizerChoice.ADAMW ? Optimizer.Adam.DECOUPLED : Optimizer.Adam.USUAL;
    }
    return new Optimizer.Sgd(momentum == null ? 0 : momentum, nesterov);
  }

  private Schedule schedule() {
    Schedule.Kind kind = schedule == null ? Schedule.Kind.CONSTANT : schedule;
    boolean steps = kind == Schedule.Kind.STEP;
    refuse(
        decay != null && !steps && kind != Schedule.Kind.INVERSE_TIME,
        "--decay needs --schedule inverse-time or step, not " + kind.id());
    refuse(decayEvery != null && !steps, "--decay-every needs --schedule step, not " + kind.id());
    Schedule usual = Schedule.of(kind);
    return new Schedule(
        kind,
        decay == null ? usual.decay() : decay,
        decayEvery == null ? usual.every() : decayEvery);
  }

  private void refuse(boolean wrong, String message) {
    if (wrong) {
      throw new ParameterException(spec.commandLine(), message);
    }
  }

  /** Names with hyphens. */
  static final class ScheduleConverter implements CommandLine.ITypeConverter<Schedule.Kind> {

    @Override
    public Schedule.Kind convert(String value) {
      for (Schedule.Kind kind : Schedule.Kind.values()) {
        if (kind.id().equalsIgnoreCase(value)) {
          return kind;
        }
      }
      throw new CommandLine.TypeConversionException(
          "expected constant, inverse-time, cosine or step, not '" + value + "'");
    }
  }
}
