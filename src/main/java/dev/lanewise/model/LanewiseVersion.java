// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The version of this program, as the build wrote it down. */
public final class LanewiseVersion {

  /**
   * The version of the contract of the numbers, {@code docs/contract.md}. It grows whenever data
   * and options that were trained on before would lead to other bits.
   */
  public static final int CONTRACT = 1;

  private LanewiseVersion() {}

  /**
   * The version.
   *
   * @return for instance {@code 0.1.0}
   */
  public static String current() {
    Properties properties = new Properties();
    try (InputStream in =
        LanewiseVersion.class.getResourceAsStream("/dev/lanewise/build.properties")) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException("the program's own build.properties", e);
    }
    return properties.getProperty("version");
  }
}
