/**
 * Who computes which block: evaluates a {@link dev.lanewise.exec.BlockFunction} over all samples on
 * a pool of threads and returns the sums of the root of the tree over blocks.
 *
 * <p>Nothing outside of this package knows threads. How many there are decides who computes a node
 * of the tree, and never which nodes there are.
 */
package dev.lanewise.exec;
