// SPDX-License-Identifier: Apache-2.0
/**
 * Runs that go on where they were: the numbers of a run that is not finished, and the file that
 * keeps them.
 *
 * <p>Whoever has numbers that a run cannot do without is {@link dev.lanewise.checkpoint.Resumable}
 * and hands them over to a {@link dev.lanewise.checkpoint.State}, or takes them back, in one method
 * for both. {@link dev.lanewise.checkpoint.CheckpointFile} keeps them with what says whose they
 * are.
 */
package dev.lanewise.checkpoint;
