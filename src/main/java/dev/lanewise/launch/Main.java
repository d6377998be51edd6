// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.launch;

import java.lang.reflect.InvocationTargetException;

/** Checks that this Java is new enough, then hands over to the command line. */
public final class Main {

  private static final int REQUIRED = 25;
  private static final int USAGE = 2;
  private static final String COMMAND = "dev.lanewise.cli.LanewiseCommand";

  private Main() {}

  /**
   * Runs the program.
   *
   * @param args the command line
   * @throws Throwable what the command line itself throws
   */
  public static void main(String[] args) throws Throwable {
    String version = System.getProperty("java.specification.version");
    if (!isEnough(version)) {
      System.err.println(
          "lanewise: needs Java "
              + REQUIRED
              + " or later, and this is Java "
              + version
              + " ("
              + System.getProperty("java.home")
              + "); start it with ./lanewise, which finds one, or set JAVA_HOME");
      System.exit(USAGE);
    }
    try {
      Class.forName(COMMAND).getMethod("main", String[].class).invoke(null, (Object) args);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  // "1.8" up to Java 8, "9" and so on from there.
  private static boolean isEnough(String version) {
    try {
      return !version.startsWith("1.") && Integer.parseInt(version) >= REQUIRED;
    } catch (NumberFormatException e) {
      return false;
    }
  }
}
