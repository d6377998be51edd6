package dev.lanewise.train;

import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.matrix.SampleMatrix;
import dev.lanewise.pass.Step;
import dev.lanewise.pass.Sums;

/** A pass that only goes forward: nothing comes back, and nothing is summed. */
abstract class OneWayStep implements Step {

  @Override
  public final void back(
      SampleMatrix columns, int from, int to, int fromRow, int toRow, FloatMatrix sum) {
    // Nothing comes back.
  }

  @Override
  public final void sumNumbers(int from, int to, Sums sums) {
    sums.set(0, 0);
  }

  @Override
  public final void complete(FloatMatrix sum, int fromRow, int toRow) {
    // Nothing is summed.
  }
}
