package dev.lanewise.train;

/** One way to share out an iteration; every way gives the same bits. */
interface Pass {

  /**
   * Equations (1) to (8), but for the bias.
   *
   * @param withCost whether the losses are wanted
   * @return the sums over all samples
   */
  Sums run(boolean withCost);
}
