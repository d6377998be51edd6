// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.model;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lanewise.data.DataException;
import dev.lanewise.data.Dataset;
import dev.lanewise.data.FeatureShape;
import dev.lanewise.data.FileStamp;
import dev.lanewise.data.Origin;
import dev.lanewise.data.Scaling;
import dev.lanewise.data.Schema;
import dev.lanewise.data.TestData;
import dev.lanewise.data.file.MappedFile;
import dev.lanewise.kernel.simd.AllKernels;
import dev.lanewise.matrix.ByteMatrix;
import dev.lanewise.matrix.MappedMatrix;
import dev.lanewise.matrix.SampleMatrix;
import dev.lanewise.train.Hyperparameters;
import dev.lanewise.train.LogisticRegression;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Samples that can be mapped may be more than what is said of them has room for. */
class TooManyPredictionsTest {

  private static final int SAMPLES = 500_000_000;

  // The file is a hole and takes no room.
  @Test
  void bothNumbersAreSaid(@TempDir Path folder) throws IOException {
    assumeTrue(
        Runtime.getRuntime().maxMemory() < 8L * SAMPLES, "this JVM has more than 4 GB of heap");
    Path file = folder.resolve("many.bin");
    try (RandomAccessFile hole = new RandomAccessFile(file.toFile(), "rw")) {
      hole.setLength(SAMPLES);
    }
    try (Dataset small = pixels(Arena.ofShared());
        Dataset many = many(file)) {
      Model model =
          new LogisticRegression(Hyperparameters.tutorial().withIterations(1)).fit(small).model();
      assertThatThrownBy(() -> model.predict(many, AllKernels.scalar()))
          .isInstanceOf(DataException.class)
          .hasMessageMatching(
              ".*predicting 500000000 samples needs 4000000000 bytes of Java's heap, which may"
                  + " grow to \\d+ \\(option -Xmx\\)");
    }
  }

  private static Dataset pixels(Arena arena) {
    ByteMatrix x = ByteMatrix.allocate(arena, 1, 4, Scaling.PIXEL_FACTOR);
    x.setColumn(0, MemorySegment.ofArray(TestData.pixels(1, 1, 1)), 0);
    return dataset(arena, x, new int[] {0, 1, 0, 1});
  }

  private static Dataset many(Path file) throws IOException {
    MappedFile mapped = MappedFile.open(file, FileStamp.of(file));
    MappedMatrix x =
        MappedMatrix.ofBytes(mapped, mapped.map(0, SAMPLES), 1, SAMPLES, Scaling.PIXEL_FACTOR);
    return dataset(mapped, x, null);
  }

  private static Dataset dataset(Arena arena, SampleMatrix x, int[] labels) {
    return new Dataset(
        arena,
        x,
        labels,
        Schema.UNNAMED,
        FeatureShape.of(1),
        Scaling.PIXELS,
        Origin.memory("many"));
  }
}
