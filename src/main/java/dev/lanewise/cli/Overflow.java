// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import dev.lanewise.data.DataException;
import dev.lanewise.data.Dataset;
import dev.lanewise.model.Evaluation;
import java.util.Locale;

/** Scores that float32 cannot hold: no class is predicted, and nothing counts. */
final class Overflow {

  private static final String REMEDY =
      "; the features are too large for the model: scale them as those it was trained on";

  private Overflow() {}

  static DataException of(String source, long sample) {
    return new DataException(
        source,
        String.format(Locale.ROOT, "the scores of sample %d overflow float32%s", sample, REMEDY));
  }

  /** Refuses an evaluation that counts samples for which no class is predicted. */
  static Evaluation checked(Evaluation evaluation, Dataset data) {
    if (Double.isNaN(evaluation.cost())) {
      throw new DataException(
          data.origin().source(), "the scores of some samples overflow float32" + REMEDY);
    }
    return evaluation;
  }
}
