package dev.lanewise.sgd;

import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.matrix.SampleMatrix;

/**
 * What is to be minimised over n of m samples: (1/n) sum s_j L_j + (1/n) (l2/2 |w|^2 + l1 |w|_1).
 *
 * @param x X, d x m
 * @param y the labels, 0 or 1, or with K columns from 0 to K - 1, m x 1
 * @param weights s, m x 1; null where every sample weighs 1
 * @param l1 the penalty on the sizes of the weights, at least 0
 * @param l2 the penalty on their squares, at least 0
 * @param columns K of the weights: 1 for one neuron, or one for each class
 */
public record Penalised(
    SampleMatrix x, FloatMatrix y, FloatMatrix weights, double l1, double l2, int columns) {}
