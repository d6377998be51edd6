// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.train;

import dev.lanewise.options.StopReason;

/**
 * Where training ended, and why there. Of one versus the rest, whose neurons end each for itself:
 * the means of the objectives and of their gaps, the largest norms, the most iterations, the sum of
 * the passes; converged if all are, and the reason of the worst, which is one that has not
 * converged, or else has the largest relative norm.
 *
 * @param objective J at the end: the weighted cost and all penalties
 * @param gradientNorm the norm of its derivative, bias and all; with an l1 penalty, of the least
 *     subgradient
 * @param relativeGradientNorm of newton and lbfgs the largest element of the gradient, each in
 *     units of its own scale ({@link dev.lanewise.loss.Scales#size}); of sgd the norm, relative to
 *     that at zero weights; NaN for gradient descent, which does not ask
 * @param objectiveGap how far J is above its least, about, as Newton's method estimates it at the
 *     end; infinite where that is not known; NaN for gradient descent and sgd, which do not ask
 * @param converged whether the optimum was reached. Of newton and lbfgs, with the tolerance T: in
 *     double precision no element of the relative gradient is above T, the gap is at most T of the
 *     objective, and no probability is further than 100 T from the optimum's; and there is an
 *     optimum. Of sgd, that the norm is as small as its tolerance
 * @param stopReason why training stopped: {@link StopReason#id()} names it
 * @param iterations how many there were
 * @param passes how often the data were read; a pass over a subset counts as its fraction
 */
public record Convergence(
    double objective,
    double gradientNorm,
    double relativeGradientNorm,
    double objectiveGap,
    boolean converged,
    StopReason stopReason,
    int iterations,
    double passes) {}
