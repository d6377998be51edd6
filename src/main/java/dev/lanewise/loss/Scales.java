// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.loss;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.nn.Parameters;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.stream.IntStream;

/**
 * The coordinates in which solvers work, and their units. Beside the weights there is the bias of
 * samples whose features lie at their means, b + w . mean: so the size of an offset decides
 * nothing. The unit of a parameter is the root of its own second derivative at zero weights,
 * rounded to a power of two: so the scale of a feature decides nothing.
 *
 * <p>Without an intercept there is no bias: means are 0, and the bias has no unit.
 *
 * <p>{@link #apply} multiplies with the inverse of the diagonal of the second derivative at zero
 * weights.
 */
public final class Scales implements GradientSize {

  // Of the square of an element, about: the errors of a chain of float32 cancel in part.
  private static final double ROUNDING = 0x1p-50;

  private final double[] means;

  /** Of the weights; 0 for that of a feature that does not vary, which stays 0. */
  private final double[] units;

  /** 0 without an intercept. */
  private final double biasUnit;

  /** The root of what all samples weigh. */
  private final double root;

  private Scales(double[] means, double[] units, double biasUnit, double root) {
    this.means = means;
    this.units = units;
    this.biasUnit = biasUnit;
    this.root = root;
  }

  /**
   * Returns the scales of samples.
   *
   * @param means the weighted mean of each feature
   * @param squares of each feature the weighted sum of the squares of its distances from the mean;
   *     0 exactly where it does not vary
   * @param weight what all samples weigh, above 0
   * @param outputs K, 1 for two classes
   * @param l2 the penalty on squares
   * @return the scales
   */
  public static Scales of(double[] means, double[] squares, double weight, int outputs, double l2) {
    double likely = 1.0 / Math.max(2, outputs);
    double curvature = likely * (1 - likely);
    double[] units = new double[means.length];
    for (int i = 0; i < units.length; i++) {
      units[i] = squares[i] == 0 ? 0 : power(Math.sqrt(curvature * squares[i] + l2));
    }
    double biasUnit = power(Math.sqrt(curvature * weight));
    return new Scales(means.clone(), units, biasUnit, Math.sqrt(weight));
  }

  /**
   * Returns the scales of samples for a problem without an intercept.
   *
   * @param squares of each feature the weighted sum of its squares
   * @param weight what all samples weigh, above 0
   * @param outputs K, 1 for two classes
   * @param l2 the penalty on squares
   * @return the scales
   */
  static Scales withoutIntercept(double[] squares, double weight, int outputs, double l2) {
    Scales scales = of(new double[squares.length], squares, weight, outputs, l2);
    return new Scales(scales.means, scales.units, 0, scales.root);
  }

  /**
   * Tells whether there is a bias.
   *
   * @return false without an intercept
   */
  public boolean hasIntercept() {
    return biasUnit > 0;
  }

  /**
   * Returns scales for a dry run, without features.
   *
   * @return the scales
   */
  public static Scales none() {
    return of(new double[0], new double[0], 1, 1, 0);
  }

