package dev.lanewise.train;

import dev.lanewise.solve.StopReason;

/**
 * Where training ended, and why there. Of one versus the rest, whose neurons end each for itself:
 * the mean of the objectives, the largest norms, the most iterations, the sum of the passes;
 * converged if all are, and the reason of the worst, which is one that has not converged, or else
 * has the largest relative norm.
 *
 * @param objective J at the end: the weighted cost and all penalties
 * @param gradientNorm the norm of its derivative, bias and all; with an l1 penalty, of the least
 *     subgradient
 * @param relativeGradientNorm the same, relative to that at zero weights; NaN for gradient descent,
 *     which does not ask
 * @param converged whether the optimum was reached: the gradient is as small as the tolerance, or
 *     below 1e-4 and float32 goes no further; and there is an optimum
 * @param stopReason why training stopped: {@link StopReason#id()} names it
 * @param iterations how many there were
 * @param passes how often the data were gone through; a part of the samples counts as a part
 */
public record Convergence(
    double objective,
    double gradientNorm,
    double relativeGradientNorm,
    boolean converged,
    StopReason stopReason,
    int iterations,
    double passes) {}
