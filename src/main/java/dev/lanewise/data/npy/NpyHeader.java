// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.npy;

import dev.lanewise.data.DataException;
import dev.lanewise.data.array.NumberType;
import dev.lanewise.data.array.NumberType.Kind;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the header of an NPY array says.
 *
 * @param kind the letter that NumPy has for the kind of type, or {@code []} for several in one
 * @param elementSize in bytes, 0 where there are no bytes for an element
 * @param order the byte order
 * @param fortran whether the first dimension varies fastest
 * @param dimensions none of them negative
 */
record NpyHeader(
    String kind, long elementSize, ByteOrder order, boolean fortran, List<Long> dimensions) {

  private static final Pattern ENTRY =
      Pattern.compile(
          "\\s*'([a-z_]+)'\\s*:\\s*('[^']*'|\\[.*\\]|True|False|\\([0-9,\\sL]*\\))\\s*(,|(?=\\}))");
  private static final Pattern TYPE = Pattern.compile("'([<>|=]?)([a-zA-Z?])([0-9]{0,9})(\\[.*)?'");
  private static final int CODE_POINT_BYTES = 4;
  private static final int LONGEST_TEXT = 1 << 20;

  /**
   * Parses the text of a header.
   *
   * @throws DataException if it is none
   */
  static NpyHeader parse(String source, String name, String text) {
    Map<String, String> entries = entries(source, name, text);
    Matcher type = TYPE.matcher(entries.get("descr"));
    String shape = entries.get("shape");
    String fortran = entries.get("fortran_order");
    boolean structured = entries.get("descr").startsWith("[");
    if (!structured && !type.matches()
        || !shape.startsWith("(")
        || !fortran.matches("True|False")) {
      throw damaged(source, name, text);
    }
    List<Long> dimensions = new ArrayList<>();
    for (String dimension : shape.replaceAll("[()L\\s]", "").split(",")) {
      if (dimension.length() > 18) {
        throw damaged(source, name, text);
      }
      if (!dimension.isEmpty()) {
        dimensions.add(Long.parseLong(dimension));
      }
    }
    String kind = structured ? "[]" : type.group(2);
    long size = structured || type.group(3).isEmpty() ? 0 : Long.parseLong(type.group(3));
    if (kind.equals("U")) {
      size *= CODE_POINT_BYTES;
    }
    ByteOrder order =
        !structured && type.group(1).equals(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    return new NpyHeader(kind, size, order, fortran.equals("True"), List.copyOf(dimensions));
  }

  private static Map<String, String> entries(String source, String name, String text) {
    Map<String, String> entries = new HashMap<>();
    String dictionary = text.strip();
    if (dictionary.startsWith("{") && dictionary.endsWith("}")) {
      Matcher entry = ENTRY.matcher(dictionary);
      int at = 1;
      // Here or nowhere: to look further on would take a time that grows with the square.
      while (entry.region(at, dictionary.length()).lookingAt()) {
        if (entries.put(entry.group(1), entry.group(2)) != null) {
          throw damaged(source, name, text);
        }
        at = entry.end();
      }
      boolean whole = dictionary.substring(at).strip().equals("}");
      if (whole && entries.keySet().equals(java.util.Set.of("descr", "fortran_order", "shape"))) {
        return entries;
      }
    }
    throw damaged(source, name, text);
  }

  private static DataException damaged(String source, String name, String text) {
    String shown = text.length() > 200 ? text.substring(0, 200) + "..." : text;
    return new DataException(
        source,
        String.format(
            Locale.ROOT,
            "is damaged: the header of array '%s' is \"%s\", expected type, order and dimensions",
            name,
            shown.strip()));
  }

  /** How the numbers are stored; empty if these are no numbers that Lanewise reads. */
  Optional<NumberType> number() {
    switch (kind + elementSize) {
      case "b1", "i1", "i2", "i4", "i8":
        // A truth value is 0 or 1, and no pixel.
        return Optional.of(new NumberType(Kind.SIGNED, (int) elementSize, order));
      case "u1", "u2", "u4", "u8":
        return Optional.of(new NumberType(Kind.UNSIGNED, (int) elementSize, order));
      case "f2", "f4", "f8":
        return Optional.of(new NumberType(Kind.FLOAT, (int) elementSize, order));
      default:
        return Optional.empty();
    }
  }

  boolean isText() {
    return (kind.equals("U") || kind.equals("S")) && elementSize > 0 && elementSize < LONGEST_TEXT;
  }

  /** The encoding of texts. */
  Charset charset() {
    if (kind.equals("S")) {
      return StandardCharsets.UTF_8;
    }
    return Charset.forName(order == ByteOrder.BIG_ENDIAN ? "UTF-32BE" : "UTF-32LE");
  }

  /** The bytes of all elements, {@link Long#MAX_VALUE} if they cannot be counted. */
  long byteSize() {
    if (dimensions.contains(0L) || elementSize == 0) {
      return 0;
    }
    long size = elementSize;
    for (long dimension : dimensions) {
      if (size > Long.MAX_VALUE / dimension) {
        return Long.MAX_VALUE;
      }
      size *= dimension;
    }
    return size;
  }

  /** What the elements are, for people. */
  String description() {
    if (number().isPresent()) {
      return kind.equals("b") ? "bool" : number().get().toString();
    }
    switch (kind) {
      case "O":
        return "Python objects (dtype object)";
      case "[]":
        return "records (a structured dtype)";
      case "U", "S", "a":
        return "texts";
      case "c":
        return "complex numbers";
      case "M", "m":
        return "times";
      default:
        return "numbers of the unknown dtype " + kind + elementSize;
    }
  }

  /** What the user can do about elements that are not read. */
  String advice() {
    return kind.equals("O") ? ": save it as an array of one type, with astype" : "";
  }
}
