// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import dev.lanewise.train.SolverChoice;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.ParseResult;

/**
 * How {@code train} trains where --solver is not given. Tables take what {@code api.Classifier}
 * takes: newton, l2 1, standardised features. All other data take the tutorial's gradient descent.
 *
 * @param solver the solver
 * @param l2 the penalty, unless --l2 is given
 * @param standardized whether features are standardised, unless --scale is given
 * @param reason why, in words
 */
record UsualTraining(SolverChoice solver, double l2, boolean standardized, String reason) {

  /** The options that only gradient descent uses, or that depend on where it starts. */
  private static final String[] OF_DESCENT = {
    "--learning-rate",
    "--iterations",
    "--engine",
    "--init",
    "--checkpoint",
    "--checkpoint-every",
    "--resume"
  };

  private static final String INSTEAD = "; else newton for a table";

  /**
   * The choice.
   *
   * @param given the options of the command line, without --solver
   * @param isTable whether the samples to learn from are a table
   * @param l1 the penalty on sizes
   */
  static UsualTraining of(ParseResult given, boolean isTable, double l1) {
    if (given.hasMatchedOption("--hidden")) {
      return new UsualTraining(SolverChoice.SGD, 0, false, "--hidden is given");
    }
    if (!isTable) {
      return new UsualTraining(
          SolverChoice.GD, 0, false, "the tutorial's choice; the data are no table");
    }
    Optional<String> descent = Stream.of(OF_DESCENT).filter(given::hasMatchedOption).findFirst();
    if (descent.isPresent()) {
      return new UsualTraining(SolverChoice.GD, 0, false, descent.get() + " is given" + INSTEAD);
    }
    boolean fresh = !given.hasMatchedOption("--from");
    if (l1 > 0) {
      return new UsualTraining(
          SolverChoice.LBFGS, 0, fresh, "the data are a table, and --l1 is given" + INSTEAD);
    }
    if (given.hasMatchedOption("--summary")) {
      return new UsualTraining(
          SolverChoice.NEWTON,
          0,
          fresh,
          "the data are a table; a penalty would bias the statistics of --summary");
    }
    return new UsualTraining(SolverChoice.NEWTON, 1, fresh, "the data are a table");
  }

  /** The choice in words, without what the options say. */
  String text(boolean l2Given, boolean scaleGiven) {
    return solver.id()
        + (l2Given || l2 == 0 && solver != SolverChoice.NEWTON ? "" : ", l2 " + Text.number(l2, 0))
        + (!scaleGiven && standardized ? ", standardised features" : "")
        + ": "
        + reason;
  }

  /** The same for programs. */
  Map<String, Object> json(boolean l2Given, boolean scaleGiven) {
    return JsonParts.ordered(
        "solver",
        solver.id(),
        "l2",
        l2Given ? null : l2,
        "standardized",
        scaleGiven ? null : standardized,
        "because",
        reason);
  }
}
