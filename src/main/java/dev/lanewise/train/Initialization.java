// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.train;

import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.nn.Parameters;
import dev.lanewise.options.Activation;
import dev.lanewise.options.HiddenLayers;
import dev.lanewise.random.MersenneTwister;
import dev.lanewise.random.SplitMix64;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.DoubleSupplier;

/**
 * What the weights are before the first iteration. They are drawn layer after layer, and within a
 * layer unit after unit; the same seed gives the same bits everywhere. Biases start from 0.
 *
 * @param kind the distribution and the generator
 * @param scale what normal numbers are multiplied by with {@link Kind#NUMPY}; else 1
 */
public record Initialization(Kind kind, double scale) {

  /** Distributions of initial weights. */
  public enum Kind {
    /** All weights are 0. */
    ZEROS,
    /** A normal distribution of mean 0 and standard deviation 0.01. */
    NORMAL,
    /** A normal distribution of mean 0 and standard deviation sqrt(2 / inputs). */
    HE,
    /** A uniform distribution between -r and r, r = sqrt(6 / (inputs + outputs)). */
    GLOROT,
    /** The numbers of {@code numpy.random.RandomState(seed).randn}, times a factor. */
    NUMPY,
    /** The same numbers, divided by sqrt(inputs). */
    NUMPY_FAN_IN
  }

  /** w = 0, as in the tutorial. Not for networks with hidden layers. */
  public static final Initialization ZEROS = new Initialization(Kind.ZEROS, 1);

  /** Weights from a normal distribution of mean 0 and standard deviation 0.01. */
  public static final Initialization NORMAL = new Initialization(Kind.NORMAL, 1);

  /**
   * Weights from a normal distribution of standard deviation sqrt(2 / inputs), for ReLU (He et al.,
   * "Delving deep into rectifiers", 2015).
   */
  public static final Initialization HE = new Initialization(Kind.HE, 1);

  /**
   * Weights from a uniform distribution between -sqrt(6 / (inputs + outputs)) and the opposite, for
   * tanh and sigmoid (Glorot and Bengio, "Understanding the difficulty of training deep feedforward
   * neural networks", 2010).
   */
  public static final Initialization GLOROT = new Initialization(Kind.GLOROT, 1);

  /** NumPy's normal numbers, divided by sqrt(inputs). */
  public static final Initialization NUMPY_FAN_IN = new Initialization(Kind.NUMPY_FAN_IN, 1);

  private static final String NUMPY = "numpy:";
  private static final String FAN_IN = "fan-in";
  private static final double DEVIATION = 0.01;

  // Products with normal numbers are neither 0 nor infinite in float32.
  private static final double LEAST_SCALE = 1e-30;
  private static final double LARGEST_SCALE = 1e30;

  private static final List<Initialization> NAMED =
      List.of(ZEROS, NORMAL, HE, GLOROT, NUMPY_FAN_IN);

