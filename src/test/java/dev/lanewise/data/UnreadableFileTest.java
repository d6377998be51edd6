// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lanewise.data.hdf5.Hdf5DatasetWriter;
import dev.lanewise.data.hdf5.Hdf5File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files that the operating system does not give, or gives for ever. */
class UnreadableFileTest {

  @TempDir private Path folder;

  @Test
  void anInterruptedThreadSaysSoAndStaysInterrupted() throws IOException {
    Path text = Files.writeString(folder.resolve("a.csv"), "a,label\n1,0\n2,1\n");
    Path gzip = Files.write(folder.resolve("a.csv.gz"), Damage.gzipped(Files.readAllBytes(text)));
    Path sparse = Files.writeString(folder.resolve("a.svm"), "0 1:1\n1 1:2\n");
    Path hdf5 = folder.resolve("a.h5");
    try (Dataset data = TestData.clouds(4, 2, 1)) {
      Hdf5DatasetWriter.write(hdf5, data, new int[] {0, 1, 2, 3});
    }
    for (Path file : List.of(text, gzip, sparse, hdf5)) {
      interrupted(() -> Datasets.read(file, ReadOptions.labelled()));
    }
    interrupted(() -> Hdf5File.open(hdf5));
  }

  private static void interrupted(Runnable reading) {
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(reading::run)
          .isInstanceOf(DataException.class)
          .hasMessageContaining("cannot be read: the thread that reads it was interrupted");
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  @Timeout(60)
  void filesOfTheKernelAndDevicesAreRefusedAtOnce() {
    for (String name : List.of("/proc/kmsg", "/proc/self/status", "/dev/zero", "/dev/null")) {
      Path file = Path.of(name);
      assumeTrue(Files.exists(file));
      assertThatThrownBy(() -> Datasets.read(file, ReadOptions.labelled()))
          .isInstanceOf(DataException.class)
          .hasMessageStartingWith(name + ": is ");
    }
  }

  @Test
  void labelsThatDoNotFitIntoTheHeapAreRefusedWithBothSizes() {
    long most = Runtime.getRuntime().maxMemory();
    assumeTrue(most < 8L * Integer.MAX_VALUE);
    assertThatThrownBy(() -> Labels.checkMemory("d.npz", "y", Integer.MAX_VALUE))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "d.npz: y needs %d bytes of Java's heap, which may grow to %d (option -Xmx)",
            8L * Integer.MAX_VALUE, most);
    Labels.checkMemory("d.npz", "y", 1000);
  }
}
