// SPDX-License-Identifier: Apache-2.0
/**
 * The tutorial's equations in plain double arithmetic, to be read beside the tutorial.
 *
 * <p>It shares no arithmetic with the kernels, and is the oracle of the tests and the benchmarks.
 */
package dev.lanewise.reference;
