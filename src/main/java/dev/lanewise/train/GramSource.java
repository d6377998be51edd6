package dev.lanewise.train;

import dev.lanewise.kernel.Kernels;
import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.matrix.SampleMatrix;
import dev.lanewise.pass.GramMatrix;
import dev.lanewise.pass.Team;
import java.lang.foreign.Arena;

/** Where a run has G = X'X from. */
interface GramSource {

  /** Each run makes its own. */
  GramSource OWN = GramMatrix::of;

  /**
   * G of all samples of a run.
   *
   * @param arena owns the memory of what is new
   * @param kernels what computes
   * @param team who computes
   * @param x X, d x m
   * @return G, m x m, only to be read
   */
  FloatMatrix gram(Arena arena, Kernels kernels, Team team, SampleMatrix x);
}
