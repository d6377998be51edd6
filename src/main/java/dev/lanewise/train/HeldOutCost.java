package dev.lanewise.train;

/**
 * What samples that were held out of training said: the weights are those they cost least with.
 *
 * @param samples how many were held out
 * @param bestEpoch after which epoch their cost was lowest; 0 for before the first
 * @param cost their cost then, weighed, without penalties
 */
public record HeldOutCost(int samples, int bestEpoch, double cost) {}
