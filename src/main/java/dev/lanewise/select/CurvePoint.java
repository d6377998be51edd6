// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.select;

/**
 * The scores of models trained on a fraction of the samples.
 *
 * @param share the fraction, above 0 and up to 1
 * @param samples the number of samples in it, the mean over the folds
 * @param trainCost the mean over the folds of the mean log-loss of the samples learned from
 * @param trainAccuracy the mean over the folds of the accuracy on these
 * @param heldOutCost the mean over the folds of the mean log-loss of the samples held out
 * @param heldOutAccuracy the mean over the folds of the accuracy on these
 * @param deviation the standard deviation of {@code heldOutCost} over the folds
 */
public record CurvePoint(
    double share,
    double samples,
    double trainCost,
    double trainAccuracy,
    double heldOutCost,
    double heldOutAccuracy,
    double deviation) {}
