// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.loss;

import dev.lanewise.nn.Parameters;

/** How large a gradient is, in units that suit its parameters. */
public interface GradientSize {

  /**
   * Returns the size of a gradient.
   *
   * @param gradient by all parameters
   * @return at least 0; NaN if an element is
   */
  double size(Parameters gradient);
}
