// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.kernel;

/**
 * The contract of the numbers written down a third time, on plain arrays without padding, as its
 * document reads: what both kernels and the engines are held against.
 */
public final class ContractOracle {

  private ContractOracle() {}

  /** Rule 2. */
  public static float dot(float[] x, float[] w) {
    float[] lanes = new float[16];
    for (int i = 0; i < (x.length + 15) / 16 * 16; i++) {
      float xi = i < x.length ? x[i] : 0f;
      float wi = i < w.length ? w[i] : 0f;
      lanes[i % 16] = Math.fma(xi, wi, lanes[i % 16]);
    }
    for (int distance = 8; distance >= 1; distance /= 2) {
      for (int lane = 0; lane < distance; lane++) {
        lanes[lane] += lanes[lane + distance];
      }
    }
    return lanes[0];
  }

  /** An entry of X'X: the lanes of sections of 1024 features, then the fold of rule 2. */
  public static float gram(float[] a, float[] b) {
    float[] lanes = new float[16];
    for (int from = 0; from < a.length; from += 1024) {
      float[] section = new float[16];
      int to = Math.min(a.length, from + 1024);
      for (int i = from; i < (to + 15) / 16 * 16; i++) {
        float ai = i < to ? a[i] : 0f;
        float bi = i < to ? b[i] : 0f;
        section[i % 16] = Math.fma(ai, bi, section[i % 16]);
      }
      for (int lane = 0; lane < 16; lane++) {
        lanes[lane] += section[lane];
      }
    }
    for (int distance = 8; distance >= 1; distance /= 2) {
      for (int lane = 0; lane < distance; lane++) {
        lanes[lane] += lanes[lane + distance];
      }
    }
    return lanes[0];
  }

  public static float error(float z, int y) {
    float s = 1 - 2 * y;
    return s * ContractFunctions.sigmoid(s * z);
  }

  public static float loss(float z, int y) {
    return ContractFunctions.softplus(y == 1 ? -z : z);
  }

  /** g(z). */
  public static float sigmoid(float z) {
    return ContractFunctions.sigmoid(z);
  }

  /** The hyperbolic tangent. */
  public static float tanh(float z) {
    return ContractFunctions.tanh(z);
  }

  /** a (1 - a) without the cancellation. */
  public static float curvature(float z) {
    return ContractFunctions.sigmoid(z) * ContractFunctions.sigmoid(-z);
  }

  /** |w| - t with the sign of w, or +0. */
  public static float softThreshold(float w, float t) {
    if (Float.isNaN(w)) {
      return w;
    }
    float left = Math.abs(w) - t;
    return left > 0 ? Math.copySign(left, w) : 0f;
  }

  /** A running mean of squares. */
  public static float squares(float v, float keep, float add, float g) {
    return Math.fma(add * g, g, keep * v);
  }

  /** A step along u that the root of v divides, and the threshold's with it. */
  public static float adaptiveStep(float w, float step, float t, float epsilon, float u, float v) {
    float root = (float) Math.sqrt((double) v) + epsilon;
    return softThreshold(Math.fma(step / root, u, w), t / root);
  }

  /** The part that some samples have in X D X', added to h: entry i, k is h[i][k]. */
  public static void outer(float[][] x, int from, int to, float[] d, float[][] h) {
    for (int j = from; j < to; j++) {
      for (int i = 0; i < h.length; i++) {
        float scaled = x[j][i] * d[j];
        for (int k = 0; k < h[i].length; k++) {
          h[i][k] = Math.fma(scaled, x[j][k], h[i][k]);
        }
      }
    }
  }

  /** What softmax makes of the z of one sample: e, then the loss. */
  public static float[] softmax(float[] z, int label) {
    float largest = Float.NEGATIVE_INFINITY;
    for (float zk : z) {
      largest = Math.max(largest, zk);
    }
    float sum = 0;
    float others = 0;
    float[] result = new float[z.length + 1];
    for (int k = 0; k < z.length; k++) {
      result[k] = ContractFunctions.exp(z[k] - largest);
      sum += result[k];
      if (k != label) {
        others += result[k];
      }
    }
    for (int k = 0; k < z.length; k++) {
      result[k] = k == label ? -others / sum : result[k] / sum;
    }
    float own = label == -1 ? 0 : z[label];
    float distance = largest - own;
    float rest = distance == 0 ? others : sum - 1;
    result[z.length] = ContractFunctions.log1p(rest) + distance;
    return result;
  }

