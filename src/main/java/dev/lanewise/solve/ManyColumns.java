package dev.lanewise.solve;

/** An objective of several columns of parameters, whose outputs have to do with one another. */
public interface ManyColumns extends Objective {

  /**
   * The second derivatives of all losses by the outputs of their samples, summed: how much the
   * columns have to do with one another.
   *
   * @param share of the samples, one in so many is taken, as in {@link #part}
   * @return K x K, symmetric
   */
  double[][] curvature(int share);
}
