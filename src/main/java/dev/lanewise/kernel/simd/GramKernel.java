package dev.lanewise.kernel.simd;

import dev.lanewise.matrix.FloatMatrix;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * The two parts of {@link dev.lanewise.kernel.Kernels#gram}, so that each width's code has a class
 * of its own.
 */
interface GramKernel {

  FloatMatrix scratch(Arena arena);

  void gram(
      FloatMatrix rows,
      int rowFrom,
      int rowTo,
      FloatMatrix columns,
      int columnFrom,
      int columnTo,
      int fromRow,
      int toRow,
      MemorySegment lanes);

  void fold(
      int rowFrom, int rowTo, int columnFrom, int columnTo, MemorySegment lanes, FloatMatrix g);
}
