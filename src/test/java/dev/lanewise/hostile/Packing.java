// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.hostile;

import io.jhdf.checksum.JenkinsLookup3HashLittle;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Puts the checksums of damaged files right, so that the damage gets past them. */
final class Packing {

  private Packing() {}

  static byte[] gzip(byte[] content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static byte[] zip(Map<String, byte[]> entries) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        out.putNextEntry(new ZipEntry(entry.getKey()));
        out.write(entry.getValue());
        out.closeEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** The CRC of every chunk of a PNG, as far as there are chunks. */
  static byte[] png(byte[] damaged) {
    ByteBuffer file = ByteBuffer.wrap(damaged.clone());
    int at = 8;
    while (at + 12 <= file.limit()) {
      int length = file.getInt(at);
      if (length < 0 || length > file.limit() - at - 12) {
        break;
      }
      CRC32 crc = new CRC32();
      crc.update(file.array(), at + 4, 4 + length);
      file.putInt(at + 8 + length, (int) crc.getValue());
      at += 12 + length;
    }
    return file.array();
  }

  /** The checksums of HDF5's metadata wherever their lengths can be told. */
  static byte[] hdf5(byte[] damaged) {
    byte[] out = damaged.clone();
    for (int at = 0; at + 12 < out.length; at++) {
      int length = summed(out, at);
      if (length > 0 && length <= out.length - at - 4) {
        int hash = JenkinsLookup3HashLittle.hash(Arrays.copyOfRange(out, at, at + length));
        ByteBuffer.wrap(out).order(ByteOrder.LITTLE_ENDIAN).putInt(at + length, hash);
      }
    }
    return out;
  }

  // The bytes before the checksum of what begins here, 0 if nothing does.
  private static int summed(byte[] file, int at) {
    ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    switch (new String(file, at, 4, StandardCharsets.ISO_8859_1)) {
      case "\u0089HDF":
        return at == 0 && file[8] >= 2 && file.length > 48 ? 12 + 4 * 8 : 0;
      case "OHDR":
        int flags = file[at + 5];
        int start = 6 + ((flags & 0x20) == 0 ? 0 : 16) + ((flags & 0x10) == 0 ? 0 : 4);
        int width = 1 << (flags & 3);
        if (at + start + width > file.length) {
          return 0;
        }
        long size = 0;
        for (int i = Math.min(width, 4) - 1; i >= 0; i--) {
          size = size << 8 | file[at + start + i] & 0xff;
        }
        return size > file.length ? 0 : start + width + (int) size;
      case "BTHD":
        return 16 + 8 + 2 + 8;
      case "FRHP":
        return 4 + 1 + 2 + 2 + 1 + 4 + 12 * 8 + 3 * 8 + 2 + 2 + 2 + 2;
      case "FAHD":
        return 8 + 8 + 8;
      case "EAHD":
        return 4 + 8 + 6 * 8 + 8;
      case "BTLF", "BTIN", "FADB", "EAIB", "EADB", "FHIB", "OCHK":
        return 0;
      default:
        return in.limit() < 0 ? 1 : 0;
    }
  }
}
