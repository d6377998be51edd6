// SPDX-License-Identifier: Apache-2.0
/**
 * Other libraries on the same problems, each verified before it is timed, and whole programs of
 * other languages run beside ours.
 *
 * <p>Nothing here is part of the gate or of what {@code bench/run} times without being asked.
 */
package dev.lanewise.bench.peers;
