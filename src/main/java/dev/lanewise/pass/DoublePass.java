package dev.lanewise.pass;

import dev.lanewise.kernel.Kernels;
import dev.lanewise.kernel.Stage;
import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.matrix.SampleMatrix;
import java.lang.foreign.Arena;

/**
 * Sums over all samples in double, for what is asked a few times in a run and must not have the
 * rounding of float32. Samples are cut into eight chunks, in their order; within a chunk they are
 * added in ascending order, and then the chunks. So the number of threads decides nothing.
 */
public final class DoublePass {

  private static final int CHUNKS = 8;

  private final Team team;
  private final SampleMatrix x;
  private final Stage[] stages;

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
   * @param arena owns the memory of panels; shared, if the team has several members
   * @param kernels what turns bytes into floats; changes no bit
   * @param team who computes
   * @param x X, d x m
   */
  public DoublePass(Arena arena, Kernels kernels, Team team, SampleMatrix x) {
    this.team = team;
    this.x = x;
    this.stages = new Stage[team.size()];
    for (int member = 0; member < stages.length; member++) {
      stages[member] = Stage.floats(arena, kernels, x);
    }
  }

  /**
   * The memory that it takes.
   *
   * @param x X, d x m
   * @param members the size of the team
   * @param length how many sums there are
   * @return the size in bytes
   */
  public static long byteSize(SampleMatrix x, int members, long length) {
    return CHUNKS * length * Double.BYTES + members * Stage.byteSize(x);
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
            add(stages[member], chunk, sample, sums[chunk]);
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

  private void add(Stage stage, int chunk, Sample sample, double[] sums) {
    int to = start(chunk + 1);
    for (int from = start(chunk), end; from < to; from = end) {
      end = Math.min(to - from, stage.width()) + from;
      FloatMatrix columns = stage.columns(from, end);
      for (int j = from; j < end; j++) {
        sample.add(j, columns.column(j), sums);
      }
    }
    stage.settle();
  }
}
