// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.matrix;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * An arena whose memory the garbage collector frees when nothing refers to it any more. Closing it
 * does nothing, unlike closing {@link Arena#ofAuto()}, which throws.
 *
 * <p>Any number of threads may use it.
 */
public final class CollectedArena implements Arena {

  private final Arena arena = Arena.ofAuto();

  /** Creates an arena without memory. */
  public CollectedArena() {}

  @Override
  public MemorySegment allocate(long byteSize, long byteAlignment) {
    return arena.allocate(byteSize, byteAlignment);
  }

  @Override
  public MemorySegment.Scope scope() {
    return arena.scope();
  }

  @Override
  public void close() {}
}
