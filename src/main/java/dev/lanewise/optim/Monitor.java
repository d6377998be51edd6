// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.optim;

/** Receives the progress of a solver. */
public interface Monitor {

  /** Ignores the progress. */
  Monitor SILENT = (iteration, fraction, value, gradientNorm, passes) -> {};

  /**
   * Called after each iteration.
   *
   * @param iteration its number, from 1
   * @param fraction n if one sample in n was used; 1 for all samples
   * @param value the objective of these, scaled to all samples
   * @param gradientNorm the norm of its gradient
   * @param passes how often the data were read so far
   */
  void iterated(int iteration, int fraction, double value, double gradientNorm, double passes);
}
