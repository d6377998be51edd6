// SPDX-License-Identifier: Apache-2.0
/**
 * What is minimised: the losses (logistic, softmax), the penalties, and one objective that sums
 * them over all samples with its derivatives.
 *
 * <p>An {@link dev.lanewise.loss.Objective} is all that an optimizer sees. Sums over samples are
 * block functions, which an {@link dev.lanewise.exec.Executor} evaluates.
 */
package dev.lanewise.loss;
