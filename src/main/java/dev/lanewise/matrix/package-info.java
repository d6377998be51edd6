/**
 * Where the numbers lie: column-major float32 matrices off the Java heap, padded and aligned so
 * that kernels have no tails.
 *
 * <p>This package imports no other package of the project.
 */
package dev.lanewise.matrix;
