package dev.lanewise.solve;

import dev.lanewise.matrix.FloatMatrix;

/**
 * The parameters of a model, or a direction or a gradient among them: weights, d x K, and K biases.
 *
 * @param weights d x K
 * @param bias one for each column
 */
public record Point(FloatMatrix weights, float[] bias) {}
