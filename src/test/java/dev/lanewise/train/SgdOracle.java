// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.train;

import dev.lanewise.kernel.ContractOracle;
import dev.lanewise.options.Optimizer;
import dev.lanewise.options.Penalty;
import dev.lanewise.options.Schedule;
import dev.lanewise.options.SgdOptions;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Stochastic gradient descent on plain arrays, of one neuron or of K, as the contract reads: what
 * any kernel, team and storage is held against.
 */
final class SgdOracle {

  private static final BigInteger TWO_64 = BigInteger.ONE.shiftLeft(64);

  /** What a run leaves behind; the cost of the held-out part is NaN where there is none. */
  record Outcome(float[][] w, float[] b, int epochs, int bestEpoch, double heldOutCost) {}

  private final float[][] x;
  private final int[] y;
  private final float[] s;
  private final SgdOptions options;
  private final Penalty penalty;

  private final int columns;

  /** By columns. */
  private float[][] w;

  private float[] b;
  private float[][] u;
  private float[][] v;
  private double[] ub;
  private double[] vb;
  private double left1 = 1;
  private double left2 = 1;

  private long state;

  SgdOracle(float[][] x, int[] y, float[] s, SgdOptions options, Penalty penalty, int columns) {
    this.columns = columns;
    this.x = x;
    this.y = y;
    this.s = s;
    this.options = options;
    this.penalty = penalty;
  }

  private static float[][] copy(float[][] w) {
    float[][] copy = new float[w.length][];
    for (int k = 0; k < w.length; k++) {
      copy[k] = w[k].clone();
    }
    return copy;
  }

  Outcome run(float[][] start, double alpha, int epochs, long seed) {
    w = copy(start);
    b = new float[columns];
    u = new float[columns][w[0].length];
    v = new float[columns][w[0].length];
    ub = new double[columns];
    vb = new double[columns];
    List<Integer> order = new ArrayList<>();
    List<Integer> heldOut = new ArrayList<>();
    part(order, heldOut, seed);
    state = seed ^ 0x73687566666C6521L;
    float[][] bestW = copy(w);
    float[] bestB = b.clone();
    double bestCost = heldOut.isEmpty() ? Double.NaN : cost(heldOut);
    int bestEpoch = 0;
    int epoch = 0;
    while (epoch < epochs) {
      double rate = rate(alpha, epoch, epochs);
      float[][] beforeW = copy(w);
      float[] beforeB = b.clone();
      shuffle(order);
      int n = order.size();
      for (int from = 0; from < n; from += options.batchSize()) {
        step(order.subList(from, Math.min(n, from + options.batchSize())), n, rate);
      }
      epoch++;
      if (!heldOut.isEmpty()) {
        double cost = cost(heldOut);
        if (cost < bestCost) {
          bestCost = cost;
          bestEpoch = epoch;
          bestW = copy(w);
          bestB = b.clone();
        }
        if (epoch - bestEpoch >= options.patience()) {
          break;
        }
      }
      if (isUnmoved(beforeW, beforeB)) {
        break;
      }
    }
    return heldOut.isEmpty()
        ? new Outcome(w, b, epoch, 0, Double.NaN)
        : new Outcome(bestW, bestB, epoch, bestEpoch, bestCost);
  }

  // Weights to the bit, biases as numbers.
  private boolean isUnmoved(float[][] beforeW, float[] beforeB) {
    boolean unmoved = Arrays.deepEquals(w, beforeW);
    for (int k = 0; k < columns; k++) {
      unmoved &= b[k] == beforeB[k];
    }
    return unmoved;
  }

  private void part(List<Integer> learned, List<Integer> heldOut, long seed) {
    state = seed ^ 0x68656C642D6F7574L;
    boolean[] held = new boolean[x.length];
    for (int k = 0; k < Math.max(2, columns) && options.holdout() > 0; k++) {
      List<Integer> ofClass = new ArrayList<>();
      for (int j = 0; j < x.length; j++) {
        if (y[j] == k) {
          ofClass.add(j);
        }
      }
      shuffle(ofClass);
      int count = (int) Math.floor(options.holdout() * ofClass.size() + 0.5);
      for (int i = 0; i < count; i++) {
        held[ofClass.get(i)] = true;
      }
    }
    for (int j = 0; j < x.length; j++) {
      (held[j] ? heldOut : learned).add(j);
    }
  }

  private void shuffle(List<Integer> numbers) {
    for (int i = numbers.size() - 1; i > 0; i--) {
      Collections.swap(numbers, i, below(i + 1));
    }
  }

  private int below(int n) {
    BigInteger bound = BigInteger.valueOf(n);
    while (true) {
      state += 0x9E3779B97F4A7C15L;
      long z = (state ^ (state >>> 30)) * 0xBF58476D1CE4E5B9L;
      z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
      BigInteger drawn = new BigInteger(Long.toUnsignedString(z ^ (z >>> 31)));
      BigInteger[] halves = drawn.multiply(bound).divideAndRemainder(TWO_64);
      if (halves[1].compareTo(TWO_64.mod(bound)) >= 0) {
        return halves[0].intValueExact();
      }
    }
  }

