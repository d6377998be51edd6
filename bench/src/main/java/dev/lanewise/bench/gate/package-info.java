// SPDX-License-Identifier: Apache-2.0
/**
 * What a change must pass: ratios that have not fallen below the baseline, and kernels that
 * allocate nothing.
 */
package dev.lanewise.bench.gate;
