// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.hostile;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

/** Writes files that are small and claim or hold much more than that: {@code Bombs FOLDER}. */
public final class Bombs {

  private static final int MIB = 1 << 20;

  private Bombs() {}

  public static void main(String[] args) throws IOException {
    Path read = Path.of(args[0], "read");
    Path refused = Path.of(args[0], "refused");
    // What is claimed is there: 47 MB of zeros in 46 kB.
    byte[] idx = {0, 0, 8, 3, 0, 0, (byte) 0xea, 0x60, 0, 0, 0, 28, 0, 0, 0, 28};
    Seed.store(read.resolve("zeros.idx.gz"), gzip(idx, 60_000 * 784L, 0));
    // More than is claimed.
    byte[] small = {0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 3};
    Seed.store(refused.resolve("much-after-the-end.idx.gz"), gzip(small, 20L * MIB, 0));
    // A field without an end, rows without an end, lines without one.
    Seed.store(refused.resolve("open-quote.csv.gz"), gzip("a,y\n1,\"".getBytes(), 300L * MIB, 'x'));
    Seed.store(
        refused.resolve("many-columns.csv.gz"), gzip("a,y\n1,0\n".getBytes(), 20L * MIB, ','));
    Seed.store(refused.resolve("long-word.svm.gz"), gzip("1 1:1 ".getBytes(), 20L * MIB, '1'));
    Seed.store(refused.resolve("one-index.svm"), "1 1:1\n0 536870000:1\n".getBytes());
    Seed.store(refused.resolve("spaces.npy"), npy("{" + " ".repeat(60_000)));
    Seed.store(refused.resolve("brackets.npy"), npy("{'descr': [" + "[".repeat(60_000)));
    Seed.store(refused.resolve("quotes.npy"), npy("{" + "'a':".repeat(15_000)));
    Map<String, byte[]> same = new LinkedHashMap<>();
    same.put("X.npy", gzip(new byte[0], MIB, 0));
    Seed.store(refused.resolve("no-array.npz"), Packing.zip(same));
    Seed.store(refused.resolve("wide.png"), png(50_000, 50_000, 8, 2, 1 << 10));
    Seed.store(refused.resolve("deep.png"), png(10_000, 10_000, 16, 6, MIB));
    Seed.store(
        refused.resolve("scans.jpg"), scans(Seeds.resource("/pictures/progressive.jpg"), 4000));
    Seed.store(
        refused.resolve("huge-frame.jpg"),
        frame(Seeds.resource("/pictures/grey.jpg"), 65_500, 1_500));
  }

  private static byte[] gzip(byte[] start, long more, int value) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(start);
      run(out, more, value);
    }
    return bytes.toByteArray();
  }

  private static void run(OutputStream out, long count, int value) throws IOException {
    byte[] block = new byte[1 << 16];
    Arrays.fill(block, (byte) value);
    for (long done = 0; done < count; done += block.length) {
      out.write(block, 0, (int) Math.min(block.length, count - done));
    }
  }

  private static byte[] npy(String header) {
    byte[] text = header.getBytes(StandardCharsets.ISO_8859_1);
    return ByteBuffer.allocate(10 + text.length)
        .put(
            new byte[] {
              (byte) 0x93,
              'N',
              'U',
              'M',
              'P',
              'Y',
              1,
              0,
              (byte) text.length,
              (byte) (text.length >> 8)
            })
        .put(text)
        .array();
  }

  private static byte[] png(int width, int height, int depth, int colours, long zeros)
      throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out = new DeflaterOutputStream(packed)) {
      run(out, zeros, 0);
    }
    ByteBuffer out = ByteBuffer.allocate(8 + 25 + 12 + packed.size() + 12);
    out.put(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
    out.putInt(13).put("IHDR".getBytes()).putInt(width).putInt(height);
    out.put(new byte[] {(byte) depth, (byte) colours, 0, 0, 0}).putInt(0);
    out.putInt(packed.size()).put("IDAT".getBytes()).put(packed.toByteArray()).putInt(0);
    out.putInt(0).put("IEND".getBytes()).putInt(0);
    return Packing.png(out.array());
  }

  // The header of a scan again and again.
  private static byte[] scans(byte[] picture, int times) throws IOException {
    byte[] large = frame(picture, 8_000, 8_000);
    int scan = marker(large, 0xda);
    int length = 2 + ((large[scan + 2] & 0xff) << 8 | large[scan + 3] & 0xff);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(large, 0, scan);
    for (int i = 0; i < times; i++) {
      out.write(large, scan, length);
    }
    out.write(new byte[] {(byte) 0xff, (byte) 0xd9});
    return out.toByteArray();
  }

  private static byte[] frame(byte[] picture, int width, int height) {
    byte[] large = picture.clone();
    int frame = marker(large, 0xc0) < 0 ? marker(large, 0xc2) : marker(large, 0xc0);
    ByteBuffer.wrap(large).putShort(frame + 5, (short) height).putShort(frame + 7, (short) width);
    return large;
  }

  private static int marker(byte[] picture, int kind) {
    for (int at = 2; at < picture.length - 1; at++) {
      if ((picture[at] & 0xff) == 0xff && (picture[at + 1] & 0xff) == kind) {
        return at;
      }
    }
    return -1;
  }
}
