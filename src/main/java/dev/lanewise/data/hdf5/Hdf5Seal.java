// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.hdf5;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.lanewise.data.DataException;
import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;

/**
 * A checksum over every byte of a file, kept in the file: the data set {@code file_sha256}, 32
 * bytes without a sign, is the SHA-256 of the whole file with these bytes as zeros.
 *
 * <p>HDF5's own checksums leave out the data and what is unused between them. The digest is a data
 * set and no attribute because attributes lie in a header that has a checksum of HDF5's own, which
 * would have to be made again.
 */
final class Hdf5Seal {

  /** The data set that holds the digest. */
  static final String NAME = "file_sha256";

  private static final int BYTES = 32;
  private static final int BLOCK = 1 << 16;

  private Hdf5Seal() {}

  /** A place for the digest, to be filled in when all else is written. */
  static byte[] open() {
    return new byte[BYTES];
  }

  /**
   * Seals a file that is complete but for the digest, which is zeros.
   *
   * @param channel the file
   * @param at where the digest goes, in bytes
   * @throws IOException if the file cannot be read or written
   */
  static void seal(FileChannel channel, long at) throws IOException {
    MessageDigest digest = sha256();
    ByteBuffer block = ByteBuffer.allocate(BLOCK);
    for (long done = 0; done < channel.size(); done += block.limit()) {
      if (channel.read(block.clear(), done) < 0) {
        throw new EOFException("the file ends while it is being written");
      }
      digest.update(block.flip());
      block.rewind();
    }
    ByteBuffer found = ByteBuffer.wrap(digest.digest());
    while (found.hasRemaining()) {
      channel.write(found, at + found.position());
    }
  }

  /**
   * Compares a file with its seal.
   *
   * @param source the file, for messages
   * @param file all its bytes
   * @param seal the data set of the digest
   * @param at where the digest is in the file, in bytes
   * @throws DataException if a byte differs
   */
  static void check(String source, MemorySegment file, Elements seal, long at) {
    MemorySegment stored = seal.bytes();
    boolean fits =
        stored.byteSize() == BYTES && seal.type().isUnsignedByte() && seal.entry().rank() == 1;
    if (!fits) {
      throw new DataException(
          source,
          String.format(
              Locale.ROOT, "is damaged: its seal is %s, expected 32 bytes", seal.entry()));
    }
    MessageDigest digest = sha256();
    update(digest, file.asSlice(0, at));
    digest.update(open());
    update(digest, file.asSlice(at + BYTES));
    byte[] found = digest.digest();
    if (stored.mismatch(MemorySegment.ofArray(found)) >= 0) {
      throw new DataException(
          source, "is damaged: it was changed since it was written (its SHA-256 differs)");
    }
  }

  private static void update(MessageDigest digest, MemorySegment bytes) {
    byte[] block = new byte[(int) Math.min(BLOCK, bytes.byteSize())];
    for (long done = 0; done < bytes.byteSize(); done += block.length) {
      int length = (int) Math.min(block.length, bytes.byteSize() - done);
      MemorySegment.copy(bytes, JAVA_BYTE, done, block, 0, length);
      digest.update(block, 0, length);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
