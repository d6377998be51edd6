package dev.lanewise.kernel.simd;

import dev.lanewise.matrix.FloatMatrix;
import java.lang.foreign.MemorySegment;

/** {@link dev.lanewise.kernel.Kernels#gram}, so that each width's code has a class of its own. */
interface GramKernel {

  void gram(
      FloatMatrix x,
      int rowFrom,
      int rowTo,
      int columnFrom,
      int columnTo,
      FloatMatrix g,
      MemorySegment lanes);
}
