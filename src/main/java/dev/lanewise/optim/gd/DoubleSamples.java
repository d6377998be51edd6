// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.optim.gd;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.lanewise.exec.Compute;
import dev.lanewise.exec.Workers;
import dev.lanewise.kernel.DoubleKernels;
import dev.lanewise.kernel.DoubleView;
import dev.lanewise.kernel.Stage;
import dev.lanewise.loss.Problem;
import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.matrix.SampleMatrix;
import dev.lanewise.matrix.Workspace;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * Products with X in double precision: X'X, X'W and X C. The features become double a section at a
 * time, so that X is never held in double as a whole.
 *
 * <p>A pixel is taken as its byte / 255, rounded once. The byte is found from the feature, so what
 * X is stored as changes no bit.
 */
final class DoubleSamples {

  private static final int SECTION = DoubleKernels.SECTION;

  // Samples that a stage gives at once.
  private static final int STAGED = 32;

  // Rows of a product that a worker computes at once: whole tiles of the kernels.
  private static final int BLOCK = 24;

  private static final float PIXEL_FACTOR = 1f / 255f;
  private static final double[] PIXELS = new double[256];

  static {
    Arrays.setAll(PIXELS, value -> value / 255.0);
  }

  private final DoubleKernels kernels;
  private final Workers workers;
  private final SampleMatrix x;
  private final boolean pixels;
  private final Stage[] stages;
  private final float[][] columns;

  private final int samples;
  private final int stride;
  private final int units;

  /** A section of the features of all samples, with the samples or the features side by side. */
  private final double[] panel;

  private final DoubleView bySample;
  private final DoubleView byFeature;

  /** The same section of W, SECTION x units. */
  private final double[] weights;

  private final DoubleView weightsView;

  // What a phase computes; set before it.
  private FloatMatrix w;
  private DoubleView gram;
  private DoubleView outputs;
  private DoubleView coefficients;
  private double scale;
  private FloatMatrix result;
  private int first;
  private int count;

  private final Workers.Task widen = this::widen;
  private final Workers.Task multiply = this::multiply;
  private final Workers.Task gather = this::gather;
  private final Workers.Task combine = this::combine;

  /**
   * Samples.
   *
   * @param workspace gives the memory
   * @param compute computes
   * @param problem has the samples
   * @param stride of the results, at least the number of samples, a multiple of 8
   * @param units columns of W
   */
  DoubleSamples(Workspace workspace, Compute compute, Problem problem, int stride, int units) {
    this.kernels = compute.kernels().doubles();
    this.workers = compute.workers(compute.threads());
    this.x = problem.x();
    this.pixels = problem.pixels();
    this.samples = x.columns();
    this.stride = stride;
    this.units = units;
    this.stages = new Stage[workers.count()];
    this.columns = new float[workers.count()][SECTION];
    for (int worker = 0; worker < stages.length; worker++) {
      stages[worker] = Stage.sections(workspace, compute.kernels(), x, SECTION, STAGED);
    }
    this.panel = workspace.doubles(1, Math.multiplyExact(SECTION, stride))[0];
    this.bySample = DoubleView.columns(panel, stride);
    this.byFeature = DoubleView.columns(panel, SECTION);
    this.weights = workspace.doubles(1, Math.multiplyExact(SECTION, units))[0];
    this.weightsView = DoubleView.columns(weights, SECTION);
  }

  /**
   * Computes X'W, and X'X if it is wanted.
   *
   * @param by W, d x units
   * @param z receives X'W, m x units; zeros at first
   * @param g receives X'X, m x m; zeros at first; null if it is not wanted
   */
  void products(FloatMatrix by, DoubleView z, DoubleView g) {
    w = by;
    outputs = z;
    gram = g;
    Arrays.fill(panel, 0);
    for (first = 0; first < x.rows(); first += SECTION) {
      count = Math.min(SECTION, x.rows() - first);
      workers.run(widen);
      workers.run(multiply);
    }
    for (int k = 1; g != null && k < samples; k++) {
      for (int j = 0; j < k; j++) {
        g.values()[g.index(j, k)] = g.values()[g.index(k, j)];
      }
    }
  }

