package dev.lanewise.pass;

import dev.lanewise.matrix.MappedMatrix;
import dev.lanewise.matrix.SampleMatrix;

/**
 * Sums over all samples in double, for what is asked a few times in a run and must not have the
 * rounding of float32. Samples are cut into eight chunks, in their order; within a chunk they are
 * added in ascending order, and then the chunks. So the number of threads decides nothing.
 */
public final class DoublePass {

  private static final int CHUNKS = 8;

  private final Team team;
  private final SampleMatrix x;

  /** What a sample adds. */
  public interface Sample {

    /**
     * Adds a sample. Samples of other chunks may be added at the same time, to other sums.
     *
     * @param j its number
     * @param features its d features
     * @param sums the sums of its chunk
     */
    void add(int j, float[] features, double[] sums);
  }

  /**
   * A pass.
   *
   * @param team who computes
   * @param x X, d x m
   */
  public DoublePass(Team team, SampleMatrix x) {
    this.team = team;
    this.x = x;
  }

  /**
   * The memory that sums take.
   *
   * @param length how many there are
   * @return the size in bytes
   */
  public static long byteSize(long length) {
    return CHUNKS * length * Double.BYTES;
  }

  /**
   * Sums.
   *
   * @param length how many sums there are
   * @param sample what each sample adds
   * @return the sums over all samples
   */
  public double[] sum(int length, Sample sample) {
    double[][] sums = new double[CHUNKS][length];
    team.run(
        member -> {
          for (int chunk = member; chunk < CHUNKS; chunk += team.size()) {
            add(start(chunk), start(chunk + 1), sample, sums[chunk]);
          }
        });
    for (int chunk = 1; chunk < CHUNKS; chunk++) {
      for (int i = 0; i < length; i++) {
        sums[0][i] += sums[chunk][i];
      }
    }
    return sums[0];
  }

  private int start(int chunk) {
    return (int) ((long) x.columns() * chunk / CHUNKS);
  }

  private void add(int from, int to, Sample sample, double[] sums) {
    for (int j = from; j < to; j++) {
      sample.add(j, x.column(j), sums);
    }
    settle();
  }

  /**
   * To be called by a thread that read X outside of a pass, before it hands on what it made of it:
   * throws if a mapped file was cut meanwhile.
   */
  public void settle() {
    if (x instanceof MappedMatrix mapped) {
      mapped.settle();
    }
  }
}
