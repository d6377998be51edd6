// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.bench.ratio;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs a class in a JVM of its own, with the options of this one and more. */
public final class Fork {

  private Fork() {}

  /**
   * Runs it to its end.
   *
   * @param what what it does, for the message
   * @param main the class
   * @param options more options of Java
   * @param arguments its arguments
   * @return the lines that it printed
   * @throws ForkException if it failed
   */
  public static List<String> run(
      String what, Class<?> main, List<String> options, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(arguments);
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      // Whoever interrupts the benchmarks means this JVM, too.
      Thread end = new Thread(process::destroy);
      Runtime.getRuntime().addShutdownHook(end);
      process.getOutputStream().close();
      byte[] output = process.getInputStream().readAllBytes();
      int status = process.waitFor();
      Runtime.getRuntime().removeShutdownHook(end);
      if (status != 0) {
        throw new ForkException(what + ": failed; why is above");
      }
      return new String(output, StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ForkException(what + ": interrupted");
    }
  }
}
