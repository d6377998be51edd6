/**
 * Finding the least of a function: the solvers, and the arithmetic on vectors that they share.
 *
 * <p>Vectors are float32 and go through the kernels; numbers, and sums over vectors, are double.
 */
package dev.lanewise.optim;
