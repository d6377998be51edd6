// SPDX-License-Identifier: Apache-2.0
/** How near to the machine's limits Lanewise is: one table of ratios and what they should be. */
package dev.lanewise.bench.limits;
