// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.statistics;

import java.util.Locale;

/** How standard errors are estimated. */
public enum ErrorKind {
  /** From the inverse of the second derivative: right if the model is. */
  MODEL,
  /** Huber and White: right if the classes depend on the features in another way, too. */
  HC0,
  /** {@link #HC0} times n / (n - k) in the variances, for n rows and k coefficients. */
  HC1;

  /**
   * Returns the name in files and on the command line.
   *
   * @return {@code model}, {@code hc0} or {@code hc1}
   */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Returns the kind of a name.
   *
   * @param id as {@link #id()} gives it
   * @return the kind
   * @throws IllegalArgumentException if there is none of that name
   */
  public static ErrorKind of(String id) {
    for (ErrorKind kind : values()) {
      if (kind.id().equals(id)) {
        return kind;
      }
    }
    throw new IllegalArgumentException("no standard errors are called '" + id + "'");
  }
}
