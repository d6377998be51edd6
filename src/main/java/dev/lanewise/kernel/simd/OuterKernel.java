package dev.lanewise.kernel.simd;

import dev.lanewise.matrix.FloatMatrix;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** {@link dev.lanewise.kernel.Kernels#outer}, so that each width's code has a class of its own. */
interface OuterKernel {

  FloatMatrix scratch(Arena arena);

  void outer(
      FloatMatrix x,
      int from,
      int to,
      FloatMatrix d,
      int fromRow,
      int toRow,
      int fromColumn,
      int toColumn,
      FloatMatrix h,
      MemorySegment panels);
}
