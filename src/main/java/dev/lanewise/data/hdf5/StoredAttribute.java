// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.hdf5;

import io.jhdf.checksum.JenkinsLookup3HashLittle;
import io.jhdf.exceptions.HdfException;
import io.jhdf.object.message.DataSpace;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An attribute of a data set or a group.
 *
 * @param type of its elements
 * @param space its dimensions
 * @param data its elements, perhaps followed by other bytes
 */
record StoredAttribute(StoredType type, DataSpace space, ByteBuffer data) {

  private static final int TYPE_SHARED = 1;
  private static final int SPACE_SHARED = 1 << 1;

  /** The kind of a tree of attributes by their names. */
  private static final int BY_NAME = 8;

  /**
   * Finds an attribute.
   *
   * @param source the file, for messages
   * @param header the object that has the attribute
   * @param name its name
   * @return empty if there is none of that name
   * @throws HdfException or another unchecked exception if it is damaged
   */
  static Optional<StoredAttribute> find(
      CheckedStorage storage, String source, ObjectHeader header, String name) {
    List<ByteBuffer> messages = new ArrayList<>(header.messages(ObjectHeader.ATTRIBUTE));
    header
        .message(ObjectHeader.ATTRIBUTE_INFO)
        .ifPresent(info -> addDense(storage, source, info, name, messages));
    for (ByteBuffer message : messages) {
      Optional<StoredAttribute> found = read(storage, message, name);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  // Many attributes, or large ones, are in a heap with a tree of the hashes of their names.
  private static void addDense(
      CheckedStorage storage,
      String source,
      ByteBuffer info,
      String name,
      List<ByteBuffer> messages) {
    info.get();
    int flags = info.get();
    info.position(info.position() + ((flags & 1) == 0 ? 0 : 2));
    long heap = storage.address(info);
    long names = storage.address(info);
    if (names == CheckedStorage.UNDEFINED) {
      return;
    }
    String subject = "the list of attributes is damaged";
    BTree2 tree = new BTree2(new IndexBlocks(storage, source, subject), names);
    if (tree.type() != BY_NAME || tree.recordSize() != 17) {
      throw new HdfException("the tree of attributes is of type " + tree.type());
    }
    int hash = JenkinsLookup3HashLittle.hash(name.getBytes(StandardCharsets.UTF_8));
    FractalHeap objects = new FractalHeap(storage, source, subject, heap);
    tree.forEach(
        record -> {
          if (record.getInt(13) == hash) {
            messages.add(objects.object(record.slice(0, 8)));
          }
        });
  }

  /** The value if it is a text; empty otherwise. */
  String text(CheckedStorage storage) {
    if (!type.element().isText() || space.getTotalLength() != 1) {
      return "";
    }
    Hdf5Entry entry = new Hdf5Entry("", List.of(), type.element().name(), type.element().size());
    MemorySegment bytes = MemorySegment.ofBuffer(data).asSlice(0, type.element().size());
    return Texts.decode(type, new Elements(entry, type.element(), bytes), 1, storage).getFirst();
  }

  private static Optional<StoredAttribute> read(
      CheckedStorage storage, ByteBuffer in, String name) {
    int version = in.get();
    int flags = in.get();
    int nameSize = Short.toUnsignedInt(in.getShort());
    int typeSize = Short.toUnsignedInt(in.getShort());
    int spaceSize = Short.toUnsignedInt(in.getShort());
    if (version < 1 || version > 3) {
      throw new HdfException("an attribute is of version " + version);
    }
    if (version == 3) {
      // The character set is ignored: texts are read as UTF-8.
      in.get();
    }
    // In version 1 each of the three is filled up to a multiple of eight bytes.
    int unit = version == 1 ? 8 : 1;
    ByteBuffer nameBytes = part(in, nameSize, unit);
    if (!name.equals(Texts.untilNul(nameBytes))) {
      return Optional.empty();
    }
    ByteBuffer type = part(in, typeSize, unit);
    ByteBuffer space = part(in, spaceSize, unit);
    if (version > 1 && (flags & TYPE_SHARED) != 0) {
      type = ObjectHeader.shared(storage, type, ObjectHeader.DATA_TYPE);
    }
    if (version > 1 && (flags & SPACE_SHARED) != 0) {
      space = ObjectHeader.shared(storage, space, ObjectHeader.DATA_SPACE);
    }
    return Optional.of(
        new StoredAttribute(
            StoredType.read(type),
            DataSpace.readDataSpace(space, storage.getSuperblock()),
            in.slice().order(ByteOrder.LITTLE_ENDIAN)));
  }

  private static ByteBuffer part(ByteBuffer in, int size, int unit) {
    ByteBuffer part = in.slice(in.position(), size).order(ByteOrder.LITTLE_ENDIAN);
    in.position(Math.min(in.limit(), in.position() + (size + unit - 1) / unit * unit));
    return part;
  }
}
