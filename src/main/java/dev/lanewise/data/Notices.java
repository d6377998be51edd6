// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The receivers of messages about a file, one line each.
 *
 * @param skipped receives what is left out: samples that are files of their own and cannot be read,
 *     and columns that are not among the wanted features; empty to reject the file instead
 * @param noted receives properties of the file that may surprise
 */
public record Notices(Optional<Consumer<String>> skipped, Consumer<String> noted) {

  /** Broken samples and unwanted columns are rejected; other messages are dropped. */
  public static final Notices NONE = new Notices(Optional.empty(), line -> {});

  /** Checks that no component is null. */
  public Notices {
    Objects.requireNonNull(skipped, "skipped");
    Objects.requireNonNull(noted, "noted");
  }
}
