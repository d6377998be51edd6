// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.kernel.simd;

import java.lang.foreign.MemorySegment;

/**
 * Slices for inner loops, of one length where there are several: if the compiler takes them apart,
 * it checks their bounds once and before the loop.
 *
 * <p>The method for slices of a given alignment is taken, and asks for none. That without one goes
 * through a bridge method, whose call the compiler may count as too rare to be inlined in a process
 * that has also sliced other memory, a mapped file say. Then every load in a loop is checked, and
 * training took up to 15 times as long (JDK 25).
 */
final class Slices {

  private Slices() {}

  static MemorySegment of(MemorySegment segment, long offset, long length) {
    return segment.asSlice(offset, length, 1);
  }
}
