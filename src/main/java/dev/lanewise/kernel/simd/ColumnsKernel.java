package dev.lanewise.kernel.simd;

import dev.lanewise.matrix.FloatMatrix;

/** Forward and gradient of many columns, so that each width's code has a class of its own. */
interface ColumnsKernel {

  /** {@link dev.lanewise.kernel.Kernels#forward} of several columns of weights. */
  void forward(FloatMatrix x, int from, int to, FloatMatrix w, float[] bias, FloatMatrix z);

  /** {@link dev.lanewise.kernel.Kernels#gradient} of several columns of errors. */
  void gradient(
      FloatMatrix x, int from, int to, FloatMatrix e, int fromRow, int toRow, FloatMatrix g);
}
