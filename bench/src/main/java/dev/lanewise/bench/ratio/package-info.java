// SPDX-License-Identifier: Apache-2.0
/**
 * Ratios of two times that were taken in turn in one JVM, so that whatever slows the machine meets
 * both. What is timed are the benchmarks of {@link dev.lanewise.bench}, verified as there.
 */
package dev.lanewise.bench.ratio;
