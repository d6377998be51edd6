// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import dev.lanewise.model.Explanations.Contribution;
import java.nio.file.Path;
import java.util.List;

/** How predictions are printed: a line each. */
interface PredictionStyle {

  /**
   * The line before the first, or nothing.
   *
   * @param count how many classes are printed for a sample
   * @param names of all classes
   */
  String header(int count, List<String> names);

  /**
   * Adds a line.
   *
   * @param sample the number of the sample in its file
   * @param names of all classes
   * @param best the numbers of the classes to print, the most probable first
   * @param probabilities of these classes
   * @param all the probabilities of all classes, by their numbers
   * @param reasons what the columns contribute to the score of the first class to be told, the
   *     largest first; empty unless they are wanted
   */
  void add(
      StringBuilder lines,
      Path file,
      int sample,
      List<String> names,
      int[] best,
      float[] probabilities,
      float[] all,
      List<Contribution> reasons);
}
