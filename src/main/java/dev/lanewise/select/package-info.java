// SPDX-License-Identifier: Apache-2.0
/**
 * Choosing among runs: paths of penalties, folds that pick one, sweeps over learning rates,
 * learning curves.
 *
 * <p>All of it goes through {@link dev.lanewise.train.LogisticRegression} and {@link
 * dev.lanewise.model.Evaluation}, and asks neither how many classes there are nor which solver
 * runs. What runs can share they share by a {@link dev.lanewise.train.WarmStart}: products of
 * samples, which change no bit, and the model of a neighbour to start from.
 */
package dev.lanewise.select;
