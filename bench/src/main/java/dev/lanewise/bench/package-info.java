// SPDX-License-Identifier: Apache-2.0
/**
 * Benchmarks of the kernels and of training, one class each.
 *
 * <p>Every benchmark computes its result once before it is timed, compares it with {@link
 * dev.lanewise.reference}, and compares the scalar kernels with the SIMD kernels bit for bit. What
 * is wrong is not timed.
 */
package dev.lanewise.bench;