  private double rate(double alpha, int t, int epochs) {
    Schedule schedule = options.schedule();
    switch (schedule.kind()) {
      case CONSTANT:
        return alpha;
      case INVERSE_TIME:
        return alpha / (1 + schedule.decay() * t);
      case COSINE:
        return alpha * ((1 + StrictMath.cos(Math.PI * t / epochs)) / 2);
      default:
        return alpha * StrictMath.pow(schedule.decay(), Math.floor((double) t / schedule.every()));
    }
  }

  private double cost(List<Integer> numbers) {
    double sum = 0;
    for (int j : numbers) {
      float loss = compare(j)[columns];
      sum += s == null ? loss : loss * s[j];
    }
    return sum / numbers.size();
  }

  /** The errors of a sample, then its loss. */
  private float[] compare(int j) {
    float[] z = new float[columns];
    for (int k = 0; k < columns; k++) {
      z[k] = ContractOracle.dot(x[j], w[k]) + b[k];
    }
    return columns > 1
        ? ContractOracle.softmax(z, y[j])
        : new float[] {ContractOracle.error(z[0], y[j]), ContractOracle.loss(z[0], y[j])};
  }

  private void step(List<Integer> batch, int n, double rate) {
    float[][] g = new float[columns][w[0].length];
    double[] errors = new double[columns];
    for (int j : batch) {
      float[] compared = compare(j);
      for (int k = 0; k < columns; k++) {
        float e = s == null ? compared[k] : compared[k] * s[j];
        for (int i = 0; i < g[k].length; i++) {
          g[k][i] = Math.fma(e, x[j][i], g[k][i]);
        }
        errors[k] += e;
      }
    }
    if (options.optimizer() instanceof Optimizer.Adam adam) {
      left1 *= adam.beta1();
      left2 *= adam.beta2();
    }
    for (int k = 0; k < columns; k++) {
      move(k, w[k], g[k], errors[k], batch.size(), n, rate);
    }
  }

  private void move(int k, float[] w, float[] g, double errors, int size, int n, double rate) {
    double squares = penalty.l2() / n;
    double sizes = penalty.l1() / n;
    if (options.optimizer() instanceof Optimizer.Adam adam) {
      adam(adam, k, w, g, errors, size, rate, squares, sizes);
      return;
    }
    Optimizer.Sgd sgd = (Optimizer.Sgd) options.optimizer();
    double mu = sgd.momentum();
    if (mu == 0) {
      float step = (float) (-rate / size);
      float shrink = (float) (1 - rate * squares);
      for (int i = 0; i < w.length; i++) {
        w[i] = Math.fma(step, g[i], shrink * w[i]);
      }
      threshold(w, (float) (rate * sizes));
      b[k] = (float) Math.fma(-rate / size, errors, (double) b[k]);
      return;
    }
    mean(w, g, size, squares);
    float[] u = this.u[k];
    for (int i = 0; i < w.length; i++) {
      u[i] = Math.fma(1f, g[i], (float) mu * u[i]);
      if (sgd.nesterov()) {
        w[i] = Math.fma((float) -rate, g[i], w[i]);
        w[i] = Math.fma((float) (-rate * mu), u[i], w[i]);
      } else {
        w[i] = Math.fma((float) -rate, u[i], w[i]);
      }
    }
    threshold(w, (float) (rate * (sizes / (1 - mu))));
    double slope = errors / size;
    ub[k] = Math.fma(mu, ub[k], slope);
    double along = sgd.nesterov() ? Math.fma(mu, ub[k], slope) : ub[k];
    b[k] = (float) Math.fma(-rate, along, (double) b[k]);
  }

  private static void mean(float[] w, float[] g, int size, double squares) {
    for (int i = 0; i < g.length; i++) {
      g[i] = (float) (1.0 / size) * g[i];
      if (squares != 0) {
        g[i] = Math.fma((float) squares, w[i], g[i]);
      }
    }
  }

  private void threshold(float[] w, float t) {
    for (int i = 0; i < w.length && penalty.l1() > 0; i++) {
      w[i] = ContractOracle.softThreshold(w[i], t);
    }
  }

  private void adam(
      Optimizer.Adam adam,
      int k,
      float[] w,
      float[] g,
      double errors,
      int size,
      double rate,
      double squares,
      double sizes) {
    mean(w, g, size, squares);
    float[] u = this.u[k];
    float[] v = this.v[k];
    double root = Math.sqrt(1 - left2);
    double step = -(rate * root / (1 - left1));
    double t = rate * root * sizes;
    double epsilon = adam.epsilon() * root;
    float keep1 = (float) adam.beta1();
    float add1 = (float) (1 - adam.beta1());
    float keep2 = (float) adam.beta2();
    float add2 = (float) (1 - adam.beta2());
    for (int i = 0; i < w.length; i++) {
      u[i] = Math.fma(add1, g[i], keep1 * u[i]);
      v[i] = ContractOracle.squares(v[i], keep2, add2, g[i]);
      w[i] =
          ContractOracle.adaptiveStep(w[i], (float) step, (float) t, (float) epsilon, u[i], v[i]);
    }
    double slope = errors / size;
    ub[k] = Math.fma(1 - adam.beta1(), slope, adam.beta1() * ub[k]);
    vb[k] = Math.fma((1 - adam.beta2()) * slope, slope, adam.beta2() * vb[k]);
    b[k] = (float) Math.fma(step / (Math.sqrt(vb[k]) + epsilon), ub[k], (double) b[k]);
  }
}
