// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.hdf5;

import io.jhdf.checksum.JenkinsLookup3HashLittle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Files of one data set with a lie in their headers, and the checksums that go with it. */
final class Resealed {

  private static final int SIGNATURE = 0x5244484f; // "OHDR"
  private static final int ROOT = 64;

  private Resealed() {}

  /** The file with another dimension in the header of its data set. */
  static byte[] withDimension(byte[] file, long old, long claimed) {
    ByteBuffer bytes = ByteBuffer.wrap(file.clone()).order(ByteOrder.LITTLE_ENDIAN);
    int header = ROOT + 1;
    while (bytes.getInt(header) != SIGNATURE) {
      header++;
    }
    int dimension = header;
    while (bytes.getLong(dimension) != old) {
      dimension++;
    }
    bytes.putLong(dimension, claimed);
    seal(bytes, header, 10 + bytes.getInt(header + 6));
    return bytes.array();
  }

  /** The file with another end-of-file address in its superblock. */
  static byte[] withEnd(byte[] file, long end) {
    ByteBuffer bytes = ByteBuffer.wrap(file.clone()).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(28, end);
    seal(bytes, 0, 44);
    return bytes.array();
  }

  /** Puts the checksum right that follows so many bytes. */
  static void seal(byte[] file, int from, int length) {
    seal(ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN), from, length);
  }

  private static void seal(ByteBuffer bytes, int from, int length) {
    byte[] summed = new byte[length];
    bytes.get(from, summed);
    bytes.putInt(from + length, JenkinsLookup3HashLittle.hash(summed));
  }
}
