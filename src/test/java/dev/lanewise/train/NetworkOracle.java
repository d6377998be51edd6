// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.train;

import dev.lanewise.kernel.ContractOracle;
import dev.lanewise.options.HiddenLayers;
import dev.lanewise.options.Optimizer;
import dev.lanewise.options.Penalty;
import dev.lanewise.random.SplitMix64;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Section 21 of the contract on plain arrays: descent on all samples, and on batches. Layers are
 * numbered from 0 here.
 */
final class NetworkOracle {

  private static final int SECTION = 256;
  private static final int BLOCK = 256;

  /** Sums over some samples: of each layer g by units, the errors, and the losses. */
  private record Sums(float[][][] g, double[][] errors, double[] loss) {}

  private final float[][] x;
  private final int[] y;
  private final float[] s;
  private final HiddenLayers hidden;
  private final Penalty penalty;

  /** By layer, unit and input. */
  final float[][][] w;

  final float[][] b;

  private float[][][] u;
  private float[][][] v;
  private double[][] ub;
  private double[][] vb;
  private double left1 = 1;
  private double left2 = 1;

  /** The draws of dropout; 0 without it. */
  private long key;

  private boolean drops;

  NetworkOracle(
      float[][] x, int[] y, float[] s, HiddenLayers hidden, Penalty penalty, float[][][] start) {
    this.x = x;
    this.y = y;
    this.s = s;
    this.hidden = hidden;
    this.penalty = penalty;
    this.w = new float[start.length][][];
    this.b = new float[start.length][];
    for (int l = 0; l < w.length; l++) {
      w[l] = Arrays.stream(start[l]).map(float[]::clone).toArray(float[][]::new);
      b[l] = new float[w[l].length];
    }
  }

  /** One iteration of descent on all samples; returns the cost before it. */
  double iterate(double alpha) {
    int m = x.length;
    double penalties = penalties();
    Sums sums = node(0, (m - 1) / BLOCK + 1);
    float step = (float) (-alpha / m);
    float shrink = (float) (1 - alpha * penalty.l2() / m);
    float t = (float) (alpha * penalty.l1() / m);
    for (int l = 0; l < w.length; l++) {
      for (int k = 0; k < w[l].length; k++) {
        for (int i = 0; i < w[l][k].length; i++) {
          float moved = Math.fma(step, sums.g[l][k][i], shrink * w[l][k][i]);
          w[l][k][i] = penalty.l1() > 0 ? ContractOracle.softThreshold(moved, t) : moved;
        }
        b[l][k] = (float) Math.fma(-alpha / m, sums.errors[l][k], (double) b[l][k]);
      }
    }
    return (sums.loss[0] + penalties) / m;
  }

  private double penalties() {
    double sum = 0;
    for (float[][] layer : w) {
      double squares = 0;
      double sizes = 0;
      for (float[] unit : layer) {
        squares += lanes(unit, true);
        sizes += lanes(unit, false);
      }
      if (penalty.l2() != 0) {
        sum += penalty.l2() / 2 * squares;
      }
      if (penalty.l1() != 0) {
        sum += penalty.l1() * sizes;
      }
    }
    return sum;
  }

  /** Section 14's sum of squares or sizes of one column, in 16 lanes of double. */
  private static double lanes(float[] values, boolean squares) {
    double[] lanes = new double[16];
    for (int i = 0; i < values.length; i++) {
      double value = values[i];
      lanes[i % 16] =
          squares ? Math.fma(value, value, lanes[i % 16]) : lanes[i % 16] + Math.abs(value);
    }
    for (int half = 8; half > 0; half /= 2) {
      for (int lane = 0; lane < half; lane++) {
        lanes[lane] += lanes[lane + half];
      }
    }
    return lanes[0];
  }

  private Sums node(int first, int blocks) {
    if (blocks == 1) {
      int from = first * BLOCK;
      return block(IntStream.range(from, Math.min(x.length, from + BLOCK)).toArray());
    }
    int left = Integer.highestOneBit(blocks - 1);
    Sums sum = node(first, left);
    Sums right = node(first + left, blocks - left);
    for (int l = 0; l < w.length; l++) {
      for (int k = 0; k < w[l].length; k++) {
        for (int i = 0; i < w[l][k].length; i++) {
          sum.g[l][k][i] += right.g[l][k][i];
        }
        sum.errors[l][k] += right.errors[l][k];
      }
    }
    sum.loss[0] += right.loss[0];
    return sum;
  }

  private Sums block(int[] samples) {
    float[][][] g = new float[w.length][][];
    double[][] errors = new double[w.length][];
    for (int l = 0; l < w.length; l++) {
      g[l] = new float[w[l].length][w[l][0].length];
      errors[l] = new double[w[l].length];
    }
    Sums sums = new Sums(g, errors, new double[1]);
    for (int j : samples) {
      add(j, sums);
    }
    return sums;
  }

