// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.lanewise.data.Damage;
import dev.lanewise.data.DataException;
import dev.lanewise.matrix.Memory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileContentTest {

  @TempDir private Path folder;

  private byte[] read(byte[] file) throws IOException {
    try (FileContent content = FileContent.open(Files.write(folder.resolve("file"), file))) {
      return content.stream().readAllBytes();
    }
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  @Test
  void whatWasCompressedComesOut() throws IOException {
    for (int size : new int[] {0, 1, 1000, 200_000}) {
      byte[] bytes = new byte[size];
      new Random(size).nextBytes(bytes);
      byte[] gzip = Damage.gzipped(bytes);
      assertThat(read(gzip)).isEqualTo(bytes);
      assertThat(read(joined(gzip, gzip))).isEqualTo(joined(bytes, bytes));
      byte[] start = FileContent.start(folder.resolve("file"), 10);
      assertThat(start).isEqualTo(Arrays.copyOf(joined(bytes, bytes), Math.min(10, 2 * size)));
    }
  }

  @Test
  void contentOfUnknownLengthExpandsToALimitWhileItIsRead() throws IOException {
    byte[] zeros = Damage.gzipped(new byte[1 << 24]);
    Path file = folder.resolve("zeros.gz");
    int members = (int) (Memory.mostUnpacked() >> 24) + 2;
    try (OutputStream out = Files.newOutputStream(file)) {
      for (int i = 0; i < members; i++) {
        out.write(zeros);
      }
    }
    try (FileContent content = FileContent.open(file)) {
      assertThatThrownBy(() -> content.stream().skip(Long.MAX_VALUE))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("expands from " + Files.size(file) + " bytes to more than ")
          .hasMessageContaining("gunzip");
    }
    try (FileContent content = FileContent.open(file)) {
      content.expectLength((long) members << 24, "an array");
      assertThat(content.stream().skip(Long.MAX_VALUE)).isEqualTo((long) members << 24);
    }
  }

  @Test
  void filesOfTheKernelAreNotReadSinceSomeWaitForEver() throws IOException {
    Path file = Path.of("/proc/self/status");
    assumeTrue(Files.isRegularFile(file));
    assertThat(FileContent.start(file, 10)).isEmpty();
    try (FileContent content = FileContent.open(file)) {
      assertThat(content.stream().readAllBytes()).isEmpty();
    }
  }

  @Test
  void optionalPartsOfTheHeaderAreSkipped() throws IOException {
    byte[] gzip = Damage.gzipped(new byte[] {1, 2, 3});
    byte[] header = Arrays.copyOf(gzip, 10);
    header[3] = 4 + 8 + 16 + 2;
    byte[] extra = {2, 0, 9, 9, 'n', 0, 'c', 'c', 0, 5, 5};
    byte[] rest = Arrays.copyOfRange(gzip, 10, gzip.length);
    assertThat(read(joined(header, extra, rest))).containsExactly(1, 2, 3);
  }

  @Test
  void whatIsNotGzipToTheEndIsRefused() {
    byte[] gzip = Damage.gzipped("content".getBytes());
    assertRefused(joined(gzip, new byte[1]), "something follows the gzip data");
    assertRefused(Arrays.copyOf(gzip, gzip.length - 1), "is cut short: the gzip data end too soon");
    assertRefused(Arrays.copyOf(gzip, 5), "is cut short");
    byte[] sum = gzip.clone();
    sum[sum.length - 8]++;
    assertRefused(sum, "is damaged: the checksum of the content differs");
    byte[] size = gzip.clone();
    size[size.length - 1]++;
    assertRefused(size, "is damaged: the length of the content differs");
    byte[] method = gzip.clone();
    method[2] = 9;
    assertRefused(method, "no gzip header");
  }

  private void assertRefused(byte[] file, String problem) {
    assertThatThrownBy(() -> read(file))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(problem);
  }

  @Test
  void aHeaderThatIsRefusedLeavesNoFileOpen() throws IOException {
    assumeTrue(
        ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean,
        "needs a count of open files");
    UnixOperatingSystemMXBean system =
        (UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    Path file = Files.write(folder.resolve("cut"), new byte[] {0x1f, (byte) 0x8b, 8});
    FileContent.start(file, 10);
    long before = system.getOpenFileDescriptorCount();
    // So few that no garbage collector closes them.
    for (int i = 0; i < 10; i++) {
      assertThat(FileContent.start(file, 10)).isEmpty();
      assertThatThrownBy(() -> FileContent.open(file)).isInstanceOf(DataException.class);
    }
    assertThat(system.getOpenFileDescriptorCount()).isLessThan(before + 5);
  }
}
