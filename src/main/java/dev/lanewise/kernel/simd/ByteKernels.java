package dev.lanewise.kernel.simd;

import dev.lanewise.matrix.ByteMatrix;
import dev.lanewise.matrix.FloatMatrix;

/** The kernels that read X as bytes, so that each width's code has a class of its own. */
interface ByteKernels {

  void forward(ByteMatrix x, int from, int to, FloatMatrix w, float[] bias, FloatMatrix z);

  void gradient(
      ByteMatrix x, int from, int to, FloatMatrix e, int fromRow, int toRow, FloatMatrix g);
}
