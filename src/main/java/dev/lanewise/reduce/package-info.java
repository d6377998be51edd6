// SPDX-License-Identifier: Apache-2.0
/**
 * The order in which sums over all samples are formed: blocks of 256 samples and the binary tree
 * over them. It depends on the number of samples alone, so any number of threads or machines forms
 * the same sums.
 */
package dev.lanewise.reduce;
