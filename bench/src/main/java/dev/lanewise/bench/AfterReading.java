// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Leaves the JVM as reading a file leaves it: with mapped memory that was sliced, in arenas of one
 * thread and of all. What the compiler has seen of memory segments then is what it sees in every
 * run on a file; kernels that were fast only in a JVM without that have been taken for fast before.
 */
public final class AfterReading {

  private static final int BYTES = 1 << 16;
  private static final int SLICES = 20_000;
  private static final int SLICE = 64;

  private AfterReading() {}

  /** Reads a file of its own in slices. */
  public static void prepare() {
    try {
      Path path = Files.createTempFile("read", ".bin");
      try {
        Files.write(path, new byte[BYTES]);
        try (Arena one = Arena.ofConfined();
            Arena all = Arena.ofShared();
            FileChannel channel = FileChannel.open(path)) {
          long sum =
              read(channel.map(MapMode.READ_ONLY, 0, BYTES, one))
                  + read(channel.map(MapMode.READ_ONLY, 0, BYTES, all))
                  + read(MemorySegment.ofArray(new byte[BYTES]));
          if (sum != 0) {
            throw new IllegalStateException("there are only zeros in " + path);
          }
        }
      } finally {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long read(MemorySegment file) {
    long sum = 0;
    for (int i = 0; i < SLICES; i++) {
      MemorySegment slice = file.asSlice((long) i * SLICE % BYTES, SLICE);
      sum += slice.get(ValueLayout.JAVA_BYTE, i % SLICE);
      sum += slice.get(ValueLayout.JAVA_LONG_UNALIGNED, i % (SLICE - Long.BYTES));
    }
    return sum;
  }
}
