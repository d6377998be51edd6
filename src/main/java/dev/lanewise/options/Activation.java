// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.options;

import java.util.Locale;

/** What a hidden unit makes of its z, equation (1): a = f(z). */
public enum Activation {
  /** max(0, z). */
  RELU,
  /** The hyperbolic tangent. */
  TANH,
  /** g of equation (2). */
  SIGMOID,
  /** z itself: layers without a function, which together are linear. */
  IDENTITY;

  /**
   * Returns the name on the command line, in JSON and in model files.
   *
   * @return the name in lower case
   */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
