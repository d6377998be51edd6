// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.data.TutorialFiles;
import dev.lanewise.data.hdf5.Hdf5Content;
import dev.lanewise.data.hdf5.Hdf5Writer;
import dev.lanewise.kernel.HostileNumbers;
import dev.lanewise.kernel.KernelChoice;
import dev.lanewise.kernel.KernelRequest;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One digest, whatever JVM computes it: vectors of any width or none, interpreted or compiled. */
class SameBitsIT {

  private static final List<String> VECTORS = List.of(JavaProcess.MODULE);

  @TempDir private Path folder;

  @Test
  void theCommandTrainsTheSameModel() {
    check(randomSamples(300, 100, 2), 20, "primal");
  }

  /** JVMs with vectors up to each width, and one without any. */
  private static List<Trainings> ofAnyWidth() {
    List<Trainings> jvms = new ArrayList<>();
    jvms.add(new Trainings(List.of(), 0));
    for (int lanes = 4; lanes <= widest(); lanes *= 2) {
      List<String> options =
          List.of(JavaProcess.MODULE, "-XX:MaxVectorSize=" + lanes * Float.BYTES);
      jvms.add(new Trainings(options, lanes));
    }
    return jvms;
  }

  @Test
  void vectorsOfAnyWidthTrainTheSameModels() throws Exception {
    assertOneDigestOfEach(700, 300, 60, ofAnyWidth());
  }

  /** On few samples, as interpreted vectors take a thousand times as long. */
  @Test
  void interpretedAndCompiledRunsTrainTheSameModels() throws Exception {
    int widest = widest();
    assertOneDigestOfEach(
        23,
        21,
        2,
        List.of(
            new Trainings(VECTORS, widest),
            new Trainings(List.of(JavaProcess.MODULE, "-Xint"), widest),
            new Trainings(List.of(JavaProcess.MODULE, "-XX:TieredStopAtLevel=1"), widest),
            new Trainings(
                List.of(JavaProcess.MODULE, "-XX:-TieredCompilation", "-Xcomp"), widest)));
  }

  private record Trainings(List<String> jvmOptions, int lanes) {

    /** Scalar kernels, and those of 4, 8, ... lanes. */
    int kernels() {
      int count = 1;
      for (int of = 4; of <= lanes; of *= 2) {
        count++;
      }
      return count;
    }

    /** Puts each digest under its way to train, with who found it. */
    void run(List<Path> files, int steps, Map<String, Map<String, String>> digests)
        throws Exception {
      Path classes =
          Path.of(SameBitsIT.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      List<String> command = new ArrayList<>();
      command.add(JavaProcess.thisJava().toString());
      command.addAll(jvmOptions);
      command.addAll(List.of("-cp", JavaProcess.jar() + File.pathSeparator + classes));
      command.add(ManyTrainings.class.getName());
      command.addAll(List.of("" + steps, "" + lanes));
      files.forEach(file -> command.add(file.toString()));
      JavaProcess process = JavaProcess.run(command, Map.of());
      assertThat(process.status()).as("%s: %s", jvmOptions, process.err()).isZero();
      for (String line : process.out().lines().toList()) {
        String[] words = line.split(" ", 2);
        String[] found = words[1].split(" (?=[^ ]*$)");
        digests
            .computeIfAbsent(words[0], way -> new LinkedHashMap<>())
            .put(jvmOptions + " " + found[0], found[1]);
      }
    }
  }

  private void assertOneDigestOfEach(int samples, int features, int steps, List<Trainings> jvms)
      throws Exception {
    List<Path> files =
        List.of(randomSamples(samples, features, 2), randomSamples(samples, features, 3));
    assertOneDigestOfEach(
        files,
        steps,
        2,
        jvms,
        List.of(
            "primal",
            "gram",
            "newton",
            "sgd",
            "lbfgs",
            "softmax",
            "network-primal",
            "network-gram",
            "network-adam",
            "network-lbfgs"));
  }

  private static void assertOneDigestOfEach(
      List<Path> files, int steps, int numbersOfThreads, List<Trainings> jvms, List<String> ways)
      throws Exception {
    Map<String, Map<String, String>> digests = new LinkedHashMap<>();
    int kernels = 0;
    for (Trainings jvm : jvms) {
      jvm.run(files, steps, digests);
      kernels += jvm.kernels();
    }
    assertThat(digests).containsOnlyKeys(ways);
    for (Map<String, String> ofOneWay : digests.values()) {
      assertThat(ofOneWay)
          .as("each kernel on each number of threads")
          .hasSize(numbersOfThreads * kernels);
      assertOneDigest(ofOneWay);
    }
  }

  private static int widest() {
    return KernelChoice.choose(KernelRequest.simd(), warning -> {}).lanes();
  }

  @Test
  void vectorsOfAnyWidthTrainTheSameModelOnTheTutorialsData() throws Exception {
    List<Path> files = List.of(TutorialFiles.train());
    assertOneDigestOfEach(files, 20, 4, ofAnyWidth(), ManyTrainings.ENGINES);
  }

  private static void check(Path data, int iterations, String engine) {
    Map<String, String> digests = new LinkedHashMap<>();
    put(digests, VECTORS, data, iterations, "--engine", engine, "--kernel", "scalar");
    int widest = put(digests, VECTORS, data, iterations, "--engine", engine, "--kernel", "simd");
    for (int lanes = 4; lanes <= widest; lanes *= 2) {
      put(
          digests,
          VECTORS,
          data,
          iterations,
          "--engine",
          engine,
          "--lanes",
          Integer.toString(lanes));
    }
    for (int bytes = 16; bytes <= 4 * widest; bytes *= 2) {
      List<String> options = List.of(JavaProcess.MODULE, "-XX:MaxVectorSize=" + bytes);
      int lanes = put(digests, options, data, iterations, "--engine", engine, "--kernel", "simd");
      assertThat(lanes).as("lanes of vectors of %d bytes", bytes).isEqualTo(bytes / 4);
    }
    for (int threads : new int[] {1, 2, 3, 8}) {
      put(
          digests,
          VECTORS,
          data,
          iterations,
          "--engine",
          engine,
          "--kernel",
          "simd",
          "--threads",
          Integer.toString(threads));
    }
    put(digests, List.of(), data, iterations, "--engine", engine);
    assertOneDigest(digests);
  }

  /** Trains, keeps the digest, and returns the number of lanes. */
  private static int put(
      Map<String, String> digests,
      List<String> jvmOptions,
      Path data,
      int iterations,
      String... options) {
    List<Object> args = new ArrayList<>();
    args.addAll(List.of("train", "--train", data, "--iterations", iterations, "--json"));
    args.addAll(List.of(options));
    var json = JavaProcess.lanewise(jvmOptions, args.toArray()).json();
    digests.put(jvmOptions + " " + List.of(options), json.at("/weightsSha256").asText());
    return json.at("/lanes").asInt();
  }

  private static void assertOneDigest(Map<String, String> digests) {
    assertThat(digests.values().stream().distinct()).as("%s", digests).hasSize(1);
  }

  private Path randomSamples(int m, int d, int classes) {
    HostileNumbers numbers = new HostileNumbers(m);
    float[] x = numbers.floats(m * d, HostileNumbers.Kind.SIGNED);
    int[] drawn = numbers.labels(m);
    long[] y =
        IntStream.range(0, m).mapToLong(j -> classes == 2 ? drawn[j] : j % classes).toArray();
    Path file = folder.resolve(m + "-" + classes + ".h5");
    Hdf5Writer.write(file, new Hdf5Content().float32("X", x, m, d).int64("y", y));
    return file;
  }
}
