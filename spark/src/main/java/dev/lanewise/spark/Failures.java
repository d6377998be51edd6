// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.spark;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the reason of a failed job: Spark sends the driver the text of a task's exception. */
final class Failures {

  private static final Pattern REASON =
      Pattern.compile(Pattern.quote(RowException.class.getName()) + ": ([^\\r\\n]+)");

  private Failures() {}

  /** Returns a {@link RowException} if a task threw one; else the exception itself. */
  static RuntimeException of(Exception e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof RowException known) {
        return known;
      }
      Matcher reason = REASON.matcher(String.valueOf(cause.getMessage()));
      if (reason.find()) {
        RowException found = new RowException(reason.group(1));
        found.addSuppressed(e);
        return found;
      }
    }
    return e instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(e);
  }
}
