// SPDX-License-Identifier: Apache-2.0
/**
 * The contract of the numbers as an interface, the scalar kernels that state it plainly, and the
 * choice of kernels.
 *
 * <p>Equation (1) is {@link dev.lanewise.kernel.Kernels#forward}, (2) {@link
 * dev.lanewise.kernel.Kernels#sigmoid}, (3) {@link dev.lanewise.kernel.Kernels#loss}, (6) {@link
 * dev.lanewise.kernel.Kernels#gradient}, (7) {@link dev.lanewise.kernel.Kernels#sum}, (8) {@link
 * dev.lanewise.kernel.Kernels#update}. The sums over blocks that finish (4), (6) and (7) are the
 * engines' work.
 */
package dev.lanewise.kernel;
