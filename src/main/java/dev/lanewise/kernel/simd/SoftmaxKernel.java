package dev.lanewise.kernel.simd;

import dev.lanewise.matrix.FloatMatrix;

/** Softmax regression's functions, so that each width's code has a class of its own. */
interface SoftmaxKernel {

  /** {@link dev.lanewise.kernel.Kernels#softmax} of whole vectors of samples. */
  void softmax(FloatMatrix z, FloatMatrix y, int from, int to, FloatMatrix e, FloatMatrix losses);

  /** {@link dev.lanewise.kernel.Kernels#softmaxCurvature} of whole vectors of samples. */
  void curvature(FloatMatrix p, FloatMatrix v, int from, int to);
}
