// SPDX-License-Identifier: Apache-2.0
/**
 * Times how long libraries take to score one row at a time. Needs libraries that are not in the
 * benchmarks' jar; {@code bench/run --score} adds them.
 */
package dev.lanewise.bench.score;
