// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.npy;

import dev.lanewise.data.DataException;
import dev.lanewise.data.LabelRules;
import dev.lanewise.data.Labels;
import dev.lanewise.data.array.ArraySource.Order;
import dev.lanewise.data.array.NumberArray;
import dev.lanewise.data.array.NumberType;
import dev.lanewise.data.array.NumberType.Kind;
import dev.lanewise.data.file.FileContent;
import dev.lanewise.matrix.Memory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * An array in NPY, its header read: a magic number and a version, then, as the text of a Python
 * dictionary, the type, the order and the dimensions.
 */
final class NpyArray implements AutoCloseable {

  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int START_BYTES = MAGIC.length + 2;
  private static final int LONGEST_HEADER = 1 << 16;

  private final FileContent content;
  private final String name;
  private final NpyHeader header;
  private final long offset;

  private NpyArray(FileContent content, String name, NpyHeader header, long offset) {
    this.content = content;
    this.name = name;
    this.header = header;
    this.offset = offset;
  }

  static boolean isNpy(byte[] start) {
    if (start.length < MAGIC.length) {
      return false;
    }
    for (int i = 0; i < MAGIC.length; i++) {
      if (start[i] != MAGIC[i]) {
        return false;
      }
    }
    return true;
  }

  /** How many bytes {@link #isNpy} looks at. */
  static int magicBytes() {
    return MAGIC.length;
  }

  /**
   * Reads a header, and closes the content if that fails.
   *
   * @throws DataException if it is not NPY, its header is damaged, or it cannot have the length
   *     that its header promises
   */
  static NpyArray read(FileContent content, String name) {
    try {
      byte[] start = new byte[START_BYTES];
      content.fill(start, "the NPY header");
      if (!isNpy(start)) {
        throw new DataException(content.source(), "is not NPY, expected an array of NumPy");
      }
      int version = start[MAGIC.length];
      if (version < 1 || version > 3) {
        throw new DataException(
            content.source(),
            String.format(Locale.ROOT, "is NPY of version %d, expected 1 to 3", version & 0xff));
      }
      byte[] length = new byte[version == 1 ? Short.BYTES : Integer.BYTES];
      content.fill(length, "the NPY header");
      ByteBuffer in = ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN);
      long bytes =
          version == 1 ? Short.toUnsignedLong(in.getShort()) : Integer.toUnsignedLong(in.getInt());
      if (bytes > LONGEST_HEADER) {
        throw new DataException(
            content.source(),
            String.format(
                Locale.ROOT,
                "is damaged: its NPY header takes %d bytes, expected at most %d",
                bytes,
                LONGEST_HEADER));
      }
      byte[] text = new byte[(int) bytes];
      content.fill(text, "the NPY header");
      NpyHeader header =
          NpyHeader.parse(content.source(), name, new String(text, StandardCharsets.UTF_8));
      NpyArray array =
          new NpyArray(content, name, header, START_BYTES + length.length + text.length);
      array.checkLength();
      return array;
    } catch (RuntimeException e) {
      content.close();
      throw e;
    }
  }

  private void checkLength() {
    if (!isNumeric() && !isText()) {
      // Nobody knows how long it is, and it will be refused by whoever wants to read it.
      return;
    }
    long size = header.byteSize();
    content.expectLength(
        size > Long.MAX_VALUE - offset ? Long.MAX_VALUE : size + offset, "NPY of " + this);
  }

  int rank() {
    return header.dimensions().size();
  }

  boolean isNumeric() {
    return header.number().isPresent();
  }

  boolean isText() {
    return header.isText();
  }

  Order order() {
    return header.fortran() ? Order.FORTRAN : Order.C;
  }

  FileContent content() {
    return content;
  }

  /** Where the numbers begin in the content, in bytes. */
  long offset() {
    return offset;
  }

  /**
   * The numbers.
   *
   * @throws DataException if these are none
   */
  NumberArray numbers() {
    NumberType type = header.number().orElseThrow(() -> unexpected("numbers"));
    return new NumberArray(content.source(), name, type, header.dimensions());
  }

  private DataException unexpected(String expected) {
    return new DataException(
        content.source(),
        String.format(
            Locale.ROOT,
            "array '%s' holds %s, expected %s",
            name,
            header.description(),
            expected + header.advice()));
  }

  /**
   * Reads the array as labels, numbers or texts.
   *
   * @param samples how many there must be
   * @param rules how labels become classes
   * @param classNames what class numbers are called; empty if they have no names. Texts that are no
   *     numbers name their classes themselves
   * @return the labels; empty where the samples are to be taken for unlabelled
   * @throws DataException if there are more or fewer, or they are no labels
   */
  Optional<Labels> labels(int samples, LabelRules rules, List<String> classNames) {
    if (!isText()) {
      NumberArray array = header.number().isPresent() ? numbers() : null;
      if (array == null) {
        throw unexpected("numbers or texts");
      }
      array.checkLabels(samples);
      Optional<Labels> labels = array.readLabels(content, samples, rules, classNames);
      content.expectEnd(toString());
      return labels;
    }
    // The number of bytes of a text does not matter for the shape.
    new NumberArray(
            content.source(),
            name,
            new NumberType(Kind.SIGNED, 1, ByteOrder.LITTLE_ENDIAN),
            header.dimensions())
        .checkLabels(samples);
    return Labels.ofTexts(content.source(), name, texts(), rules, classNames);
  }

  /**
   * Reads texts.
   *
   * @throws DataException if these are none, are not in their encoding, or do not fit into memory
   */
  List<String> texts() {
    if (!isText()) {
      throw unexpected("texts");
    }
    Memory.lack(toString(), header.byteSize())
        .ifPresent(
            problem -> {
              throw new DataException(content.source(), problem);
            });
    long count = header.byteSize() == 0 ? 0 : header.byteSize() / header.elementSize();
    byte[] bytes = new byte[(int) header.elementSize()];
    List<String> texts = new ArrayList<>();
    Map<String, String> known = new HashMap<>();
    for (long i = 0; i < count; i++) {
      content.fill(bytes, name);
      String text = text(bytes, i);
      texts.add(known.computeIfAbsent(text, one -> one));
    }
    content.expectEnd(toString());
    return texts;
  }

  // Bytes that are no text in the encoding are refused: two different ones would become the same.
  private String text(byte[] bytes, long number) {
    String text;
    try {
      text = header.charset().newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new DataException(
          content.source(),
          String.format(
              Locale.ROOT, "text %d of array '%s' is not in %s", number, name, header.charset()),
          e);
    }
    int end = text.length();
    while (end > 0 && text.charAt(end - 1) == '\0') {
      end--;
    }
    return text.substring(0, end);
  }

  @Override
  public void close() {
    content.close();
  }

  /** The name, the dimensions and the type. */
  @Override
  public String toString() {
    return header.dimensions().stream()
        .map(String::valueOf)
        .collect(Collectors.joining(", ", name + " (", ") " + header.description()));
  }
}
