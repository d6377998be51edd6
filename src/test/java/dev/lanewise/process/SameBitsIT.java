package dev.lanewise.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.data.TutorialFiles;
import dev.lanewise.data.hdf5.Hdf5Content;
import dev.lanewise.data.hdf5.Hdf5Writer;
import dev.lanewise.kernel.HostileNumbers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One digest, whatever JVM computes it: vectors of any width or none, interpreted or compiled. */
class SameBitsIT {

  private static final List<String> VECTORS = List.of(JavaProcess.MODULE);

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"primal", "gram"})
  void anyJvmTrainsTheSameModel(String engine) {
    check(randomSamples(700, 300), 400, engine);
  }

  @ParameterizedTest
  @ValueSource(strings = {"primal", "gram"})
  void anInterpretedRunTrainsTheSameModel(String engine) {
    Path data = randomSamples(40, 300);
    Map<String, String> digests = new LinkedHashMap<>();
    for (String kernel : List.of("scalar", "simd")) {
      put(digests, VECTORS, data, 3, "--engine", engine, "--kernel", kernel);
      put(
          digests,
          List.of(JavaProcess.MODULE, "-Xint"),
          data,
          3,
          "--engine",
          engine,
          "--kernel",
          kernel);
      put(
          digests,
          List.of(JavaProcess.MODULE, "-XX:TieredStopAtLevel=1"),
          data,
          3,
          "--engine",
          engine,
          "--kernel",
          kernel);
      put(
          digests,
          List.of(JavaProcess.MODULE, "-XX:-TieredCompilation", "-Xcomp"),
          data,
          3,
          "--engine",
          engine,
          "--kernel",
          kernel);
    }
    assertOneDigest(digests);
  }

  /** Adam's steps have roots and quotients, which other runs do without. */
  @Test
  void anyJvmTrainsTheSameModelInBatches() {
    Path data = randomSamples(60, 300);
    Map<String, String> digests = new LinkedHashMap<>();
    for (List<String> jvmOptions :
        List.of(
            List.<String>of(),
            VECTORS,
            List.of(JavaProcess.MODULE, "-Xint"),
            List.of(JavaProcess.MODULE, "-XX:-TieredCompilation", "-Xcomp"))) {
      List<Object> args = new ArrayList<>(List.of("train", "--train", data, "--json"));
      args.addAll(List.of("--solver", "sgd", "--optimizer", "adam", "--epochs", 3));
      args.addAll(List.of("--batch-size", 7, "--l1", 0.1, "--l2", 1, "--schedule", "cosine"));
      args.addAll(List.of("--holdout", 0.2));
      args.addAll(List.of("--kernel", jvmOptions.isEmpty() ? "scalar" : "simd"));
      var json = JavaProcess.lanewise(jvmOptions, args.toArray()).json();
      digests.put(jvmOptions.toString(), json.at("/weightsSha256").asText());
    }
    assertOneDigest(digests);
  }

  @ParameterizedTest
  @ValueSource(strings = {"primal", "gram"})
  void anyJvmTrainsTheSameModelOnTheTutorialsData(String engine) {
    check(TutorialFiles.train(), 60, engine);
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

  private Path randomSamples(int m, int d) {
    HostileNumbers numbers = new HostileNumbers(m);
    float[] x = numbers.floats(m * d, HostileNumbers.Kind.SIGNED);
    long[] y = IntStream.of(numbers.labels(m)).asLongStream().toArray();
    Path file = folder.resolve(m + ".h5");
    Hdf5Writer.write(file, new Hdf5Content().float32("X", x, m, d).int64("y", y));
    return file;
  }
}
