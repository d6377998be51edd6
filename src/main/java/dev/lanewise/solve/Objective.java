package dev.lanewise.solve;

/**
 * A function of the parameters that is to be minimised: convex, and the sum of a smooth part and of
 * l1 times the sizes of the weights.
 *
 * <p>It is known by its passes over the data, and counts them. Products with its second derivative
 * are taken at the point where it was computed last.
 */
public interface Objective {

  /**
   * The smooth part, in one pass.
   *
   * @param at where
   * @param gradient receives the derivative of the smooth part
   * @return the value of the smooth part
   */
  double valueAndGradient(Point at, Point gradient);

  /**
   * The second derivative of the smooth part times a vector, in one pass.
   *
   * @param v the vector
   * @param result receives H v
   */
  void hessianTimes(Point v, Point result);

  /**
   * The diagonal of the second derivative, in one pass.
   *
   * @param result receives h_ii
   */
  void hessianDiagonal(Point result);

  /**
   * The second derivative itself, of few parameters: those of the weights, then the bias.
   *
   * @param share of the samples, one in so many is taken, as in {@link #part}
   * @param h column k receives its rows from k on
   */
  void hessian(int share, double[][] h);

  /**
   * The same function of a part of the samples, as if they stood for all.
   *
   * @param share one sample in so many: 1, or a power of two up to the samples in a block
   * @return the function of the part; it counts its passes in parts, with those of this one
   */
  Objective part(int share);

  /**
   * The penalty on the sizes of the weights.
   *
   * @return l1, at least 0
   */
  double l1();

  /**
   * How often the data were gone through so far.
   *
   * @return a part of the samples counts as a part
   */
  double passes();
}