  /**
   * Checks the components.
   *
   * @throws IllegalArgumentException if the scale is out of range, or not 1 for a kind without one
   */
  public Initialization {
    Objects.requireNonNull(kind, "kind");
    if (!(scale >= LEAST_SCALE && scale <= LARGEST_SCALE)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "the factor of NumPy's normal numbers is %s to %s, not %s",
              LEAST_SCALE,
              LARGEST_SCALE,
              scale));
    }
    if (kind != Kind.NUMPY && scale != 1) {
      throw new IllegalArgumentException("only NumPy's normal numbers have a factor: " + kind);
    }
  }

  /**
   * Returns NumPy's normal numbers times a factor.
   *
   * @param scale from 1e-30 to 1e30
   * @return initial weights
   * @throws IllegalArgumentException if the scale is out of range
   */
  public static Initialization numpy(double scale) {
    return new Initialization(Kind.NUMPY, scale);
  }

  /**
   * Returns the initial weights that a network starts from if nobody says otherwise.
   *
   * @param hidden its hidden layers
   * @return zeros without hidden layers, {@link #HE} with ReLU, else {@link #GLOROT}
   */
  public static Initialization usual(HiddenLayers hidden) {
    if (hidden.isNone()) {
      return ZEROS;
    }
    return hidden.activation() == Activation.RELU ? HE : GLOROT;
  }

  /**
   * Returns the initial weights of a name.
   *
   * @param id as {@link #id()} gives it, in upper or lower case
   * @return initial weights
   * @throws IllegalArgumentException if there are none of this name; the message lists those there
   *     are
   */
  public static Initialization parse(String id) {
    String name = id.toLowerCase(Locale.ROOT);
    for (Initialization named : NAMED) {
      if (named.id().equals(name)) {
        return named;
      }
    }
    if (name.startsWith(NUMPY)) {
      return numpy(scale(id.substring(NUMPY.length())));
    }
    throw new IllegalArgumentException(
        "expected zeros, normal, he, glorot, numpy:SCALE (as numpy:0.01) or numpy:fan-in, not '"
            + id
            + "'");
  }

  private static double scale(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "expected a number or fan-in after numpy:, not '" + text + "'");
    }
  }

  /**
   * The name on the command line.
   *
   * @return {@code zeros}, {@code normal}, {@code he}, {@code glorot}, {@code numpy:} with the
   *     factor, or {@code numpy:fan-in}
   */
  public String id() {
    switch (kind) {
      case NUMPY:
        return NUMPY + scale;
      case NUMPY_FAN_IN:
        return NUMPY + FAN_IN;
      default:
        return kind.name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Tells whether the weights depend on a seed.
   *
   * @return false for zeros
   */
  public boolean isRandom() {
    return kind != Kind.ZEROS;
  }

  /** Rejects a seed that the generator does not take. */
  void check(long seed) {
    if (usesNumpy()) {
      new MersenneTwister(seed);
    }
  }

  private boolean usesNumpy() {
    return kind == Kind.NUMPY || kind == Kind.NUMPY_FAN_IN;
  }

  /** Sets the weights of all layers, layer after layer, and the biases to 0. */
  void fill(Parameters parameters, long seed) {
    Draws draws = new Draws(seed);
    for (int l = 0; l < parameters.layout().layers().size(); l++) {
      draws.fill(parameters.weights(l));
      parameters.biases(l).clear();
    }
  }

  /** Sets the weights of one layer, inputs x outputs. */
  void fill(FloatMatrix w, long seed) {
    new Draws(seed).fill(w);
  }

  /** The numbers from a seed, in their order. */
  private final class Draws {

    private final SplitMix64 random;
    private final MersenneTwister numpy;

    /** The second number of a pair; NaN if there is none. */
    private double kept;

    Draws(long seed) {
      random = new SplitMix64(seed);
      numpy = usesNumpy() ? new MersenneTwister(seed) : null;
    }

    void fill(FloatMatrix w) {
      if (kind == Kind.ZEROS) {
        w.clear();
        return;
      }
      DoubleSupplier next = weights(w.rows(), w.columns());
      float[] column = new float[w.rows()];
      for (int k = 0; k < w.columns(); k++) {
        kept = Double.NaN;
        for (int i = 0; i < column.length; i++) {
          column[i] = (float) next.getAsDouble();
        }
        w.setColumn(k, column);
      }
    }

    private DoubleSupplier weights(int inputs, int outputs) {
      switch (kind) {
        case NORMAL:
          return () -> normal(DEVIATION);
        case HE:
          double deviation = Math.sqrt(2.0 / inputs);
          return () -> normal(deviation);
        case GLOROT:
          double limit = Math.sqrt(6 / ((double) inputs + outputs));
          return () -> limit * (2 * random.nextUnit() - 1);
        case NUMPY:
          return () -> numpy.nextNormal() * scale;
        default:
          double root = Math.sqrt(inputs);
          return () -> numpy.nextNormal() / root;
      }
    }

    /** Box and Muller, 1958, in pairs; StrictMath because its bits are specified. */
    private double normal(double deviation) {
      if (!Double.isNaN(kept)) {
        double second = kept;
        kept = Double.NaN;
        return second;
      }
      double radius = deviation * StrictMath.sqrt(-2 * StrictMath.log(random.nextUnit()));
      double angle = 2 * Math.PI * random.nextUnit();
      kept = radius * StrictMath.sin(angle);
      return radius * StrictMath.cos(angle);
    }
  }
}
