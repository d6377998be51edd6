// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.lanewise.Effort;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.kernel.simd.AllKernels;
import dev.lanewise.random.Draw;
import dev.lanewise.random.Draw.Values;
import dev.lanewise.train.BitsRun.Storage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever the problem is, everything that computes it gives the bits of one thread of scalar
 * kernels on floats in memory, and so does a run that was interrupted and went on with others:
 * problems and what computes them are drawn, a hundred in every build, a thousand with {@code
 * -Pfull} and as many as wanted with {@code -Dproperty.tries=N}; {@code -Dproperty.seed=S} draws
 * others, or a failed one again. Where the contract is written on plain arrays, these must agree
 * too.
 */
class BitsPropertyTest {

  private static final int TRIES = Integer.getInteger("property.tries", Effort.of(100, 1000));
  private static final long SEED = Long.getLong("property.seed", 0);

  @TempDir private Path folder;

  private int interrupted;

  @Test
  void whateverComputesGivesTheSameBits() {
    int finished = 0;
    int ofMany = 0;
    for (int i = 0; i < TRIES; i++) {
      BitsCase problem = BitsCase.of(SEED + i);
      String expected = baseline(problem);
      Optional<String> difference = difference(problem, expected, AllKernels.fast());
      if (difference.isPresent()) {
        fail(report(problem, difference.get(), AllKernels.fast()));
      }
      boolean ended = !expected.startsWith(BitsRun.REFUSED);
      finished += ended ? 1 : 0;
      ofMany += ended && problem.isMany() ? 1 : 0;
    }
    // Nothing is shown by runs that all fail alike, or that are all of one kind.
    assertThat(finished).isGreaterThan(TRIES * 3 / 5 - 1);
    assertThat(ofMany).isGreaterThan(TRIES / 12 - 1);
    assertThat(interrupted).isGreaterThan(TRIES / 30 - 1);
  }

  /** The test itself: kernels that are wrong in one bit are found, and the case is made small. */
  @Test
  void aWrongBitIsFoundAndTheCaseSaysHowToDrawItAgain() {
    List<Kernels> wrong = List.of(wrongInTheLastBit(AllKernels.scalar()));
    long seed = 0;
    // Of gradient descent, which notes sums that any size of problem has.
    while (BitsCase.of(seed).options().solver() != SolverChoice.GD
        || difference(BitsCase.of(seed), wrong).isEmpty()) {
      seed++;
      assertThat(seed).isLessThan(40);
    }
    BitsCase problem = BitsCase.of(seed);
    String report = report(problem, difference(problem, wrong).get(), wrong);
    assertThat(report)
        .contains("-Dproperty.seed=" + seed + " -Dproperty.tries=1")
        .contains(problem.toString())
        .contains("x = [[");
    assertThat(smallest(problem, wrong).samples()).isLessThan(3);
    assertThat(smallest(problem, wrong).features()).isLessThan(3);
  }

  @Test
  void theSameSeedDrawsTheSameCase() {
    for (long seed = 0; seed < 50; seed++) {
      BitsCase problem = BitsCase.of(seed);
      assertThat(problem.description()).isEqualTo(BitsCase.of(seed).description());
      assertThat(problem.x()).isDeepEqualTo(BitsCase.of(seed).x());
    }
  }

  private String baseline(BitsCase problem) {
    return new BitsRun(AllKernels.scalar(), 1, Storage.FLOATS).outcome(problem, null);
  }

  private Optional<String> difference(BitsCase problem, List<Kernels> kernels) {
    return difference(problem, baseline(problem), kernels);
  }

  private Optional<String> difference(BitsCase problem, String expected, List<Kernels> kernels) {
    try {
      return anyDifference(problem, expected, kernels);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Optional<String> anyDifference(BitsCase problem, String expected, List<Kernels> kernels)
      throws IOException {
    Optional<String> contract = BitsOracle.bits(problem);
    if (!expected.startsWith(BitsRun.REFUSED)
        && contract.isPresent()
        && !expected.startsWith(contract.get())) {
      return Optional.of(
          String.format(
              Locale.ROOT,
              "  the contract on plain arrays:%n    %s%n  one thread of scalar kernels:%n    %s",
              contract.get(),
              expected));
    }
    Path features = folder.resolve("features.bin");
    List<BitsRun> runs = runs(problem, kernels);
    for (BitsRun run : runs) {
      String found = run.outcome(problem, features);
      if (!found.equals(expected)) {
        return Optional.of(unlike(run, found, expected));
      }
    }
    Draw draw = new Draw(problem.seed() ^ 0x73746F70L);
    if (BitsInterruption.isPossible(problem) && draw.oneIn(6)) {
      interrupted++;
      BitsInterruption stops = new BitsInterruption(runs, draw.between(1, 3));
      String found = stops.outcome(problem, features, folder.resolve("run.ckpt"));
      if (!found.equals(expected)) {
        return Optional.of(unlike(stops, found, expected));
      }
    }
    return Optional.empty();
  }

  private static String unlike(Object run, String found, String expected) {
    return String.format(
        Locale.ROOT,
        "  %s:%n    %s%n  one thread of scalar kernels on floats:%n    %s",
        run,
        found,
        expected);
  }

  /** Each kernel once, with threads, 0 for what users call, and storage by lot. */
  private static List<BitsRun> runs(BitsCase problem, List<Kernels> kernels) {
    Draw draw = new Draw(problem.seed() ^ 0x72756E73L);
    List<BitsRun> runs = new ArrayList<>();
    for (Kernels each : kernels) {
      Storage storage = Storage.FLOATS;
      if (problem.values() == Values.PIXELS) {
        storage = draw.of(Storage.values());
      } else if (draw.oneIn(6)) {
        storage = Storage.MAPPED_FLOATS;
      }
      runs.add(new BitsRun(each, draw.of(0, 1, 1, 1, 2, 2, 3, draw.between(4, 9)), storage));
    }
    return runs;
  }

  private String report(BitsCase problem, String difference, List<Kernels> kernels) {
    BitsCase small = smallest(problem, kernels);
    return String.format(
        Locale.ROOT,
        """
        the bits differ
        %s
        the case: %s
        again: mvn test%s -Dtest=BitsPropertyTest -Dproperty.seed=%d -Dproperty.tries=1
        the smallest found that differs: %s
        %s\
        """,
        difference,
        problem.description(),
        Effort.FULL ? " -Pfull" : "",
        problem.seed(),
        small.description(),
        difference(small, kernels).orElse(""));
  }

  // One simplification after another, as long as the bits still differ.
  private BitsCase smallest(BitsCase problem, List<Kernels> kernels) {
    for (BitsCase simpler : problem.simpler()) {
      if (difference(simpler, kernels).isPresent()) {
        return smallest(simpler, kernels);
      }
    }
    return problem;
  }

  private static Kernels wrongInTheLastBit(Kernels kernels) {
    return (Kernels)
        Proxy.newProxyInstance(
            BitsPropertyTest.class.getClassLoader(),
            new Class<?>[] {Kernels.class},
            (proxy, method, args) -> {
              try {
                Object result = method.invoke(kernels, args);
                return method.getName().equals("sum") ? Math.nextUp((Double) result) : result;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
