package dev.lanewise.bench;

import dev.lanewise.kernel.KernelChoice;
import dev.lanewise.kernel.KernelRequest;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * What a change must pass: about a minute of benchmarks, all verified, and the SIMD kernels faster
 * than the scalar ones by a modest factor. It looks at ratios alone, because absolute times say
 * more about the machine than about the code.
 */
public final class Gate {

  private static final List<Class<? extends KernelBenchmark>> GATED =
      List.of(Epoch.class, Forward.class, Gradient.class);

  // Measured ratios are higher; what is left is room for noise.
  private static final double LEAST_FROM_8_LANES = 1.5;
  private static final double LEAST_BELOW_8_LANES = 1.1;

  private static final TimeValue ITERATION = TimeValue.milliseconds(500);

  private Gate() {}

  /**
   * Runs the gate. The exit status is 1 if a benchmark failed its verification or a ratio is too
   * low.
   *
   * @param args none
   */
  public static void main(String[] args) {
    if (args.length != 0) {
      System.err.println("the gate takes no arguments");
      System.exit(2);
    }
    System.exit(passes() ? 0 : 1);
  }

  private static boolean passes() {
    List<Ratio> ratios;
    try {
      ratios = ratios(new Runner(options()).run());
    } catch (RunnerException e) {
      System.err.println("gate: a benchmark failed; its exception is above");
      return false;
    }
    System.out.println();
    ratios.forEach(System.out::println);
    List<String> fallen =
        ratios.stream().filter(ratio -> !ratio.holds()).map(Ratio::benchmark).toList();
    if (!fallen.isEmpty()) {
      System.err.println("gate: too little gained from SIMD: " + String.join(", ", fallen));
    }
    return fallen.isEmpty();
  }

  private static Options options() {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .forks(2)
            .warmupIterations(3)
            .warmupTime(ITERATION)
            .measurementIterations(3)
            .measurementTime(ITERATION)
            .shouldFailOnError(true);
    GATED.forEach(benchmark -> options.include(pattern(benchmark)));
    return options.build();
  }

  private static String pattern(Class<?> benchmark) {
    return "^" + benchmark.getName().replace(".", "\\.") + "\\.";
  }

  private static List<Ratio> ratios(Collection<RunResult> results) {
    double least = widest() < 8 ? LEAST_BELOW_8_LANES : LEAST_FROM_8_LANES;
    return GATED.stream()
        .map(
            benchmark ->
                new Ratio(
                    benchmark.getSimpleName(),
                    best(results, benchmark, KernelBenchmark.SCALAR),
                    best(results, benchmark, KernelBenchmark.SIMD),
                    least))
        .toList();
  }

  private static int widest() {
    return KernelChoice.choose(KernelRequest.simd(), warning -> {}).lanes();
  }

  private static double best(Collection<RunResult> results, Class<?> benchmark, String kernel) {
    return results.stream()
        .filter(result -> result.getParams().getBenchmark().matches(pattern(benchmark) + ".*"))
        .filter(result -> result.getParams().getParam("kernel").equals(kernel))
        .mapToDouble(result -> Scores.of(result).least())
        .min()
        .orElse(Double.NaN);
  }
}
