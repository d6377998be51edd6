// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.hdf5;

import dev.lanewise.data.DataException;
import dev.lanewise.data.file.WholeFile;
import io.jhdf.Superblock;
import io.jhdf.WritableHdfFile;
import io.jhdf.storage.HdfFileChannel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Map;

/**
 * Writes HDF5 files whole or not at all.
 *
 * <p>A file goes to a temporary one beside it first ({@code .lanewise-*.tmp}), is read back and
 * compared, forced to the disk, and then takes its name in one step. Its bytes follow from its
 * content alone, so that two runs write the same file.
 */
public final class Hdf5Writer {

  private Hdf5Writer() {}

  /**
   * Writes a file.
   *
   * @param target the file, new or to be replaced
   * @param content what goes into it
   * @throws DataException if it cannot be written: no such folder, a folder of that name, no
   *     permission, no space. An older file of that name is as it was, and nothing is left behind
   */
  public static void write(Path target, Hdf5Content content) {
    WholeFile.write(
        target, channel -> write(channel, content), written -> compare(written, content));
  }

  // jhdf's own WritableHdfFile also writes the operating system's name and its own version.
  private static void write(FileChannel channel, Hdf5Content content) throws IOException {
    Superblock.SuperblockV2V3 superblock = new Superblock.SuperblockV2V3();
    HdfFileChannel out = new HdfFileChannel(channel, superblock);
    content.group().write(out, WritableHdfFile.ROOT_GROUP_ADDRESS);
    ByteBuffer head = superblock.toBuffer(channel.size());
    while (head.hasRemaining()) {
      out.write(head, head.position());
    }
    if (content.seal() != null) {
      Hdf5Seal.seal(channel, content.seal().address());
    }
  }

  // jhdf calls its writing alpha, and does not look at how much of a header was written.
  private static void compare(Path written, Hdf5Content content) {
    try (Hdf5File file = Hdf5File.open(written)) {
      if (file.checkSeal() != (content.seal() != null)) {
        throw new IllegalStateException("the seal is missing");
      }
      for (EncodedDataset dataset : content.datasets()) {
        if (dataset == content.seal()) {
          continue;
        }
        Elements elements = file.raw(dataset.entry().name());
        if (!elements.entry().equals(dataset.entry())
            || elements.bytes().mismatch(dataset.bytes()) >= 0) {
          throw new IllegalStateException(
              "data set " + dataset.entry() + " reads back as another " + elements.entry());
        }
      }
      for (Map.Entry<String, Object> attribute : content.attributes().entrySet()) {
        Object value = readBack(file, attribute.getKey(), attribute.getValue());
        if (!attribute.getValue().equals(value)) {
          throw new IllegalStateException(
              "attribute '" + attribute.getKey() + "' reads back as " + value);
        }
      }
    }
  }

  private static Object readBack(Hdf5File file, String name, Object written) {
    if (written instanceof String) {
      return file.stringAttribute(name).orElse(null);
    } else if (written instanceof Long) {
      return file.longAttribute(name).orElseThrow();
    }
    return file.doubleAttribute(name).orElseThrow();
  }
}
