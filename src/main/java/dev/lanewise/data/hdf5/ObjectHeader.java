// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.hdf5;

import io.jhdf.checksum.JenkinsLookup3HashLittle;
import io.jhdf.exceptions.HdfException;
import io.jhdf.exceptions.UnsupportedHdfException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The messages of an object: what describes a data set, a group or a named type.
 *
 * <p>jhdf takes a message that is kept with another object, as the type of a data set may be, for
 * the message itself; and it reads every member of a group before it gives one, so that one that it
 * does not know hides all others.
 */
final class ObjectHeader {

  static final int DATA_SPACE = 1;
  static final int LINK_INFO = 2;
  static final int DATA_TYPE = 3;
  static final int LINK = 6;
  static final int EXTERNAL_FILES = 7;
  static final int LAYOUT = 8;
  static final int FILTERS = 11;
  static final int ATTRIBUTE = 12;
  static final int SYMBOL_TABLE = 17;
  static final int ATTRIBUTE_INFO = 21;

  private static final int CONTINUATION = 16;
  private static final int HIGHEST_KNOWN = 24;

  // Flags of a message.
  private static final int SHARED = 1 << 1;
  private static final int FAIL_IF_UNKNOWN = 1 << 7;

  private record Message(int type, int flags, ByteBuffer body) {}

  private final CheckedStorage storage;
  private final List<Message> messages = new ArrayList<>();
  private final Set<Long> blocks = new HashSet<>();

  private ObjectHeader(CheckedStorage storage) {
    this.storage = storage;
  }

  /**
   * Reads a header.
   *
   * @param address where it is
   * @throws HdfException if there is none or it is damaged
   */
  static ObjectHeader read(CheckedStorage storage, long address) {
    ObjectHeader header = new ObjectHeader(storage);
    if (storage.readBufferFromAddress(address, 1).get() == 1) {
      header.readVersion1(address);
    } else {
      header.readVersion2(address);
    }
    return header;
  }

  boolean has(int type) {
    return messages.stream().anyMatch(message -> message.type == type);
  }

  /**
   * The body of the one message of a type.
   *
   * @return empty if there is none
   * @throws HdfException if there are several, or it is kept where Lanewise does not find it
   */
  Optional<ByteBuffer> message(int type) {
    List<ByteBuffer> found = messages(type);
    if (found.size() > 1) {
      throw new HdfException("there are " + found.size() + " messages of type " + type);
    }
    return found.stream().findFirst();
  }

  /** The bodies of all messages of a type. */
  List<ByteBuffer> messages(int type) {
    return messages.stream()
        .filter(message -> message.type == type)
        .map(message -> (message.flags & SHARED) == 0 ? copy(message.body) : shared(message))
        .toList();
  }

  private static ByteBuffer copy(ByteBuffer body) {
    return body.duplicate().order(ByteOrder.LITTLE_ENDIAN);
  }

  private ByteBuffer shared(Message message) {
    return shared(storage, copy(message.body), message.type);
  }

  /**
   * The message of another object that stands for one.
   *
   * @param reference what stands in place of its body
   * @param type of the message
   * @throws HdfException if the other object has none
   */
  static ByteBuffer shared(CheckedStorage storage, ByteBuffer reference, int type) {
    int version = reference.get();
    int kind = reference.get();
    // Version 1 is from before 1999; kind 1 of version 3 is in a heap of the whole file.
    if (version != 2 && !(version == 3 && kind != 1)) {
      throw new UnsupportedHdfException(
          "a message of type " + type + " is shared in version " + version + ", kind " + kind);
    }
    ObjectHeader other = read(storage, storage.address(reference));
    return other.messages.stream()
        .filter(message -> message.type == type && (message.flags & SHARED) == 0)
        .findFirst()
        .map(message -> copy(message.body))
        .orElseThrow(() -> new HdfException("a shared message of type " + type + " is missing"));
  }

