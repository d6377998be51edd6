// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lanewise.data.hdf5.Hdf5Content;
import dev.lanewise.data.hdf5.Hdf5Writer;
import dev.lanewise.random.Draw;
import dev.lanewise.random.Draw.Values;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is off the heap is freed when a data set is closed and a run ends, not some time later. */
class ResidentMemoryIT {

  private static final int MODELS = 1000;

  // The compilers still work during the first models. Of a single vector for each model 12 MB would
  // stay, of what a run takes hundreds.
  private static final int SETTLED = 500;
  private static final long MOST_KIB = 4 * 1024;

  private static final int SAMPLES = 32;
  private static final int FEATURES = 6000;

  @TempDir private Path folder;

  private record Said(int models, long residentKib, int threads, long files) {
    static Said of(String line) {
      String[] parts = line.split(" ");
      return new Said(
          Integer.parseInt(parts[0]),
          Long.parseLong(parts[1]),
          Integer.parseInt(parts[2]),
          Long.parseLong(parts[3]));
    }
  }

  @Test
  void aThousandModelsLeaveNothingBehind() throws Exception {
    assumeTrue(Files.exists(Path.of("/proc/self/status")), "needs Linux to ask for its memory");
    Path data = folder.resolve("data.h5");
    Draw draw = new Draw(3);
    long[] labels = new long[SAMPLES];
    for (int j = 0; j < SAMPLES; j++) {
      labels[j] = j % 2;
    }
    float[] x = draw.floats(SAMPLES * FEATURES, Values.NORMAL);
    Hdf5Writer.write(data, new Hdf5Content().float32("X", x, SAMPLES, FEATURES).int64("y", labels));
    Path classes =
        Path.of(ResidentMemoryIT.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    // The heap is all there from the beginning, so that what grows is what is off it. The
    // optimising
    // compiler takes and keeps megabytes whenever it comes to a large method, so that there is the
    // other alone, and kernels that do not need the first. The C library keeps freed memory for
    // each
    // of many threads unless told otherwise.
    JavaProcess run =
        JavaProcess.run(
            List.of(
                JavaProcess.thisJava().toString(),
                JavaProcess.MODULE,
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dlanewise.kernel=scalar",
                "-Xms128m",
                "-Xmx128m",
                "-XX:+AlwaysPreTouch",
                "-cp",
                JavaProcess.jar() + File.pathSeparator + classes,
                ThousandModels.class.getName(),
                Integer.toString(MODELS),
                data.toString(),
                folder.toString()),
            Map.of("MALLOC_ARENA_MAX", "2"));
    assertThat(run.status()).as(run.err()).isZero();
    List<Said> said = run.out().lines().map(Said::of).toList();
    assertThat(said).hasSize(MODELS / 100);
    Said settled = said.stream().filter(one -> one.models() == SETTLED).findFirst().orElseThrow();
    Said end = said.getLast();
    assertThat(end.residentKib() - settled.residentKib()).as("%s", said).isLessThan(MOST_KIB);
    assertThat(end.threads()).as("%s", said).isEqualTo(1);
    assertThat(end.files()).as("%s", said).isEqualTo(settled.files());
  }
}
