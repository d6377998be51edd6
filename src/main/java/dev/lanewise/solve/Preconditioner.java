package dev.lanewise.solve;

/** Something like the inverse of a second derivative, which is cheap to multiply with. */
interface Preconditioner {

  /**
   * Multiplies.
   *
   * @param r a vector
   * @param result receives the product
   */
  void apply(Point r, Point result);
}
