// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.bench.peers;

import dev.lanewise.bench.Epoch;
import dev.lanewise.bench.Forward;
import dev.lanewise.bench.Gradient;
import dev.lanewise.bench.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;

/** Times the peers, and our own benchmarks beside them in the same run. */
public final class Peers {

  private Peers() {}

  /**
   * Runs the benchmarks of the peers and ours, or those that the patterns name.
   *
   * @param args JMH's options
   */
  public static void main(String[] args) {
    List<String> options = new ArrayList<>(Arrays.asList(args));
    if (names(args).isEmpty()) {
      options.add(Peers.class.getPackageName());
      for (Class<?> ours : List.of(Epoch.class, Forward.class, Gradient.class)) {
        options.add("^" + ours.getName() + "\\.");
      }
    }
    if (!given(options, "kernel=")) {
      options.addAll(List.of("-p", "kernel=simd"));
    }
    if (!given(options, "blas=")) {
      String choices = BlasChoice.VECTOR + "," + BlasChoice.JAVA;
      if (BlasChoice.hasNative()) {
        choices += "," + BlasChoice.NATIVE;
      } else {
        System.out.println(
            "SKIPPED: blas=native, as netlib finds no native BLAS to load (Debian: libopenblas0)");
      }
      options.addAll(List.of("-p", "blas=" + choices));
    }
    Table.main(options.toArray(String[]::new));
  }

  private static Collection<String> names(String[] args) {
    try {
      return new CommandLineOptions(args).getIncludes();
    } catch (CommandLineOptionException e) {
      // Told once, by the table.
      return List.of("");
    }
  }

  private static boolean given(List<String> options, String parameter) {
    return options.stream().anyMatch(option -> option.startsWith(parameter));
  }
}
