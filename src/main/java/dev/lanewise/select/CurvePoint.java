package dev.lanewise.select;

/**
 * How well a model does that learned from some of the samples.
 *
 * @param share how much of what there is to learn from, above 0 and up to 1
 * @param samples how many that are, the mean over the folds
 * @param trainCost the mean over the folds of the mean log-loss of the samples learned from
 * @param trainAccuracy the mean over the folds of the accuracy on these
 * @param heldOutCost the same of the samples held out
 * @param heldOutAccuracy the same of the samples held out
 * @param deviation the standard deviation of the cost of the samples held out over the folds
 */
public record CurvePoint(
    double share,
    double samples,
    double trainCost,
    double trainAccuracy,
    double heldOutCost,
    double heldOutAccuracy,
    double deviation) {}
