package dev.lanewise.train;

import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.random.SplitMix64;
import java.util.Locale;

/** What the weights are before the first iteration. The bias starts from 0 either way. */
public enum Initialization {
  /** w = 0, as in the tutorial. */
  ZEROS,
  /** w_i drawn from a normal distribution of mean 0 and standard deviation 0.01. */
  NORMAL;

  private static final double DEVIATION = 0.01;

  /**
   * The name on the command line.
   *
   * @return {@code zeros} or {@code normal}
   */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Sets the weights, d x K, column after column; the same seed, the same bits everywhere. */
  void fill(FloatMatrix w, long seed) {
    if (this == ZEROS) {
      w.clear();
      return;
    }
    SplitMix64 random = new SplitMix64(seed);
    for (int k = 0; k < w.columns(); k++) {
      fill(w, k, random);
    }
  }

  private static void fill(FloatMatrix w, int column, SplitMix64 random) {
    for (int i = 0; i < w.rows(); i += 2) {
      // Box and Muller, 1958; StrictMath because its bits are specified.
      double radius = DEVIATION * StrictMath.sqrt(-2 * StrictMath.log(random.nextUnit()));
      double angle = 2 * Math.PI * random.nextUnit();
      w.set(i, column, (float) (radius * StrictMath.cos(angle)));
      if (i + 1 < w.rows()) {
        w.set(i + 1, column, (float) (radius * StrictMath.sin(angle)));
      }
    }
  }
}