  /**
   * Writes the scales, so that another process can read them.
   *
   * @param out receives them
   * @throws IOException if it fails
   */
  public void write(DataOutput out) throws IOException {
    out.writeInt(means.length);
    for (int i = 0; i < means.length; i++) {
      out.writeDouble(means[i]);
      out.writeDouble(units[i]);
    }
    out.writeDouble(biasUnit);
    out.writeDouble(root);
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @param in gives it
   * @return the same scales
   * @throws IOException if it fails
   */
  public static Scales read(DataInput in) throws IOException {
    double[] means = new double[in.readInt()];
    double[] units = new double[means.length];
    for (int i = 0; i < means.length; i++) {
      means[i] = in.readDouble();
      units[i] = in.readDouble();
    }
    return new Scales(means, units, in.readDouble(), in.readDouble());
  }

  /** The power of two next to a number, within its root; 0 of 0. */
  private static double power(double x) {
    return x == 0 ? 0 : Math.scalb(1.0, Math.getExponent(x * Math.sqrt(2)));
  }

  /**
   * Returns the mean of a feature.
   *
   * @param feature from 0 to d - 1
   * @return its mean
   */
  public double mean(int feature) {
    return means[feature];
  }

  /**
   * Returns the unit of a parameter.
   *
   * @param parameter a feature from 0 to d - 1, or d for the bias
   * @return a power of two; 0 for the weight of a constant feature, which stays 0: the bias does
   *     the same; 0 for the bias without an intercept
   */
  public double unit(int parameter) {
    return parameter == units.length ? biasUnit : units[parameter];
  }

  /**
   * Returns the size of a gradient: its largest element, each divided by its unit and by the root
   * of the sum of sample weights. At zero weights it is at most 1, but for rounding.
   *
   * @param gradient of these coordinates
   * @return at least 0; NaN if an element is
   */
  @Override
  public double size(Parameters gradient) {
    double largest = 0;
    MemorySegment g = gradient.weights().segment();
    for (int k = 0; k < gradient.outputs(); k++) {
      long offset = gradient.weights().columnOffset(k);
      for (int i = 0; i < units.length; i++) {
        if (units[i] > 0) {
          double element = g.get(JAVA_FLOAT, offset + (long) i * Float.BYTES);
          largest = Math.max(largest, Math.abs(element) / units[i]);
        }
      }
      if (biasUnit > 0) {
        largest = Math.max(largest, Math.abs((double) gradient.bias(k)) / biasUnit);
      }
    }
    return largest / root;
  }

  /**
   * Returns about how much of the square of a gradient is rounding: of the sum of the squares of
   * its elements, each divided by its unit. It is that of float32 at zero weights, where the
   * elements are largest.
   *
   * @param outputs K, 1 for two classes
   * @return at least 0
   */
  public double rounding(int outputs) {
    return ROUNDING * outputs * (units.length + 1) * root * root;
  }

  /**
   * Divides each parameter by the square of its unit; 0 where there is none.
   *
   * @param r parameters
   * @param result receives the quotients
   */
  public void apply(Parameters r, Parameters result) {
    MemorySegment from = r.weights().segment();
    MemorySegment to = result.weights().segment();
    for (int k = 0; k < r.outputs(); k++) {
      long offset = r.weights().columnOffset(k);
      for (int i = 0; i < units.length; i++) {
        long element = offset + (long) i * Float.BYTES;
        double unit = units[i];
        double value = unit == 0 ? 0 : from.get(JAVA_FLOAT, element) / unit / unit;
        to.set(JAVA_FLOAT, element, (float) value);
      }
      result.setBias(k, biasUnit == 0 ? 0 : (float) (r.bias(k) / biasUnit / biasUnit));
    }
  }

  /**
   * Divides the parameters of an output by their units; 0 where there is none.
   *
   * @param parameters d weights, then the bias
   */
  public void divide(double[] parameters) {
    for (int i = 0; i < parameters.length; i++) {
      double unit = unit(i);
      parameters[i] = unit == 0 ? 0 : parameters[i] / unit;
    }
  }

  /**
   * Divides the second derivative by the parameters of an output by the units of rows and columns.
   * A parameter without a unit gets the row and column of the identity matrix.
   *
   * @param h column k has its rows from k on
   */
  public void divide(double[][] h) {
    for (int k = 0; k < h.length; k++) {
      for (int i = k; i < h.length; i++) {
        double units = unit(i) * unit(k);
        h[k][i] = units == 0 ? 0 : h[k][i] / unit(i) / unit(k);
      }
      h[k][k] = unit(k) == 0 ? 1 : h[k][k];
    }
  }

  /**
   * Returns the bias b of the model.
   *
   * @param at parameters of these coordinates
   * @param output from 0 to K - 1
   * @return b, not rounded to float32
   */
  public double bias(Parameters at, int output) {
    return at.bias(output) - offset(at.weights(), output);
  }

  /**
   * Sets the bias b of the model.
   *
   * @param at has the weights; its bias is set to that of these coordinates
   * @param output from 0 to K - 1
   * @param bias b
   */
  public void setBias(Parameters at, int output, double bias) {
    at.setBias(output, (float) (bias + offset(at.weights(), output)));
  }

  private double offset(FloatMatrix weights, int output) {
    MemorySegment w = weights.segment();
    long offset = weights.columnOffset(output);
    double sum = 0;
    for (int i = 0; i < means.length; i++) {
      sum = Math.fma(means[i], (double) w.get(JAVA_FLOAT, offset + (long) i * Float.BYTES), sum);
    }
    return sum;
  }

  /**
   * Computes the parameters of the model: the same weights, and b rounded to float32.
   *
   * @param at parameters of these coordinates
   * @param model receives w and b; may be {@code at}
   */
  public void toModel(Parameters at, Parameters model) {
    if (model != at) {
      model.copy(at);
    }
    for (int k = 0; k < at.outputs(); k++) {
      model.setBias(k, (float) bias(at, k));
    }
  }

  /**
   * Converts a derivative by w at a constant b to these coordinates.
   *
   * @param gradient the weights of an output are changed
   * @param output which
   * @param ofBias the derivative by b
   */
  public void center(FloatMatrix gradient, int output, double ofBias) {
    MemorySegment g = gradient.segment();
    long offset = gradient.columnOffset(output);
    for (int i = 0; i < means.length; i++) {
      long element = offset + (long) i * Float.BYTES;
      double centred = Math.fma(-means[i], ofBias, (double) g.get(JAVA_FLOAT, element));
      g.set(JAVA_FLOAT, element, (float) centred);
    }
  }

  /**
   * Returns the features whose weights stay 0: the constant ones; without an intercept those that
   * are 0 in all samples.
   *
   * @return their numbers, ascending
   */
  public int[] constants() {
    return IntStream.range(0, units.length).filter(i -> units[i] == 0).toArray();
  }

  /**
   * Converts the parameters of a model to these coordinates. Weights of constant features are added
   * to the bias.
   *
   * @param model w and b, which become those of these coordinates
   */
  public void begin(Parameters model) {
    for (int k = 0; k < model.outputs(); k++) {
      setBias(model, k, model.bias(k));
      for (int i : constants()) {
        model.weights().set(i, k, 0);
      }
    }
  }
}