  private void readVersion1(long address) {
    ByteBuffer start = storage.readBufferFromAddress(address, 12);
    int count = Short.toUnsignedInt(start.getShort(2));
    int size = start.getInt(8);
    // Four bytes fill the twelve up.
    readMessages1(storage.readBufferFromAddress(address + 16, size), count);
    if (messages.size() < count) {
      throw new HdfException(
          String.format(
              Locale.ROOT, "an object has %d of its %d messages", messages.size(), count));
    }
  }

  private void readMessages1(ByteBuffer in, int count) {
    while (in.remaining() >= 8 && messages.size() < count) {
      int type = Short.toUnsignedInt(in.getShort());
      int size = Short.toUnsignedInt(in.getShort());
      int flags = Byte.toUnsignedInt(in.get());
      in.position(in.position() + 3);
      ByteBuffer body = add(type, flags, in, size);
      if (type == CONTINUATION) {
        readMessages1(continuation(body), count);
      }
    }
  }

  private void readVersion2(long address) {
    ByteBuffer start = storage.readBufferFromAddress(address, 6);
    checkSignature(start, "OHDR");
    if (start.get() != 2) {
      throw new HdfException("an object's header is of version " + start.get(4) + ", not 1 or 2");
    }
    int flags = Byte.toUnsignedInt(start.get());
    // Four times, and two limits of its attributes.
    int prefix = 6 + ((flags & 1 << 5) == 0 ? 0 : 16) + ((flags & 1 << 4) == 0 ? 0 : 4);
    int width = 1 << (flags & 3);
    long size =
        CheckedStorage.number(storage.readBufferFromAddress(address + prefix, width), width);
    ByteBuffer all =
        storage.readBufferFromAddress(
            address, Math.toIntExact(Math.addExact(size, prefix + width + 4L)));
    readMessages2(summed(all).position(prefix + width), flags);
  }

  private static ByteBuffer summed(ByteBuffer all) {
    int end = all.limit() - Integer.BYTES;
    int stored = all.getInt(end);
    all.limit(end);
    if (JenkinsLookup3HashLittle.hash(copy(all)) != stored) {
      throw new HdfException("the checksum of an object's header differs");
    }
    return all;
  }

  private void readMessages2(ByteBuffer in, int headerFlags) {
    boolean ordered = (headerFlags & 1 << 2) != 0;
    // What is left at the end may be shorter than a message.
    while (in.remaining() >= (ordered ? 6 : 4)) {
      int type = Byte.toUnsignedInt(in.get());
      int size = Short.toUnsignedInt(in.getShort());
      int flags = Byte.toUnsignedInt(in.get());
      if (ordered) {
        in.getShort();
      }
      ByteBuffer body = add(type, flags, in, size);
      if (type == CONTINUATION) {
        ByteBuffer more = summed(continuation(body));
        checkSignature(more, "OCHK");
        readMessages2(more, headerFlags);
      }
    }
  }

  private ByteBuffer add(int type, int flags, ByteBuffer in, int size) {
    if (size > in.remaining()) {
      throw new HdfException("a message of type " + type + " is longer than its header");
    }
    if (type > HIGHEST_KNOWN && (flags & FAIL_IF_UNKNOWN) != 0) {
      throw new UnsupportedHdfException("an object has a message of the unknown type " + type);
    }
    ByteBuffer body = in.slice(in.position(), size).order(ByteOrder.LITTLE_ENDIAN);
    in.position(in.position() + size);
    messages.add(new Message(type, flags, body));
    return copy(body);
  }

  private ByteBuffer continuation(ByteBuffer body) {
    long address = storage.address(body);
    if (!blocks.add(address)) {
      throw new HdfException("an object's header goes on in itself");
    }
    return storage.readBufferFromAddress(address, Math.toIntExact(storage.length(body)));
  }

  private static void checkSignature(ByteBuffer in, String signature) {
    byte[] found = new byte[4];
    in.get(found);
    if (!signature.equals(new String(found, StandardCharsets.ISO_8859_1))) {
      throw new HdfException("there is no object header where one should be");
    }
  }
}