  private void add(int j, Sums sums) {
    int last = w.length - 1;
    float[][] a = new float[w.length + 1][];
    float[][] slopes = new float[w.length][];
    a[0] = x[j];
    for (int l = 0; l < w.length; l++) {
      a[l + 1] = outputs(l, a[l]);
      if (l < last) {
        slopes[l] = activate(a[l + 1]);
        drop(j, l, a[l + 1], slopes[l]);
      }
    }
    float[] compared = compare(a[w.length], y[j]);
    float[] e = Arrays.copyOf(compared, w[last].length);
    float loss = compared[w[last].length];
    if (s != null) {
      for (int k = 0; k < e.length; k++) {
        e[k] *= s[j];
      }
      loss *= s[j];
    }
    sums.loss[0] += loss;
    for (int l = last; l >= 0; l--) {
      for (int k = 0; k < e.length; k++) {
        for (int i = 0; i < a[l].length; i++) {
          sums.g[l][k][i] = Math.fma(a[l][i], e[k], sums.g[l][k][i]);
        }
        sums.errors[l][k] += e[k];
      }
      if (l > 0) {
        e = deltas(l, e, slopes[l - 1], a[l]);
      }
    }
  }

  private float[] outputs(int l, float[] a) {
    float[] z = new float[w[l].length];
    for (int k = 0; k < z.length; k++) {
      z[k] = b[l][k];
      for (int first = 0; first < a.length; first += SECTION) {
        z[k] += section(w[l][k], a, first);
      }
    }
    return z;
  }

  private float[] deltas(int l, float[] e, float[] slopes, float[] a) {
    float[] below = new float[a.length];
    for (int i = 0; i < below.length; i++) {
      float[] row = new float[e.length];
      for (int k = 0; k < e.length; k++) {
        row[k] = w[l][k][i];
      }
      float t = section(row, e, 0);
      for (int first = SECTION; first < e.length; first += SECTION) {
        t += section(row, e, first);
      }
      below[i] = slope(t, a[i], slopes[i]);
    }
    return below;
  }

  // Without dropout relu makes +0 of an error, and does not multiply.
  private float slope(float t, float a, float slope) {
    return switch (hidden.activation()) {
      case RELU -> drops ? t * slope : a > 0 ? t : 0f;
      case IDENTITY -> drops ? t * slope : t;
      default -> t * slope;
    };
  }

  private static float section(float[] p, float[] q, int first) {
    float part = 0;
    for (int i = first; i < Math.min(p.length, first + SECTION); i++) {
      part = Math.fma(p[i], q[i], part);
    }
    return part;
  }

  /** Makes activations of z in their place; returns the slopes. */
  private float[] activate(float[] z) {
    float[] slopes = new float[z.length];
    for (int k = 0; k < z.length; k++) {
      switch (hidden.activation()) {
        case RELU -> {
          z[k] = Math.max(z[k], 0f);
          slopes[k] = z[k] > 0 ? 1 : 0;
        }
        case TANH -> {
          z[k] = ContractOracle.tanh(z[k]);
          slopes[k] = Math.fma(-z[k], z[k], 1f);
        }
        case SIGMOID -> {
          z[k] = ContractOracle.sigmoid(z[k]);
          slopes[k] = Math.fma(-z[k], z[k], z[k]);
        }
        default -> slopes[k] = 1;
      }
    }
    return slopes;
  }

  private void drop(int j, int l, float[] a, float[] slopes) {
    for (int k = 0; drops && k < a.length; k++) {
      long draw = mix(mix(key + j) + ((long) l << 32) + k) >>> 40;
      float r =
          draw < Math.round(hidden.dropout() * 0x1p24) ? 0f : (float) (1 / (1 - hidden.dropout()));
      a[k] *= r;
      slopes[k] *= r;
    }
  }

