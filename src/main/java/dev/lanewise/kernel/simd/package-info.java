/**
 * The same kernels on the Vector API; the only package that imports {@code jdk.incubator.vector}.
 *
 * <p>One source serves 4, 8 and 16 lanes: {@link dev.lanewise.kernel.simd.SimdKernels} is defined
 * once for each width.
 */
package dev.lanewise.kernel.simd;
