/**
 * Training: the engines that carry out full-batch gradient descent, the loop over iterations, and
 * who listens to it.
 *
 * <p>The update of equations (8) and (9) and the tree over blocks that finishes (4), (6) and (7)
 * live in {@link dev.lanewise.train.PrimalEngine} and its {@link dev.lanewise.pass.Pass}; {@link
 * dev.lanewise.train.GramEngine} is the same descent on the products of the samples.
 */
package dev.lanewise.train;