  private static long mix(long state) {
    long z = (state ^ (state >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  private static float[] compare(float[] z, int label) {
    return z.length > 1
        ? ContractOracle.softmax(z, label)
        : new float[] {ContractOracle.error(z[0], label), ContractOracle.loss(z[0], label)};
  }

  /** Epochs of batches; no samples are held out. */
  void epochs(Optimizer optimizer, int batchSize, double rate, int epochs, long seed) {
    u = zeros();
    v = zeros();
    ub = new double[w.length][];
    vb = new double[w.length][];
    for (int l = 0; l < w.length; l++) {
      ub[l] = new double[b[l].length];
      vb[l] = new double[b[l].length];
    }
    drops = hidden.dropout() > 0;
    SplitMix64 random = new SplitMix64(seed ^ 0x73687566666C6521L);
    int[] order = IntStream.range(0, x.length).toArray();
    for (int epoch = 0; epoch < epochs; epoch++) {
      key = mix(mix(seed ^ 0x64726F706F757431L) + epoch);
      random.shuffle(order);
      for (int from = 0; from < order.length; from += batchSize) {
        int to = Math.min(order.length, from + batchSize);
        step(optimizer, block(Arrays.copyOfRange(order, from, to)), to - from, rate);
      }
    }
  }

  private float[][][] zeros() {
    float[][][] zeros = new float[w.length][][];
    for (int l = 0; l < w.length; l++) {
      zeros[l] = new float[w[l].length][w[l][0].length];
    }
    return zeros;
  }

  private void step(Optimizer optimizer, Sums sums, int size, double rate) {
    double squares = penalty.l2() / x.length;
    if (optimizer instanceof Optimizer.Adam adam) {
      left1 *= adam.beta1();
      left2 *= adam.beta2();
    }
    for (int l = 0; l < w.length; l++) {
      for (int k = 0; k < w[l].length; k++) {
        if (optimizer instanceof Optimizer.Adam adam) {
          adam(adam, l, k, sums.g[l][k], sums.errors[l][k], size, rate, squares);
        } else {
          momentum(
              (Optimizer.Sgd) optimizer,
              l,
              k,
              sums.g[l][k],
              sums.errors[l][k],
              size,
              rate,
              squares);
        }
      }
    }
  }

  private void momentum(
      Optimizer.Sgd sgd,
      int l,
      int k,
      float[] g,
      double errors,
      int size,
      double rate,
      double squares) {
    float[] weights = w[l][k];
    double mu = sgd.momentum();
    for (int i = 0; i < weights.length; i++) {
      if (mu == 0) {
        float shrink = (float) (1 - rate * squares);
        weights[i] = Math.fma((float) (-rate / size), g[i], shrink * weights[i]);
        continue;
      }
      float mean = mean(g[i], weights[i], size, squares);
      u[l][k][i] = Math.fma(1f, mean, (float) mu * u[l][k][i]);
      if (sgd.nesterov()) {
        weights[i] = Math.fma((float) -rate, mean, weights[i]);
        weights[i] = Math.fma((float) (-rate * mu), u[l][k][i], weights[i]);
      } else {
        weights[i] = Math.fma((float) -rate, u[l][k][i], weights[i]);
      }
    }
    if (mu == 0) {
      b[l][k] = (float) Math.fma(-rate / size, errors, (double) b[l][k]);
      return;
    }
    double slope = errors / size;
    ub[l][k] = Math.fma(mu, ub[l][k], slope);
    double along = sgd.nesterov() ? Math.fma(mu, ub[l][k], slope) : ub[l][k];
    b[l][k] = (float) Math.fma(-rate, along, (double) b[l][k]);
  }

  private static float mean(float g, float w, int size, double squares) {
    float mean = (float) (1.0 / size) * g;
    return squares == 0 ? mean : Math.fma((float) squares, w, mean);
  }

  private void adam(
      Optimizer.Adam adam,
      int l,
      int k,
      float[] g,
      double errors,
      int size,
      double rate,
      double squares) {
    float[] weights = w[l][k];
    double root = Math.sqrt(1 - left2);
    double scaled = rate * root;
    double step = -(scaled / (1 - left1));
    double epsilon = adam.epsilon() * root;
    for (int i = 0; i < weights.length; i++) {
      float mean = mean(g[i], weights[i], size, adam.decoupled() ? 0 : squares);
      u[l][k][i] = Math.fma((float) (1 - adam.beta1()), mean, (float) adam.beta1() * u[l][k][i]);
      v[l][k][i] =
          ContractOracle.squares(
              v[l][k][i], (float) adam.beta2(), (float) (1 - adam.beta2()), mean);
      if (adam.decoupled() && squares != 0) {
        weights[i] *= (float) (1 - rate * squares);
      }
      weights[i] =
          ContractOracle.adaptiveStep(
              weights[i], (float) step, 0f, (float) epsilon, u[l][k][i], v[l][k][i]);
    }
    double slope = errors / size;
    ub[l][k] = Math.fma(1 - adam.beta1(), slope, adam.beta1() * ub[l][k]);
    vb[l][k] = Math.fma((1 - adam.beta2()) * slope, slope, adam.beta2() * vb[l][k]);
    b[l][k] = (float) Math.fma(step / (Math.sqrt(vb[l][k]) + epsilon), ub[l][k], (double) b[l][k]);
  }
}
