/**
 * Training: what is to be made small, gradient descent and its engines, the choice of solvers, and
 * who listens.
 *
 * <p>A {@link dev.lanewise.train.Problem} holds samples, labels, weights and penalties. {@link
 * dev.lanewise.train.Descent} is the tutorial's way, {@link dev.lanewise.train.SolverRun} that of
 * the solvers, to which a {@link dev.lanewise.train.Cost} shows the problem; {@link
 * dev.lanewise.train.SgdRun} goes through it in batches.
 *
 * <p>The update of equations (8) and (9) and the tree over blocks that finishes (4), (6) and (7)
 * live in {@link dev.lanewise.train.PrimalEngine} and its {@link dev.lanewise.exec.Pass}; {@link
 * dev.lanewise.train.GramEngine} is the same descent on the products of the samples.
 */
package dev.lanewise.train;
