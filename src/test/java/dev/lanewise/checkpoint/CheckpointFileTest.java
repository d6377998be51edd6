// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lanewise.data.DataDigest;
import dev.lanewise.data.DataException;
import dev.lanewise.data.Datasets;
import dev.lanewise.data.ReadOptions;
import dev.lanewise.data.hdf5.Hdf5Content;
import dev.lanewise.data.hdf5.Hdf5Writer;
import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.model.ModelFile;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointFileTest {

  @TempDir private Path folder;

  private static State state() {
    State state = State.empty();
    state.floats("bias", new float[] {-0f, Float.MIN_VALUE});
    state.number("scale", Math.nextUp(1.0));
    state.integer("random", Long.MIN_VALUE + 1);
    state.order("order", new int[] {2, 0, Integer.MAX_VALUE});
    return state;
  }

  static Checkpoint checkpoint() {
    Map<String, String> options = new LinkedHashMap<>();
    options.put("learning-rate", "0.005");
    options.put("class-weight", "a=b=2");
    return new Checkpoint(
        new Checkpoint.Writer("1.2", "2026-11-22T00:00:00Z"),
        "gram",
        1234,
        options,
        new Checkpoint.Data(
            "d.h5",
            DataDigest.BLOCKS,
            "ab".repeat(32),
            "cd".repeat(32),
            9,
            6,
            List.of("no = cat", "Katze ü")),
        new Checkpoint.Costs(new int[] {0, 100}, new double[] {Math.log(2), 1e-300}),
        state());
  }

  private Path written() {
    Path file = folder.resolve("run.ckpt");
    CheckpointFile.write(checkpoint(), file);
    return file;
  }

  @Test
  void whatIsWrittenIsReadBack() {
    Checkpoint written = checkpoint();
    Checkpoint read = CheckpointFile.read(written());
    assertThat(read.writer()).isEqualTo(written.writer());
    assertThat(read.engine()).isEqualTo("gram");
    assertThat(read.completed()).isEqualTo(1234);
    assertThat(read.options()).isEqualTo(written.options());
    assertThat(read.data()).isEqualTo(written.data());
    assertThat(read.costs().iterations()).containsExactly(0, 100);
    assertThat(read.costs().costs()).containsExactly(Math.log(2), 1e-300);
    assertThat(CheckpointFile.isCheckpoint(folder.resolve("run.ckpt"))).isTrue();
    float[] bias = new float[2];
    int[] order = {0, 2, Integer.MAX_VALUE};
    State state = read.state();
    state.floats("bias", bias);
    state.order("order", order);
    assertThat(Float.floatToRawIntBits(bias[0])).isEqualTo(Float.floatToRawIntBits(-0f));
    assertThat(bias[1]).isEqualTo(Float.MIN_VALUE);
    assertThat(order).containsExactly(2, 0, Integer.MAX_VALUE);
    assertThat(state.number("scale", 0)).isEqualTo(Math.nextUp(1.0));
    assertThat(state.integer("random", 0)).isEqualTo(Long.MIN_VALUE + 1);
  }

  @Test
  void matricesOfAnyShapeComeBackWithoutTheirPadding() {
    try (Arena arena = Arena.ofConfined()) {
      FloatMatrix matrix = FloatMatrix.allocate(arena, 17, 3);
      for (int k = 0; k < 3; k++) {
        for (int i = 0; i < 17; i++) {
          matrix.set(i, k, 100 * k + i);
        }
      }
      State saved = State.empty();
      saved.matrix("w", matrix);
      FloatMatrix other = FloatMatrix.allocate(arena, 17, 3);
      State kept = State.kept("f", 3, saved.numbers());
      kept.matrix("w", other);
      assertThat(other.segment().mismatch(matrix.segment())).isEqualTo(-1);
      FloatMatrix wrong = FloatMatrix.allocate(arena, 16, 3);
      assertThatThrownBy(() -> kept.matrix("w", wrong))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("a damaged checkpoint: there are no 48 numbers 'w'");
      assertThatThrownBy(() -> kept.number("w", 0)).isInstanceOf(DataException.class);
      assertThatThrownBy(() -> kept.number("v", 0)).isInstanceOf(DataException.class);
    }
  }

  @Test
  void aRunWithoutCostsCanBeKept() {
    Checkpoint some = checkpoint();
    Checkpoint none =
        new Checkpoint(
            some.writer(),
            some.engine(),
            0,
            some.options(),
            some.data(),
            new Checkpoint.Costs(new int[0], new double[0]),
            some.state());
    Path file = folder.resolve("run.ckpt");
    CheckpointFile.write(none, file);
    assertThat(CheckpointFile.read(file).costs().costs()).isEmpty();
  }

  @Test
  void aByteThatChangesAnywhereIsSeen() throws IOException {
    Path file = written();
    byte[] whole = Files.readAllBytes(file);
    for (int at = 0; at < whole.length; at += 37) {
      byte[] damaged = whole.clone();
      damaged[at] ^= (byte) (1 << at % 8);
      Files.write(file, damaged);
      assertThatThrownBy(() -> CheckpointFile.read(file))
          .as("byte %d", at)
          .isInstanceOf(DataException.class)
          .hasMessageStartingWith(file.toString());
    }
    for (int length = 0; length < whole.length; length += 307) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> CheckpointFile.read(file)).isInstanceOf(DataException.class);
    }
  }

  @Test
  void modelsDataAndCheckpointsAreNotTakenForEachOther() {
    Path file = written();
    assertThatThrownBy(() -> ModelFile.read(file))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("is a checkpoint, expected a model");
    assertThatThrownBy(() -> Datasets.read(file, ReadOptions.labelled()))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("is a checkpoint, expected a data set");
    Path model = folder.resolve("model.h5");
    Hdf5Writer.write(
        model, new Hdf5Content().attribute("format", "lanewise-model").int64("x", new long[1]));
    assertThatThrownBy(() -> CheckpointFile.read(model))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("is a model, expected a checkpoint");
    Path data = folder.resolve("data.h5");
    Hdf5Writer.write(data, new Hdf5Content().int64("x", new long[1]));
    assertThatThrownBy(() -> CheckpointFile.read(data))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("not a checkpoint");
    for (Path other : List.of(model, data)) {
      assertThatThrownBy(() -> CheckpointFile.checkTarget(other))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("is not a checkpoint and is not replaced by one");
    }
    CheckpointFile.checkTarget(file);
  }

  @Test
  void aLaterVersionIsRefusedPolitely() {
    Path file = folder.resolve("later.ckpt");
    Hdf5Writer.write(
        file,
        new Hdf5Content()
            .attribute("format", "lanewise-checkpoint")
            .attribute("format_version", 3)
            .int64("x", new long[1]));
    assertThatThrownBy(() -> CheckpointFile.read(file))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(
            "format version 3, but this lanewise reads versions 1 and 2; use a newer one");
  }

  @Test
  void theDigestOfTheDataHasAKindThatIsKnown() {
    Path file = folder.resolve("other.ckpt");
    for (String kind : new String[] {null, "sums"}) {
      Hdf5Content content =
          new Hdf5Content()
              .attribute("format", "lanewise-checkpoint")
              .attribute("format_version", 2)
              .attribute("data_source", "d.h5")
              .int64("x", new long[1]);
      if (kind != null) {
        content.attribute("data_digest", kind);
      }
      Hdf5Writer.write(file, content.sealed());
      assertThatThrownBy(() -> CheckpointFile.read(file))
          .isInstanceOf(DataException.class)
          .hasMessageContaining(
              kind == null
                  ? "there is no attribute 'data_digest'"
                  : "no digest of data is called 'sums'");
    }
  }

  @Test
  void featuresThatAreNotStandardisedHaveNoDigestOfMeans() {
    Checkpoint some = checkpoint();
    Checkpoint.Data data =
        new Checkpoint.Data("d.h5", DataDigest.BLOCKS, "ab", "", 9, 6, List.of("a", "b"));
    Path file = folder.resolve("run.ckpt");
    CheckpointFile.write(
        new Checkpoint(
            some.writer(), "gram", 1234, some.options(), data, some.costs(), some.state()),
        file);
    assertThat(CheckpointFile.read(file).data()).isEqualTo(data);
  }
}
