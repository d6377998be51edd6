package dev.lanewise.train;

/**
 * The generator of Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014,
 * written out because the JDK does not promise to keep the algorithms behind its names.
 */
final class SplitMix64 {

  private static final long GAMMA = 0x9E3779B97F4A7C15L;

  private long state;

  SplitMix64(long seed) {
    this.state = seed;
  }

  long next() {
    state += GAMMA;
    long mixed = (state ^ (state >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }

  /** Uniform over the multiples of 2^-53 above 0 and up to 1. */
  double nextUnit() {
    return ((next() >>> 11) + 1) * 0x1p-53;
  }
}
