// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.bench.score;

import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** The probabilities of all classes of one row at a time, by one library. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(3)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class Score {

  private static final double TOLERANCE = 1e-5;

  /** How many features a row has. */
  @Param({"30", "784", "12288"})
  public int features;

  /** How many classes there are. */
  @Param({"2", "10"})
  public int classes;

  /** Which library scores. */
  @Param({"lanewise", "smile", "tribuo", "onnxruntime"})
  public String library;

  private RowModel model;

  /** Called by JMH. */
  public Score() {}

  /** Makes the model, and verifies the probabilities that it gives. */
  @Setup
  public void setUp() {
    LinearProblem problem = LinearProblem.draw(features, classes);
    model =
        switch (library) {
          case "lanewise" -> new LanewiseRows(problem);
          case "smile" -> new SmileRows(problem);
          case "tribuo" -> new TribuoRows(problem);
          case "onnxruntime" -> new OnnxRows(problem);
          default -> throw new IllegalArgumentException("no library is called " + library);
        };
    RowModel.Caller caller = model.caller();
    for (int row = 0; row < LinearProblem.ROWS; row++) {
      double found = caller.score(row);
      double expected = model.expected(row);
      if (!(Math.abs(found - expected) <= TOLERANCE)) {
        throw new IllegalStateException(
            String.format(
                Locale.ROOT, "%s: row %d has %s, expected %s", library, row, found, expected));
      }
    }
  }

  /** Frees what the library holds. */
  @TearDown
  public void tearDown() {
    model.close();
  }

  /** What one thread needs. */
  @State(Scope.Thread)
  public static class Thread {

    private RowModel.Caller caller;
    private int row;

    /** Called by JMH. */
    public Thread() {}

    /**
     * Makes the caller of this thread.
     *
     * @param score the model of all threads
     */
    @Setup
    public void setUp(Score score) {
      caller = score.model.caller();
    }
  }

  /**
   * What is timed.
   *
   * @param thread the caller and its next row
   * @return the probability of class 1
   */
  @Benchmark
  public double score(Thread thread) {
    thread.row = (thread.row + 1) % LinearProblem.ROWS;
    return thread.caller.score(thread.row);
  }
}
