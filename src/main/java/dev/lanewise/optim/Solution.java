// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.optim;

import dev.lanewise.loss.Scales;
import dev.lanewise.nn.Parameters;
import dev.lanewise.options.StopReason;

/**
 * Where a solver stopped.
 *
 * @param parameters where the solver stopped
 * @param value the objective there, with all penalties
 * @param gradientNorm the norm of the gradient there; with an l1 penalty, of the least subgradient
 * @param relativeGradient the size of the gradient by {@link Scales#size}
 * @param iterations how many there were
 * @param passes how often the data were read
 * @param reason why it stopped
 * @param curvature an approximate inverse of the second derivative there; null if the solver has
 *     none
 * @param steps finds further Newton steps in the solver's own way; null if it has none
 */
public record Solution(
    Parameters parameters,
    double value,
    double gradientNorm,
    double relativeGradient,
    int iterations,
    double passes,
    StopReason reason,
    Preconditioner curvature,
    NewtonSteps steps) {}