  /** The softmax loss's second derivative, times v. */
  public static float[] softmaxCurvature(float[] p, float[] v) {
    float mean = 0;
    for (int k = 0; k < p.length; k++) {
      mean = Math.fma(p[k], v[k], mean);
    }
    float[] result = new float[p.length];
    for (int k = 0; k < p.length; k++) {
      result[k] = p[k] * (v[k] - mean);
    }
    return result;
  }

  /** What a whole iteration leaves behind: equations (1) to (9), rules 2 to 5. */
  public record State(float[] w, float b, double cost) {}

  public static State iterate(float[][] x, int[] y, float[] w, float b, double alpha) {
    int m = x.length;
    float[] z = new float[m];
    for (int j = 0; j < m; j++) {
      z[j] = dot(x[j], w) + b;
    }
    Sums sums = range(x, y, z, 0, (m + 255) / 256);
    float step = (float) (-alpha / m);
    float[] next = new float[w.length];
    for (int i = 0; i < w.length; i++) {
      next[i] = Math.fma(step, sums.g[i], w[i]);
    }
    float nextB = (float) Math.fma(-alpha / m, sums.errors, (double) b);
    return new State(next, nextB, sums.losses / m);
  }

  private record Sums(float[] g, double errors, double losses) {}

  /** Rule 4: a range of n blocks splits after the largest power of two below n. */
  private static Sums range(float[][] x, int[] y, float[] z, int first, int blocks) {
    if (blocks == 1) {
      return block(x, y, z, first * 256, Math.min(x.length, first * 256 + 256));
    }
    int left = 1;
    while (left * 2 < blocks) {
      left *= 2;
    }
    Sums a = range(x, y, z, first, left);
    Sums b = range(x, y, z, first + left, blocks - left);
    float[] g = new float[a.g.length];
    for (int i = 0; i < g.length; i++) {
      g[i] = a.g[i] + b.g[i];
    }
    return new Sums(g, a.errors + b.errors, a.losses + b.losses);
  }

  private static Sums block(float[][] x, int[] y, float[] z, int from, int to) {
    float[] g = new float[x[0].length];
    double errors = 0;
    double losses = 0;
    for (int j = from; j < to; j++) {
      float e = error(z[j], y[j]);
      for (int i = 0; i < g.length; i++) {
        g[i] = Math.fma(e, x[j][i], g[i]);
      }
      errors += e;
      losses += loss(z[j], y[j]);
    }
    return new Sums(g, errors, losses);
  }

  /** What iterations of the gram engine leave behind, and the cost of each. */
  public record GramRun(float[] w, float b, double[] costs) {}

  public static GramRun gramRun(float[][] x, int[] y, float[] w0, double alpha, int iterations) {
    int m = x.length;
    float[][] g = new float[m][m];
    float[] z0 = new float[m];
    boolean zero = true;
    for (float w : w0) {
      zero &= w == 0;
    }
    for (int j = 0; j < m; j++) {
      z0[j] = dot(x[j], w0) + 0f;
      for (int k = 0; k < m; k++) {
        g[j][k] = gram(x[j], x[k]);
      }
    }
    float step = (float) (-alpha / m);
    float[] c = new float[m];
    float b = 0;
    double[] costs = new double[iterations];
    for (int iteration = 0; iteration < iterations; iteration++) {
      float[] z = new float[m];
      float[] e = new float[m];
      for (int j = 0; j < m; j++) {
        z[j] = dot(g[j], c) + b;
        if (!zero) {
          z[j] += z0[j];
        }
        e[j] = error(z[j], y[j]);
      }
      Sums sums = range(x, y, z, 0, (m + 255) / 256);
      costs[iteration] = sums.losses / m;
      for (int j = 0; j < m; j++) {
        c[j] = Math.fma(step, e[j], c[j]);
      }
      b = (float) Math.fma(-alpha / m, sums.errors, (double) b);
    }
    float[] w = combination(x, c, 0, (m + 255) / 256);
    for (int i = 0; i < w.length; i++) {
      w[i] = w0[i] + w[i];
    }
    return new GramRun(w, b, costs);
  }

  private static float[] combination(float[][] x, float[] c, int first, int blocks) {
    float[] sum = new float[x[0].length];
    if (blocks == 1) {
      for (int j = first * 256; j < Math.min(x.length, first * 256 + 256); j++) {
        for (int i = 0; i < sum.length; i++) {
          sum[i] = Math.fma(c[j], x[j][i], sum[i]);
        }
      }
      return sum;
    }
    int left = 1;
    while (left * 2 < blocks) {
      left *= 2;
    }
    float[] a = combination(x, c, first, left);
    float[] b = combination(x, c, first + left, blocks - left);
    for (int i = 0; i < sum.length; i++) {
      sum[i] = a[i] + b[i];
    }
    return sum;
  }
}
