// SPDX-License-Identifier: Apache-2.0
/**
 * The same kernels on the Vector API; the only package that imports {@code jdk.incubator.vector}.
 *
 * <p>One source serves 4, 8 and 16 lanes; its classes are loaded once for each width that is used
 * ({@link dev.lanewise.kernel.simd.Lanes}).
 */
package dev.lanewise.kernel.simd;
