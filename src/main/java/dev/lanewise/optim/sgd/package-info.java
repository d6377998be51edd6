// SPDX-License-Identifier: Apache-2.0
/**
 * Stochastic gradient descent: batches of samples in a shuffled order, optimizer steps with and
 * without memory, and samples that are held out.
 *
 * <p>Vectors are float32 and go through the kernels; sums, and all factors, are double.
 */
package dev.lanewise.optim.sgd;
