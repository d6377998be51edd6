/**
 * Stochastic gradient descent: batches of samples in a shuffled order, learning rates, steps with
 * and without memory, and a part of the samples that is held out.
 *
 * <p>Samples are gathered into a panel, so that the kernels see a batch as a matrix of its own.
 * Vectors go through the kernels; what comes out of a sum, and all factors, are double.
 */
package dev.lanewise.optim.sgd;
