// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.hdf5;

import io.jhdf.object.datatype.DataType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * The type of what a data set or an attribute holds.
 *
 * @param element how one element is stored
 * @param library the type as jhdf reads it, null for what is neither number nor text
 */
record StoredType(ElementType element, DataType library) {

  private static final List<String> CLASSES =
      List.of(
          "integer",
          "floating point",
          "time",
          "string",
          "bit field",
          "opaque",
          "compound",
          "reference",
          "enum",
          "variable-length",
          "array",
          "complex");

  // Integers, floating point, strings, enums and what has a variable length.
  private static final List<Integer> READ = List.of(0, 1, 3, 8, 9);

  /**
   * Reads a datatype message.
   *
   * @throws io.jhdf.exceptions.HdfException and much else if it is damaged
   */
  static StoredType read(ByteBuffer message) {
    byte[] bytes = new byte[message.remaining()];
    message.get(bytes);
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int kind = bytes[0] & 15;
    int version = bytes[0] >> 4 & 15;
    if (!READ.contains(kind) || version > 5) {
      String name = kind < CLASSES.size() ? CLASSES.get(kind) : "type of class " + kind;
      return new StoredType(ElementType.other(name, in.getInt(4)), null);
    }
    if (version > 3) {
      // Versions 4 and 5 changed references and added complex numbers; the others are as before.
      bytes[0] = (byte) (3 << 4 | kind);
    }
    DataType library = DataType.readDataType(in);
    return new StoredType(ElementType.of(library), library);
  }
}
