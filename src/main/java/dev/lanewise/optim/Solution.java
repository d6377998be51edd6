package dev.lanewise.optim;

import dev.lanewise.loss.Scales;
import dev.lanewise.nn.Parameters;
import dev.lanewise.options.StopReason;

/**
 * Where a solver stopped.
 *
 * @param point the parameters
 * @param value the objective there, with all penalties
 * @param gradientNorm the norm of the gradient there; with an l1 penalty, of the least subgradient
 * @param relativeGradient how large the gradient is beside what it was measured by: that at zero
 *     weights, or {@link Scales}
 * @param iterations how many there were
 * @param passes how often the data were gone through
 * @param reason why it stopped
 * @param curvature about the inverse of the second derivative there; null if the solver has none
 * @param steps how Newton steps from there are found; null if not in a way of the solver's own
 */
public record Solution(
    Parameters point,
    double value,
    double gradientNorm,
    double relativeGradient,
    int iterations,
    double passes,
    StopReason reason,
    Preconditioner curvature,
    NewtonSteps steps) {}
