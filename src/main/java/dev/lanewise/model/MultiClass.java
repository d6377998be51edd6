// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.model;

import java.util.Locale;

/**
 * How neurons tell more than two classes apart, one neuron a class. Two classes take one neuron.
 */
public enum MultiClass {
  /** Softmax regression: the neurons are trained together, p_k = exp(z_k) / sum of exp(z_l). */
  SOFTMAX,

  /**
   * One versus the rest: each neuron is trained for itself to tell its class from all others, p_k =
   * g(z_k) / sum of g(z_l).
   */
  OVR;

  /**
   * The name on the command line, in JSON and in model files.
   *
   * @return {@code softmax} or {@code ovr}
   */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The way of a name.
   *
   * @param id {@code softmax} or {@code ovr}
   * @return the way
   * @throws IllegalArgumentException if it is neither
   */
  public static MultiClass of(String id) {
    for (MultiClass way : values()) {
      if (way.id().equals(id)) {
        return way;
      }
    }
    throw new IllegalArgumentException("many classes by '" + id + "', expected softmax or ovr");
  }
}