  /** A section of X, samples side by side, and of W. */
  private void widen(int worker) {
    float[] column = columns[worker];
    int from = workers.first(samples, 1, worker);
    int to = workers.first(samples, 1, worker + 1);
    for (int begin = from; begin < to; begin += STAGED) {
      int end = Math.min(to, begin + STAGED);
      FloatMatrix staged =
          stages[worker].columns(begin, end, first, Math.min(x.paddedRows(), first + SECTION));
      for (int j = begin; j < end; j++) {
        read(staged, j, column);
        for (int i = 0; i < count; i++) {
          panel[i * stride + j] = exact(column[i]);
        }
      }
    }
    stages[worker].settle();
    for (int k = worker; k < units; k += workers.count()) {
      read(w, k, column);
      for (int i = 0; i < count; i++) {
        weights[k * SECTION + i] = column[i];
      }
    }
  }

  private void read(FloatMatrix from, int column, float[] to) {
    long offset = from.columnOffset(column) + (long) first * Float.BYTES;
    MemorySegment.copy(from.segment(), JAVA_FLOAT, offset, to, 0, count);
  }

  private double exact(float feature) {
    if (pixels) {
      int value = (int) (feature * 255 + 0.5f);
      if (value >= 0 && value < PIXELS.length && value * PIXEL_FACTOR == feature) {
        return PIXELS[value];
      }
    }
    return feature;
  }

  // Of X'X the blocks on the diagonal and below it: later blocks are wider.
  private void multiply(int worker) {
    for (int from = worker * BLOCK; from < stride; from += workers.count() * BLOCK) {
      int to = Math.min(stride, from + BLOCK);
      if (gram != null) {
        int wide = Math.min(samples, to);
        kernels.addProduct(bySample, bySample.transposed(), count, from, to, wide, gram);
      }
      kernels.addProduct(bySample, weightsView, count, from, to, units, outputs);
    }
  }

  /**
   * Computes scale W0 + X C.
   *
   * @param c C, m x units
   * @param factor what W0 is multiplied by
   * @param start W0, d x units
   * @param sum receives the weights, rounded to float32
   */
  void combination(DoubleView c, double factor, FloatMatrix start, FloatMatrix sum) {
    coefficients = c;
    scale = factor;
    w = start;
    result = sum;
    for (first = 0; first < x.rows(); first += SECTION) {
      count = Math.min(SECTION, x.rows() - first);
      workers.run(gather);
      workers.run(combine);
    }
  }

  /** A section of X, features side by side. */
  private void gather(int worker) {
    float[] column = columns[worker];
    int from = workers.first(samples, 1, worker);
    int to = workers.first(samples, 1, worker + 1);
    for (int begin = from; begin < to; begin += STAGED) {
      int end = Math.min(to, begin + STAGED);
      FloatMatrix staged =
          stages[worker].columns(begin, end, first, Math.min(x.paddedRows(), first + SECTION));
      for (int j = begin; j < end; j++) {
        read(staged, j, column);
        for (int i = 0; i < count; i++) {
          panel[j * SECTION + i] = exact(column[i]);
        }
      }
    }
    stages[worker].settle();
  }

  private void combine(int worker) {
    int from = workers.first(count, DoubleKernels.ROWS, worker);
    int end = workers.first(count, DoubleKernels.ROWS, worker + 1);
    if (from == end) {
      return;
    }
    int to = NetworkGramEngine.padded(end);
    for (int k = 0; k < units; k++) {
      Arrays.fill(weights, k * SECTION + from, k * SECTION + to, 0);
    }
    kernels.addProduct(byFeature, coefficients, samples, from, to, units, weightsView);
    for (int k = 0; k < units; k++) {
      for (int i = from; i < end; i++) {
        double sum = weights[k * SECTION + i];
        result.set(first + i, k, (float) Math.fma(scale, (double) w.get(first + i, k), sum));
      }
    }
  }
}
