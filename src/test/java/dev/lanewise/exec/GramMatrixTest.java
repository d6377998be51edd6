// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.exec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.data.FileStamp;
import dev.lanewise.data.Scaling;
import dev.lanewise.data.file.MappedFile;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.kernel.simd.AllKernels;
import dev.lanewise.matrix.ByteMatrix;
import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.matrix.MappedMatrix;
import dev.lanewise.matrix.SampleMatrix;
import dev.lanewise.matrix.Workspace;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * X'X of whatever X is stored as, by any number of threads: the bits of the kernel on floats in
 * memory.
 */
class GramMatrixTest {

  @TempDir Path folder;

  // Widths around sections and without a multiple of 16, more samples than a tile and fewer.
  @Tag("slow")
  @ParameterizedTest
  @CsvSource({"7, 5", "1000, 3", "1024, 40", "1027, 37", "2041, 80", "3072, 36", "5000, 2"})
  void storageAndThreadsChangeNoBit(int d, int m) throws IOException {
    byte[] pixels = new byte[d * m];
    new Random(d).nextBytes(pixels);
    try (Arena arena = Arena.ofShared();
        MappedFile bytes = mapped("bytes", pixels);
        MappedFile floats = mapped("floats", asFloats(pixels))) {
      FloatMatrix inMemory = FloatMatrix.allocate(arena, d, m);
      ByteMatrix asBytes = ByteMatrix.allocate(arena, d, m, Scaling.PIXEL_FACTOR);
      MemorySegment all = MemorySegment.ofArray(pixels);
      for (int j = 0; j < m; j++) {
        asBytes.setColumn(j, all, (long) j * d);
        inMemory.setColumn(j, asBytes.column(j));
      }
      MappedMatrix ofBytes =
          MappedMatrix.ofBytes(bytes, bytes.map(0, (long) d * m), d, m, Scaling.PIXEL_FACTOR);
      MappedMatrix ofFloats =
          MappedMatrix.ofFloats(floats, floats.map(0, (long) d * m * Float.BYTES), d, m);
      FloatMatrix expected = expected(arena, inMemory);
      for (Kernels kernels : AllKernels.fast()) {
        for (int threads = 1; threads <= 3; threads++) {
          for (SampleMatrix x : new SampleMatrix[] {inMemory, asBytes, ofBytes, ofFloats}) {
            try (Compute compute = new Compute(kernels, threads)) {
              FloatMatrix g = compute.gram(Workspace.of(arena), x);
              assertThat(g.segment().mismatch(expected.segment()))
                  .as("%s%d, %d threads, %s", kernels.name(), kernels.lanes(), threads, x)
                  .isEqualTo(-1);
            }
          }
        }
      }
    }
  }

  private static FloatMatrix expected(Arena arena, FloatMatrix x) {
    FloatMatrix g = FloatMatrix.allocate(arena, x.columns(), x.columns());
    FloatMatrix lanes = AllKernels.scalar().gramScratch(Workspace.of(arena));
    for (int k = 0; k < x.columns(); k++) {
      for (int j = k; j < x.columns(); j++) {
        AllKernels.scalar().gram(x, j, j + 1, k, k + 1, g, lanes);
      }
    }
    return g;
  }

  private static byte[] asFloats(byte[] pixels) {
    ByteBuffer buffer =
        ByteBuffer.allocate(pixels.length * Float.BYTES).order(ByteOrder.nativeOrder());
    for (byte pixel : pixels) {
      buffer.putFloat((pixel & 0xff) * Scaling.PIXEL_FACTOR);
    }
    return buffer.array();
  }

  private MappedFile mapped(String name, byte[] content) throws IOException {
    Path file = Files.write(folder.resolve(name), content);
    return MappedFile.open(file, FileStamp.of(file));
  }
}
