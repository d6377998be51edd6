// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import dev.lanewise.data.Dataset;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.select.Penalties;
import dev.lanewise.select.PenaltyPath;
import dev.lanewise.select.PenaltyScores;
import dev.lanewise.select.PenaltySearch;
import dev.lanewise.train.LogisticRegression;
import dev.lanewise.train.SharedProducts;
import dev.lanewise.train.TrainingListener;
import dev.lanewise.train.WarmStart;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The penalty on squares: one, a path of several, or folds that pick one. */
final class PenaltyMixin {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--l2",
      paramLabel = "LAMBDA[,...]|FROM:TO:N",
      converter = PenaltiesConverter.class,
      showDefaultValue = CommandLine.Help.Visibility.NEVER,
      description = {
        "Penalise the squares of the weights: LAMBDA/(2m) times their sum is added to the cost",
        "(default: 0; for a table without --solver 1). It is 1/C of scikit-learn and liblinear. Of several, or of N from FROM to TO",
        "at like ratios, --folds picks one; without it there is a table of what each leads to."
      })
  private Penalties penalties;

  @Option(
      names = "--folds",
      paramLabel = "K",
      description = {
        "Pick the penalty with the lowest mean log-loss on K parts of the samples, each held out in",
        "turn; every class has its share in each, by the lot of --seed. Then train on all samples."
      })
  private Integer folds;

  @Option(
      names = "--one-standard-error",
      description = "With --folds: pick the strongest penalty within one standard error of that.")
  private boolean oneStandardError;

  /** The penalty if the option is not given. */
  private double usual;

  boolean given() {
    return penalties != null;
  }

  /** Takes this penalty unless the option names another. */
  void useByDefault(double l2) {
    usual = l2;
  }

  private Penalties penalties() {
    return penalties == null ? Penalties.of(usual) : penalties;
  }

  double strongest() {
    return penalties().values().get(0);
  }

  /** How many folds were asked for, or null. */
  Integer folds() {
    return folds;
  }

  /** Whether all penalties are wanted, and none of them picked. */
  boolean isPath() {
    return folds == null && penalties().size() > 1;
  }

  /** How many trainings there will be. */
  double trainings() {
    double ofFolds = folds == null ? 0 : (folds - 1.0) * penalties().size();
    return isPath() ? penalties().size() : 1 + ofFolds;
  }

  /** Refuses what does not go together, before data are read. */
  void check(Path modelFile) {
    refuse(folds != null && folds < 2, "folds are at least 2, not " + folds);
    refuse(oneStandardError && folds == null, "--one-standard-error needs --folds");
    refuse(
        isPath() && modelFile != null,
        "--model with several penalties needs --folds, which picks one");
  }

  /** Refuses what these samples cannot be asked for. */
  void check(LogisticRegression trainer, Dataset train) {
    if (folds != null) {
      try {
        search(trainer).foldsOf(train);
      } catch (IllegalArgumentException e) {
        throw new ParameterException(spec.commandLine(), e.getMessage(), e);
      }
    }
  }

  /** The trainer with the penalty that folds pick; without folds, the one given. */
  LogisticRegression pick(
      LogisticRegression trainer,
      Dataset train,
      SharedProducts products,
      Kernels kernels,
      TrainOutput output) {
    if (folds == null) {
      return trainer;
    }
    PenaltySearch search = search(trainer);
    PenaltyScores scores;
    int[] done = new int[1];
    try (ProgressLine progress =
        ProgressLine.of(spec, "folds", (long) folds * penalties().size())) {
      scores =
          search.score(train, products, kernels, (fold, l2, logLoss) -> progress.stepTo(++done[0]));
    }
    output.picked(scores, search.pickedOf(scores));
    return search.picked(scores);
  }

  private PenaltySearch search(LogisticRegression trainer) {
    return new PenaltySearch(trainer, penalties(), folds, oneStandardError);
  }

  /** Trains with all penalties, from strong to weak. */
  List<PathStep> path(
      LogisticRegression trainer,
      Dataset train,
      Dataset test,
      WarmStart warmStart,
      Kernels kernels) {
    List<PathStep> steps = new ArrayList<>();
    try (ProgressLine progress = ProgressLine.of(spec, "path", penalties().size())) {
      TrainingListener warnings =
          new TrainingListener() {
            @Override
            public void warning(String message) {
              Text.warning(spec.commandLine().getErr(), message);
            }
          };
      new PenaltyPath(trainer, penalties())
          .fit(
              train,
              warmStart,
              kernels,
              warnings,
              (l2, result) -> {
                steps.add(PathStep.of(l2, result, train, test, kernels));
                progress.stepTo(steps.size());
              });
    }
    return steps;
  }

  private void refuse(boolean wrong, String message) {
    if (wrong) {
      throw new ParameterException(spec.commandLine(), message);
    }
  }

  /** Numbers with commas between, or a range. */
  static final class PenaltiesConverter implements CommandLine.ITypeConverter<Penalties> {

    @Override
    public Penalties convert(String value) {
      try {
        return value.contains(":") ? range(value) : list(value);
      } catch (NumberFormatException e) {
        throw new CommandLine.TypeConversionException(
            "expected a number, several with commas between, or FROM:TO:N, not '" + value + "'");
      } catch (IllegalArgumentException e) {
        throw new CommandLine.TypeConversionException(e.getMessage());
      }
    }

    private static Penalties list(String value) {
      return Penalties.of(
          Arrays.stream(value.split(",", -1)).mapToDouble(Double::parseDouble).toArray());
    }

    private static Penalties range(String value) {
      String[] parts = value.split(":", -1);
      if (parts.length != 3) {
        throw new NumberFormatException(value);
      }
      return Penalties.range(
          Double.parseDouble(parts[0]), Double.parseDouble(parts[1]), Integer.parseInt(parts[2]));
    }
  }
}
