// SPDX-License-Identifier: Apache-2.0
/**
 * Who computes which block: evaluates a {@link dev.lanewise.exec.BlockFunction} over all samples on
 * a pool of threads and returns the sums of the root of the tree over blocks.
 *
 * <p>Only this package knows threads. Their number decides which one computes a node of the tree,
 * and never which nodes there are.
 */
package dev.lanewise.exec;
