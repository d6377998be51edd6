// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.train;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * A problem that is computed in several legs: a run is stopped after some iterations, and the next
 * goes on from its checkpoint, with other kernels, threads and storage.
 *
 * @param legs what computes the legs, one after the other and then again from the first
 * @param iterations after how many the first leg is stopped; each leg has one more
 */
record BitsInterruption(List<BitsRun> legs, int iterations) {

  /** Whether a problem can be interrupted. */
  static boolean isPossible(BitsCase problem) {
    boolean several = problem.isMany() && !problem.isSoftmax();
    return problem.options().solver().isResumable()
        && !several
        && problem.options().iterations() > 1;
  }

  /** As {@link BitsRun#outcome} says it. */
  String outcome(BitsCase problem, Path features, Path checkpoint) throws java.io.IOException {
    Files.deleteIfExists(checkpoint);
    for (int leg = 0; ; leg++) {
      // Where numbers have ended nothing is kept, so that a leg may begin where the last one did.
      Checkpointing plan = Checkpointing.NONE.to(checkpoint);
      if (Files.exists(checkpoint)) {
        plan = plan.from(checkpoint);
      }
      int[] left = {iterations + leg};
      try {
        return legs.get(leg % legs.size())
            .outcome(problem, features, plan.until(() -> --left[0] <= 0));
      } catch (TrainingStoppedException e) {
        // The next leg goes on.
      }
    }
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "stopped after %d iterations, and each leg after one more; legs of %s",
        iterations,
        legs);
  }
}
