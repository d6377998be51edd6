// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.bench.gate;

import dev.lanewise.bench.KernelBenchmark;
import dev.lanewise.bench.ratio.Effort;
import dev.lanewise.bench.ratio.Fork;
import dev.lanewise.bench.ratio.ForkException;
import dev.lanewise.bench.ratio.Spread;
import dev.lanewise.bench.ratio.Trial;
import dev.lanewise.data.DataException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a change must pass: about five minutes of benchmarks, all verified. It looks at ratios
 * alone, because absolute times say more about the machine than about the code.
 */
public final class Gate {

  private static final String UPDATE = "update";
  private static final String OUT = "--out";

  /** Measurements of each ratio that a baseline is the median of. */
  private static final int RUNS = 3;

  // Without escape analysis the compiler removes no object, so that what the scalar kernels and the
  // engines allocate does not depend on what was inlined. The SIMD kernels need escape analysis for
  // their slices.
  private static final List<String> ALL_OBJECTS = List.of("-XX:-DoEscapeAnalysis");

  private final int lanes = Machine.lanesHere();
  private final List<Gated> gated = Gated.all(lanes);
  private final Path file;

  private Gate(Path file) {
    this.file = file;
  }

  /**
   * Runs the gate. The exit status is 1 if a benchmark failed its verification, a ratio has fallen,
   * a kernel allocates, or the baseline is not what it should be.
   *
   * @param args {@code check} or {@code update}, then the file of the baseline; after {@code check}
   *     perhaps {@code --out} and a file that receives the ratios, in the form of a baseline
   */
  public static void main(String[] args) {
    boolean update = args[0].equals(UPDATE);
    boolean keeps = !update && args.length == 4 && args[2].equals(OUT);
    if (args.length != 2 && !keeps) {
      System.err.println("the gate takes " + (update ? "no arguments" : "nothing but --out FILE"));
      System.exit(2);
    }
    Gate gate = new Gate(Path.of(args[1]));
    Optional<Path> out = keeps ? Optional.of(Path.of(args[3])) : Optional.empty();
    try {
      System.exit((update ? gate.updates() : gate.passes(out)) ? 0 : 1);
    } catch (ForkException | BaselineException | DataException e) {
      System.err.println("gate: " + e.getMessage());
      System.exit(1);
    }
  }

  private boolean passes(Optional<Path> out) {
    Baseline baseline = Baseline.read(file);
    checkNames(baseline);
    System.out.printf(Locale.ROOT, "Ratios on vectors of %d floats%s:%n", lanes, origin(baseline));
    List<String> fallen = new ArrayList<>();
    Map<String, Double> ratios = new LinkedHashMap<>();
    for (Gated each : gated) {
      Requirement requirement = new Requirement(each.floor(), ratio(baseline, each.name()));
      Verdict verdict = Verdict.of(each.name(), requirement, () -> measure(each));
      System.out.println(verdict);
      ratios.put(each.name(), rounded(verdict.measured().getLast().median()));
      if (!verdict.holds()) {
        fallen.add(each.name());
      }
    }
    // Of a gate that fails, too.
    out.ifPresent(to -> new Baseline(List.of(Machine.here(ratios))).write(to));
    System.out.println("Bytes allocated by a warm call:");
    // A JVM each, as programs have it: one in which the scalar kernels ran hot compiles the others
    // otherwise.
    allocation(KernelBenchmark.SCALAR, ALL_OBJECTS);
    allocation(KernelBenchmark.SIMD, List.of());
    fallen.forEach(name -> System.err.println("gate: too low twice in a row: " + name));
    return fallen.isEmpty();
  }

  private static void allocation(String kernel, List<String> options) {
    Fork.run(kernel + " allocation", Allocation.class, options, List.of(kernel))
        .forEach(System.out::println);
  }

  private String origin(Baseline baseline) {
    return baseline
        .machine(lanes)
        .map(
            machine ->
                String.format(
                    Locale.ROOT,
                    ", baseline of %s on %s, Java %s",
                    machine.date(),
                    machine.cpu(),
                    machine.java()))
        .orElse(", for which there is no baseline: floors alone count");
  }

  private OptionalDouble ratio(Baseline baseline, String name) {
    return baseline
        .machine(lanes)
        .map(machine -> machine.ratios().get(name))
        .map(OptionalDouble::of)
        .orElse(OptionalDouble.empty());
  }

  // A comparison that got another name, or was dropped, must not leave the gate unnoticed.
  private void checkNames(Baseline baseline) {
    List<String> names = gated.stream().map(Gated::name).toList();
    for (Machine machine : baseline.machines()) {
      for (String name : machine.ratios().keySet()) {
        if (!names.contains(name)) {
          throw new BaselineException(
              file + ": has '" + name + "', which the gate does not measure; update the baseline");
        }
      }
    }
  }

  private static Spread measure(Gated gated) {
    return Trial.measure(gated.comparison(), Effort.QUICK).ratio();
  }

  /** Three digits: what is beyond them is noise. */
  private static double rounded(double ratio) {
    return Math.round(ratio * 1000) / 1000.0;
  }

  private boolean updates() {
    // One that cannot be read is not to be lost by a mistake.
    Baseline before = Files.exists(file) ? Baseline.read(file) : new Baseline(List.of());
    Map<String, List<Double>> runs = new LinkedHashMap<>();
    for (int run = 0; run < RUNS; run++) {
      for (Gated each : gated) {
        double ratio = measure(each).median();
        System.out.printf(
            Locale.ROOT, "run %d of %d: %-42s %.2f%n", run + 1, RUNS, each.name(), ratio);
        runs.computeIfAbsent(each.name(), name -> new ArrayList<>()).add(ratio);
      }
    }
    Map<String, Double> ratios = new LinkedHashMap<>();
    for (Gated each : gated) {
      double median = Spread.of(runs.get(each.name())).median();
      if (!new Requirement(each.floor(), OptionalDouble.empty()).allows(median)) {
        System.err.printf(
            Locale.ROOT,
            "gate: %s is %.2f, below its floor of %.2f: the baseline stays as it is%n",
            each.name(),
            median,
            each.floor());
        return false;
      }
      ratios.put(each.name(), rounded(median));
    }
    before.with(Machine.here(ratios)).write(file);
    System.out.println(file + " has new ratios for " + lanes + " lanes");
    return true;
  }
}
