// SPDX-License-Identifier: Apache-2.0
/**
 * Trains on a data set: options, the choice of the engine and the solver, progress, saving a run,
 * and the model that comes out.
 *
 * <p>{@link dev.lanewise.train.LogisticRegression} makes the problem and chooses a run: {@link
 * dev.lanewise.train.Descent} is the tutorial's gradient descent, {@link
 * dev.lanewise.train.SolverRun} goes to the optimum, and {@link dev.lanewise.train.SgdRun} goes
 * through the samples in batches. The equations are in {@code loss} and {@code optim}.
 */
package dev.lanewise.train;
