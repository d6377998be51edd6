// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data;

import java.util.Arrays;
import java.util.Locale;

/**
 * Which digest of a data set a SHA-256 is (contract, section 9). Two digests say whether data are
 * the same only if they are of one kind.
 */
public enum DataDigest {

  /** The root of a hash tree over blocks of 256 samples. */
  BLOCKS("blocks"),

  /** One chain over all samples: what files have that do not say which digest they have. */
  CHAIN("chain");

  private final String id;

  DataDigest(String id) {
    this.id = id;
  }

  /**
   * The name in files and in JSON.
   *
   * @return the name in lower case
   */
  public String id() {
    return id;
  }

  /**
   * Finds a digest by its name.
   *
   * @param id as {@link #id} returns it
   * @return the digest
   * @throws IllegalArgumentException if there is no digest of that name
   */
  public static DataDigest of(String id) {
    return Arrays.stream(values())
        .filter(digest -> digest.id.equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    String.format(Locale.ROOT, "no digest of data is called '%s'", id)));
  }
}
