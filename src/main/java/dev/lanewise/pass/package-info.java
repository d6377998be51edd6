/**
 * How all samples are gone through: who does which part, and in which order the parts are summed.
 *
 * <p>A {@link dev.lanewise.pass.Pass} carries every sample forward and back while its column is in
 * the cache, shared out over a {@link dev.lanewise.pass.Team} of threads; a {@link
 * dev.lanewise.pass.Step} says what becomes of a sample in between, and what becomes of the sums.
 * The tree over the blocks of samples (rule 4 of the contract of the numbers) is {@link
 * dev.lanewise.pass.BlockTree}.
 */
package dev.lanewise.pass;
