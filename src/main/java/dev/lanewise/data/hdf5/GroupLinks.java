// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.hdf5;

import io.jhdf.exceptions.HdfException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The members of a group by their names: in the header of the group, in a table, or, if there are
 * many, in a heap.
 */
final class GroupLinks {

  /** The kinds of trees of names, of version 1 and 2. */
  private static final int OLD_BY_NAME = 0;

  private static final int BY_NAME = 5;

  // What the entry of a table keeps beside the address.
  private static final int SOFT_ENTRY = 2;

  // Flags and types of a link message.
  private static final int HAS_TYPE = 1 << 3;
  private static final int HAS_ORDER = 1 << 2;
  private static final int HAS_CHARSET = 1 << 4;
  private static final int SOFT = 1;
  private static final int EXTERNAL = 64;

  /**
   * Where a name leads.
   *
   * @param address of the header of an object, {@link CheckedStorage#UNDEFINED} for other links
   * @param path of a soft link, or within the other file; null for an object
   * @param file the other file, or null
   */
  record Link(long address, String path, String file) {

    boolean isObject() {
      return path == null;
    }
  }

  private final CheckedStorage storage;
  private final String source;
  private final String subject;
  private final Map<String, Link> links;

  private GroupLinks(
      CheckedStorage storage, String source, String subject, Map<String, Link> links) {
    this.storage = storage;
    this.source = source;
    this.subject = subject;
    this.links = links;
  }

  /**
   * Whether an object is a group. What is left of a damaged data set is none.
   *
   * @param header of the object
   */
  static boolean isGroup(ObjectHeader header) {
    return header.has(ObjectHeader.SYMBOL_TABLE) || header.has(ObjectHeader.LINK_INFO);
  }

  /**
   * Reads the members of a group.
   *
   * @param source the file, for messages
   * @param path of the group, for messages
   * @param header of the group
   * @return the names in the order of the file, or of the alphabet if they are in a heap
   * @throws HdfException and {@link dev.lanewise.data.DataException} if two have the same name, or
   *     the group is damaged
   */
  static Map<String, Link> read(
      CheckedStorage storage, String source, String path, ObjectHeader header) {
    String subject = "group '/" + path + "' is damaged: in its list of names";
    GroupLinks group = new GroupLinks(storage, source, subject, new LinkedHashMap<>());
    header.message(ObjectHeader.SYMBOL_TABLE).ifPresent(group::readTable);
    header.messages(ObjectHeader.LINK).forEach(group::readMessage);
    header.message(ObjectHeader.LINK_INFO).ifPresent(group::readHeap);
    return group.links;
  }

  private void add(String name, Link link) {
    if (links.putIfAbsent(name, link) != null) {
      throw new HdfException("several of its data sets or groups have the same name, " + name);
    }
  }

  private void readTable(ByteBuffer table) {
    long tree = storage.address(table);
    long heap = storage.address(table);
    int lengths = storage.getSizeOfLengths();
    ByteBuffer start =
        storage.readBufferFromAddress(heap, 8 + 2 * lengths + storage.getSizeOfOffsets());
    IndexBlocks blocks = new IndexBlocks(storage, source, subject);
    blocks.checkSignature(start, "HEAP", heap);
    start.position(8);
    int size = Math.toIntExact(storage.length(start));
    start.position(8 + 2 * lengths);
    ByteBuffer names = storage.readBufferFromAddress(storage.address(start), size);
    blocks.readOldTree(
        tree, OLD_BY_NAME, lengths, (key, address) -> readEntries(blocks, address, names));
  }

  private void readEntries(IndexBlocks blocks, long address, ByteBuffer names) {
    ByteBuffer start = blocks.once("SNOD", address, 8);
    blocks.checkSignature(start, "SNOD", address);
    int count = Short.toUnsignedInt(start.getShort(6));
    int size = 2 * storage.getSizeOfOffsets() + 24;
    ByteBuffer in = storage.readBufferFromAddress(address + 8, count * size);
    for (int i = 0; i < count; i++) {
      in.position(i * size);
      long name = CheckedStorage.number(in, storage.getSizeOfOffsets());
      long object = storage.address(in);
      int kind = in.getInt();
      in.getInt();
      Link link =
          kind == SOFT_ENTRY
              ? new Link(CheckedStorage.UNDEFINED, textAt(names, in.getInt()), null)
              : new Link(object, null, null);
      add(textAt(names, Math.toIntExact(name)), link);
    }
  }

  private static String textAt(ByteBuffer names, int at) {
    return Texts.untilNul(names.slice(at, names.limit() - at));
  }

  private void readHeap(ByteBuffer info) {
    info.get();
    int flags = info.get();
    info.position(info.position() + ((flags & 1) == 0 ? 0 : Long.BYTES));
    long heap = storage.address(info);
    long names = storage.address(info);
    if (names == CheckedStorage.UNDEFINED) {
      return;
    }
    BTree2 tree = new BTree2(new IndexBlocks(storage, source, subject), names);
    if (tree.type() != BY_NAME || tree.recordSize() != 11) {
      throw new HdfException("the tree of names is of type " + tree.type());
    }
    FractalHeap objects = new FractalHeap(storage, source, subject, heap);
    // A hash, and the number of the object. The tree has the order of the hashes.
    tree.forEach(record -> readMessage(objects.object(record.slice(4, 7))));
    Map<String, Link> sorted = new TreeMap<>(links);
    links.clear();
    links.putAll(sorted);
  }

  private void readMessage(ByteBuffer in) {
    int version = in.get();
    int flags = in.get();
    if (version != 1) {
      throw new HdfException("a link is of version " + version);
    }
    int type = (flags & HAS_TYPE) == 0 ? 0 : Byte.toUnsignedInt(in.get());
    in.position(in.position() + ((flags & HAS_ORDER) == 0 ? 0 : Long.BYTES));
    // UTF-8 whatever it says.
    in.position(in.position() + ((flags & HAS_CHARSET) == 0 ? 0 : 1));
    String name = text(in, CheckedStorage.number(in, 1 << (flags & 3)));
    add(name, link(type, in));
  }

  private Link link(int type, ByteBuffer in) {
    if (type == 0) {
      return new Link(storage.address(in), null, null);
    }
    int length = Short.toUnsignedInt(in.getShort());
    if (type == SOFT) {
      return new Link(CheckedStorage.UNDEFINED, text(in, length), null);
    }
    if (type == EXTERNAL) {
      // A byte for its version, then two texts.
      in.get();
      String[] parts = text(in, length - 1).split("\0");
      return new Link(CheckedStorage.UNDEFINED, parts.length > 1 ? parts[1] : "", parts[0]);
    }
    return new Link(CheckedStorage.UNDEFINED, "", "a link of the unknown type " + type);
  }

  private static String text(ByteBuffer in, long length) {
    byte[] bytes = new byte[Math.toIntExact(length)];
    in.order(ByteOrder.LITTLE_ENDIAN).get(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
