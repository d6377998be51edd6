// SPDX-License-Identifier: Apache-2.0
/**
 * Where the numbers lie: column-major matrices off the Java heap, of floats that kernels compute
 * with, of bytes, or in a mapped file; and how much memory there is for them.
 *
 * <p>This package imports no other package of the project.
 */
package dev.lanewise.matrix;
