// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.loss;

import dev.lanewise.kernel.Kernels;
import dev.lanewise.matrix.SampleMatrix;
import dev.lanewise.matrix.Workspace;
import dev.lanewise.reduce.Partial;
import dev.lanewise.reduce.PartialShape;

/** The cross-entropy of one layer: logistic and softmax regression. */
final class LinearCrossEntropy extends CrossEntropy {

  LinearCrossEntropy(
      Workspace workspace, Kernels kernels, Loss loss, int samples, PartialShape shape) {
    super(workspace, kernels, loss, samples, shape);
  }

  @Override
  CrossEntropy withoutGradient(Workspace workspace) {
    PartialShape shape = SumShapes.cost(shape().gradient());
    return new LinearCrossEntropy(workspace, kernels, loss, losses.rows(), shape);
  }

  @Override
  public void forward(SampleMatrix x, int from, int to) {
    kernels.forward(x, from, to, at.weights(), at.biases(), z); // (1)
    loss.compare(z, from, to, errors, losses, withLosses); // (2), (3)
  }

  @Override
  public void backward(SampleMatrix x, int from, int to, int fromRow, int toRow, Partial partial) {
    kernels.gradient(x, from, to, errors, fromRow, toRow, partial.gradient().weights()); // (6)
  }

  @Override
  public void finish(int from, int to, Partial partial) {
    for (int k = 0; k < errors.columns(); k++) {
      partial.setNumber(k, kernels.sum(errors, k, from, to)); // (7)
    }
    finishLosses(from, to, partial);
  }
}
