// SPDX-License-Identifier: Apache-2.0
/**
 * Gradient descent over all samples: one iteration of it, on the weights themselves ({@link
 * dev.lanewise.optim.gd.PrimalEngine}) or in the space of the samples ({@link
 * dev.lanewise.optim.gd.GramEngine}, and for networks {@link
 * dev.lanewise.optim.gd.NetworkGramEngine}).
 */
package dev.lanewise.optim.gd;
