// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.bench.peers;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Trains on the tutorial's two files with Lanewise, NumPy and scikit-learn, one after the other in
 * every round, so that what disturbs the machine disturbs all, and prints one table.
 */
public final class Compare {

  private static final String USAGE = "usage: bench/compare [--rounds N] FOLDER";
  private static final String PYTHON = "/usr/bin/python3";
  private static final int ROUNDS = 5;

  private final Path root;
  private final String train;
  private final String test;
  private final String python;

  private Compare(Path root, Path folder, String python) {
    this.root = root;
    this.train = file(folder, "train_catvnoncat.h5");
    this.test = file(folder, "test_catvnoncat.h5");
    this.python = python;
  }

  private static String file(Path folder, String name) {
    Path file = folder.resolve(name);
    if (!Files.isReadable(file)) {
      throw new CompareException("there is no " + file + " to read; " + USAGE);
    }
    return file.toString();
  }

  /**
   * Compares. The exit status is 1 if a program fails or misses the tutorial's figures, 2 if the
   * arguments are wrong.
   *
   * @param args the folder of the project, then the user's arguments
   */
  public static void main(String[] args) {
    int rounds = ROUNDS;
    List<String> folders = new ArrayList<>();
    try {
      for (int i = 1; i < args.length; i++) {
        if (args[i].equals("--rounds") && i + 1 < args.length) {
          rounds = Integer.parseInt(args[++i]);
        } else {
          folders.add(args[i]);
        }
      }
    } catch (NumberFormatException e) {
      rounds = 0;
    }
    if (rounds < 1 || folders.size() != 1 || folders.get(0).startsWith("-")) {
      System.err.println(USAGE);
      System.exit(2);
    }
    String given = System.getenv("PYTHON");
    String python = given == null || given.isEmpty() ? PYTHON : given;
    try {
      new Compare(Path.of(args[0]), Path.of(folders.get(0)), python).run(rounds);
    } catch (CompareException | UncheckedIOException e) {
      System.err.println("compare: " + e.getMessage());
      System.exit(1);
    }
  }

  private void run(int rounds) {
    List<Program> programs = programs();
    for (Program program : programs) {
      System.err.println("compare: verifying " + program.name());
      program.verify();
    }
    for (int round = 1; round <= rounds; round++) {
      System.err.println("compare: round " + round + " of " + rounds);
      programs.forEach(Program::time);
    }
    print(programs, rounds);
  }

  private List<Program> programs() {
    List<Program> programs = new ArrayList<>();
    programs.add(
        new Program(
            "Lanewise",
            true,
            List.of(
                root.resolve("lanewise").toString(),
                "train",
                "--json",
                "--train",
                train,
                "--test",
                test)));
    if (has("numpy, h5py", "python3-numpy python3-h5py")) {
      programs.add(python("NumPy float64", true, "tutorial_numpy.py", "--dtype", "float64"));
      programs.add(python("NumPy float32", true, "tutorial_numpy.py", "--dtype", "float32"));
      if (has("sklearn", "python3-sklearn")) {
        for (String solver : List.of("lbfgs", "newton-cg", "liblinear", "sgd")) {
          programs.add(
              python("scikit-learn " + solver, false, "tutorial_sklearn.py", "--solver", solver));
        }
      }
    }
    return programs;
  }

  private boolean has(String modules, String packages) {
    boolean has = ProgramRun.succeeds(List.of(python, "-c", "import " + modules));
    if (!has) {
      System.out.printf(
          Locale.ROOT,
          "SKIPPED: %s cannot import %s (Debian: %s; PYTHON names another Python)%n",
          python,
          modules,
          packages);
    }
    return has;
  }

  private Program python(String name, boolean tutorial, String script, String... options) {
    List<String> command = new ArrayList<>();
    command.add(python);
    command.add(root.resolve("bench").resolve("peers").resolve(script).toString());
    command.add(train);
    command.add(test);
    command.addAll(List.of(options));
    return new Program(name, tutorial, command);
  }

  private static void print(List<Program> programs, int rounds) {
    System.out.printf(
        Locale.ROOT,
        "%n%d rounds, %d processors, Java %s%n",
        rounds,
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("java.version"));
    String threads = System.getenv("OPENBLAS_NUM_THREADS");
    System.out.println("OpenBLAS threads: " + (threads == null ? "as many as it likes" : threads));
    for (Program program : programs) {
      System.out.println("- " + program.name() + ": " + program.itself());
    }
    System.out.printf(
        Locale.ROOT,
        "%n| program | process s | from | to | / ours | training s | from | to | / ours"
            + " | iterations | train cost | train %% | test %% |%n");
    System.out.printf(Locale.ROOT, "|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|%n");
    Program ours = programs.get(0);
    for (Program program : programs) {
      System.out.printf(
          Locale.ROOT,
          "| %s | %s | %s | %d | %.6f | %.2f | %.0f |%n",
          program.name(),
          times(program.wallSeconds(), ours.wallSeconds()),
          times(program.trainSeconds(), ours.trainSeconds()),
          program.iterations(),
          program.number("trainCost"),
          100 * program.number("trainAccuracy"),
          100 * program.number("testAccuracy"));
    }
  }

  private static String times(double[] sorted, double[] ours) {
    return String.format(
        Locale.ROOT,
        "%.3f | %.3f | %.3f | %.2f",
        median(sorted),
        sorted[0],
        sorted[sorted.length - 1],
        median(sorted) / median(ours));
  }

  private static double median(double[] sorted) {
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }
}
