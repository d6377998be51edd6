// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lanewise.checkpoint.Checkpoint;
import dev.lanewise.checkpoint.CheckpointFile;
import dev.lanewise.data.DataDigest;
import dev.lanewise.data.DataException;
import dev.lanewise.data.Dataset;
import dev.lanewise.data.Datasets;
import dev.lanewise.data.ReadOptions;
import dev.lanewise.kernel.simd.AllKernels;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Checkpoints of format version 1, which have the digest of the data as one chain and say nothing
 * of their standardisation.
 */
class OldCheckpointTest {

  private static final Hyperparameters OPTIONS =
      Hyperparameters.tutorial()
          .withEngine(EngineChoice.PRIMAL)
          .withIterations(9)
          .withLearningRate(0.01);

  // What the version that wrote the checkpoints computed without an interruption.
  private static final String RAW =
      "9f3da0502c5c9e6d91d45b2808023995f6e9c2920922eb82c458b637569905b7";
  private static final String STANDARDIZED_200 =
      "59a88a0f6505318915cf190737008ea2fd2d13ffa4194128e895b02ca75ab869";

  @TempDir private Path folder;

  private static Path resource(String name) {
    try {
      return Path.of(OldCheckpointTest.class.getResource("/checkpoint/" + name).toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  private static Dataset table() {
    return Datasets.read(resource("table.csv"), ReadOptions.labelled());
  }

  private static String resumed(Dataset data, Checkpointing checkpoints) {
    return new LogisticRegression(OPTIONS)
        .fit(
            data,
            WarmStart.NONE,
            AllKernels.fast().getFirst(),
            TrainingListener.SILENT,
            checkpoints)
        .model()
        .weightsSha256();
  }

  @Test
  void aRunGoesOnToTheBitsOfTheVersionThatBeganIt() {
    Path old = resource("version1.hdf5");
    Path next = folder.resolve("next.ckpt");
    Checkpoint.Data then = CheckpointFile.read(old).data();
    assertThat(then.digest()).isEqualTo(DataDigest.CHAIN);
    try (Dataset data = table()) {
      assertThat(then.sha256())
          .isEqualTo(data.sha256(DataDigest.CHAIN))
          .isNotEqualTo(data.sha256());
      assertThat(resumed(data, Checkpointing.NONE.from(old).to(next))).isEqualTo(RAW);
      Checkpoint.Data now = CheckpointFile.read(next).data();
      assertThat(now.digest()).isEqualTo(DataDigest.BLOCKS);
      assertThat(now.sha256()).isEqualTo(data.sha256());
      assertThat(resumed(data, Checkpointing.NONE.from(next))).isEqualTo(RAW);
    }
  }

  @Test
  void otherDataAreRefused() throws IOException {
    String text = Files.readString(resource("table.csv"));
    Path changed = folder.resolve("changed.csv");
    Files.writeString(changed, text.replaceFirst("\n[0-9.]+,", "\n1,"));
    try (Dataset data = Datasets.read(changed, ReadOptions.labelled());
        Dataset table = table()) {
      assertThatThrownBy(() -> resumed(data, Checkpointing.NONE.from(resource("version1.hdf5"))))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("is of a run on other data")
          .hasMessageContaining(table.sha256(DataDigest.CHAIN))
          .hasMessageContaining(data.sha256(DataDigest.CHAIN));
    }
  }

  @Test
  void standardisedSamplesOfOneBlockGoOn() {
    Checkpointing old = Checkpointing.NONE.from(resource("version1-standardized-200.hdf5"));
    try (Dataset table = table();
        Dataset some = table.part(0, 200).standardized()) {
      assertThat(resumed(some, old)).isEqualTo(STANDARDIZED_200);
    }
  }

  @Test
  void standardisedSamplesOfSeveralBlocksHaveOtherBitsAndAreRefused() {
    Checkpointing old = Checkpointing.NONE.from(resource("version1-standardized-300.hdf5"));
    try (Dataset table = table();
        Dataset all = table.standardized()) {
      assertThatThrownBy(() -> resumed(all, old))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("standardised more than 256 samples by other sums");
      // Of which samples the means are, nobody knows here.
      assertThatThrownBy(
              () ->
                  resumed(
                      all.part(0, 200),
                      Checkpointing.NONE.from(resource("version1-standardized-200.hdf5"))))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("standardised more than 256 samples by other sums");
    }
  }
}
