// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.bench;

import dev.lanewise.data.Dataset;
import dev.lanewise.reference.Neuron;
import dev.lanewise.reference.Samples;
import java.util.function.IntFunction;

/**
 * Verifies gradient descent from zero weights against the reference.
 *
 * <p>A small problem is descended by the reference too, ten times. A large one is verified step by
 * step: from our weights after an iteration the reference computes the outputs of all samples, and
 * from these the bias and some of the weights after the next.
 */
public final class DescentCheck {

  private static final int ITERATIONS = 10;
  private static final int STEPS = 2;

  /** How many weights of a large problem are verified, the first and the last among them. */
  private static final int ROWS = 16;

  /** Of ours, relative to the largest weight. */
  public static final double TOLERANCE = 1e-5;

  private final Dataset data;
  private final Shape shape;
  private final double learningRate;

  /**
   * What a training run ended with.
   *
   * @param w the weights
   * @param bias the bias
   */
  public record Weights(float[] w, float bias) {}

  private final double tolerance;

  private DescentCheck(Dataset data, double learningRate, double tolerance) {
    this.tolerance = tolerance;
    this.data = data;
    this.shape = new Shape(data.width(), data.samples());
    this.learningRate = learningRate;
  }

  /**
   * A learning rate at which descent cannot overshoot, so that rounding errors do not grow: the
   * cost bends by at most (d + 1) / 4, as no pixel is above 1.
   *
   * @param d the features of a sample
   * @return the rate
   */
  public static double learningRate(int d) {
    return 4.0 / (d + 1);
  }

  /**
   * Fails unless training comes to the weights that the reference comes to, give or take {@link
   * #TOLERANCE}.
   *
   * @param data pixels from 0 to 1, labelled
   * @param learningRate of the descent
   * @param training descends from zero for so many iterations
   */
  public static void verify(Dataset data, double learningRate, IntFunction<Weights> training) {
    verify(data, learningRate, TOLERANCE, training);
  }

  /**
   * Fails unless training comes to the weights that the reference comes to.
   *
   * @param data pixels from 0 to 1, labelled
   * @param learningRate of the descent
   * @param tolerance how far off a weight may be, relative to the largest
   * @param training descends from zero for so many iterations
   */
  public static void verify(
      Dataset data, double learningRate, double tolerance, IntFunction<Weights> training) {
    DescentCheck check = new DescentCheck(data, learningRate, tolerance);
    if (check.shape.isLarge()) {
      check.verifySteps(training);
    } else {
      check.verifyAll(training.apply(ITERATIONS));
    }
  }

  private void verifyAll(Weights ours) {
    double[][] samples = Samples.of(data);
    int[] labels = data.labels();
    Neuron neuron = new Neuron(shape.d());
    for (int iteration = 0; iteration < ITERATIONS; iteration++) {
      neuron.descend(samples, labels, learningRate);
    }
    double[] expected = neuron.weights();
    double bound = tolerance * largest(ours);
    for (int i = 0; i < expected.length; i++) {
      Verify.close("w " + i, expected[i], ours.w()[i], bound);
    }
    Verify.close("b", neuron.bias(), ours.bias(), bound);
  }

  private void verifySteps(IntFunction<Weights> training) {
    Weights from = new Weights(new float[shape.d()], 0);
    for (int iteration = 1; iteration <= STEPS; iteration++) {
      Weights to = training.apply(iteration);
      verifyStep(from, to);
      from = to;
    }
  }

  private void verifyStep(Weights from, Weights to) {
    Neuron neuron = new Neuron(Verify.doubles(from.w()), from.bias());
    int[] labels = data.labels();
    int[] rows = Verify.some(shape.d(), ROWS);
    double[] dw = new double[rows.length];
    double db = 0;
    for (int j = 0; j < shape.m(); j++) {
      double[] sample = Verify.doubles(data.features().column(j));
      double error = neuron.output(sample) - labels[j];
      for (int r = 0; r < rows.length; r++) {
        dw[r] += error * sample[rows[r]]; // (6), times m
      }
      db += error; // (7), times m
    }
    double bound = tolerance * largest(to);
    double step = learningRate / shape.m();
    for (int r = 0; r < rows.length; r++) {
      int i = rows[r];
      Verify.close("w " + i, from.w()[i] - step * dw[r], to.w()[i], bound); // (8)
    }
    Verify.close("b", from.bias() - step * db, to.bias(), bound); // (9)
  }

  private static double largest(Weights weights) {
    double largest = Math.abs(weights.bias());
    for (float weight : weights.w()) {
      largest = Math.max(largest, Math.abs(weight));
    }
    return largest;
  }
}
