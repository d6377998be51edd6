// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.train;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lanewise.data.Dataset;
import dev.lanewise.data.FeatureShape;
import dev.lanewise.data.FileStamp;
import dev.lanewise.data.Origin;
import dev.lanewise.data.Scaling;
import dev.lanewise.data.Schema;
import dev.lanewise.data.file.MappedFile;
import dev.lanewise.matrix.MappedMatrix;
import dev.lanewise.matrix.Memory;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that does not fit into memory is refused before it begins. */
class TooLargeRunTest {

  private static final int FEATURES = 1 << 28;

  // Pairs of vectors of L-BFGS, each of a gigabyte; the file is a hole and takes no room.
  @Test
  void bothNumbersAreSaid(@TempDir Path folder) throws IOException {
    long least = 28L * Float.BYTES * FEATURES;
    assumeTrue(Memory.lack("", least).isPresent(), "this machine has more than 30 GB of memory");
    Path file = folder.resolve("wide.bin");
    try (RandomAccessFile hole = new RandomAccessFile(file.toFile(), "rw")) {
      hole.setLength(FEATURES);
    }
    MappedFile mapped = MappedFile.open(file, FileStamp.of(file));
    MappedMatrix x = MappedMatrix.ofBytes(mapped, mapped.map(0, FEATURES), FEATURES, 1, 1f);
    try (Dataset data =
        new Dataset(
            mapped,
            x,
            new int[] {1},
            Schema.UNNAMED,
            FeatureShape.of(FEATURES),
            Scaling.PIXELS,
            Origin.memory("wide"))) {
      Hyperparameters options = Hyperparameters.of(SolverChoice.LBFGS);
      assertThatThrownBy(() -> new LogisticRegression(options, Execution.ofThreads(1)).fit(data))
          .isInstanceOf(TrainingException.class)
          .hasMessageMatching(
              "training with 1 samples of 268435456 features needs [3-9]\\d{10} bytes of memory,"
                  + " this machine has \\d{9,}");
    }
  }
}
