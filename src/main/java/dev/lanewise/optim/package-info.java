// SPDX-License-Identifier: Apache-2.0
/**
 * Minimises an {@link dev.lanewise.loss.Objective}: Newton's method, L-BFGS, OWL-QN, and the end of
 * each in double precision.
 *
 * <p>Vectors are float32 and go through the kernels; sums over vectors, and all factors, are
 * double.
 */
package dev.lanewise.optim;
