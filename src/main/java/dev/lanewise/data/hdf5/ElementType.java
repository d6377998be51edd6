// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.hdf5;

import dev.lanewise.data.array.NumberType;
import io.jhdf.object.datatype.DataType;
import io.jhdf.object.datatype.EnumDataType;
import io.jhdf.object.datatype.FixedPoint;
import io.jhdf.object.datatype.FloatingPoint;
import io.jhdf.object.datatype.OrderedDataType;
import io.jhdf.object.datatype.StringData;
import io.jhdf.object.datatype.VariableLength;
import java.nio.ByteOrder;

/**
 * How one element is stored.
 *
 * <p>The bytes are decoded by {@link NumberType} and not by jhdf, which gives uint64 as objects,
 * bool as names, and a Java type by the size alone where a number fills only some of its bits.
 *
 * @param kind what it is
 * @param size in bytes
 * @param order of the bytes of a number
 * @param name for people, for instance {@code uint8} or {@code float32 big-endian}
 */
record ElementType(Kind kind, int size, ByteOrder order, String name) {

  enum Kind {
    SIGNED,
    UNSIGNED,
    FLOAT,
    /** Text of a fixed number of bytes, filled up with NULs or spaces. */
    TEXT,
    /** Text of any length, kept elsewhere in the file. */
    VARIABLE_TEXT,
    /** A row of MATLAB's characters, filled up with blanks. */
    ROW_OF_UTF16,
    /** What MATLAB keeps elsewhere in the file, which may be a text. */
    CELL,
    /** Nothing that Lanewise reads. */
    OTHER
  }

  static ElementType of(DataType type) {
    if (type instanceof FixedPoint) {
      return integer((FixedPoint) type);
    } else if (type instanceof FloatingPoint) {
      return floating((FloatingPoint) type);
    } else if (type instanceof EnumDataType) {
      // An enumeration (h5py writes bool as one) is read as the integers that it is stored as.
      ElementType base = of(((EnumDataType) type).getBaseType());
      return new ElementType(base.kind, base.size, base.order, "enum of " + base.name);
    } else if (type instanceof StringData) {
      return plain(Kind.TEXT, type, "string of " + type.getSize() + " bytes");
    } else if (type instanceof VariableLength && ((VariableLength) type).isVariableLengthString()) {
      return plain(Kind.VARIABLE_TEXT, type, "string");
    }
    return other("variable-length sequence", type.getSize());
  }

  /** Nothing that Lanewise reads. */
  static ElementType other(String name, int size) {
    return new ElementType(Kind.OTHER, size, ByteOrder.LITTLE_ENDIAN, name);
  }

  private static ElementType integer(FixedPoint type) {
    int size = type.getSize();
    boolean whole =
        (size == 1 || size == 2 || size == 4 || size == 8)
            && type.getBitOffset() == 0
            && type.getBitPrecision() == 8 * size;
    if (!whole) {
      return plain(
          Kind.OTHER, type, "integer of " + type.getBitPrecision() + " bits in " + size + " bytes");
    }
    Kind kind = type.isSigned() ? Kind.SIGNED : Kind.UNSIGNED;
    String name = (type.isSigned() ? "int" : "uint") + 8 * size;
    return new ElementType(kind, size, type.getByteOrder(), ordered(name, size, type));
  }

  private static ElementType floating(FloatingPoint type) {
    int size = type.getSize();
    boolean ieee =
        size == 2 && isLaidOut(type, 10, 5, 15)
            || size == 4 && isLaidOut(type, 23, 8, 127)
            || size == 8 && isLaidOut(type, 52, 11, 1023);
    if (!ieee) {
      return plain(Kind.OTHER, type, "floating point of " + size + " bytes that is not IEEE 754");
    }
    String name = ordered("float" + 8 * size, size, type);
    return new ElementType(Kind.FLOAT, size, type.getByteOrder(), name);
  }

  private static boolean isLaidOut(FloatingPoint type, int mantissa, int exponent, int bias) {
    return type.getBitOffset() == 0
        && type.getBitPrecision() == 8 * type.getSize()
        && type.getMantissaLocation() == 0
        && type.getMantissaSize() == mantissa
        && type.getMantissaNormalization() == 2
        && type.getExponentLocation() == mantissa
        && type.getExponentSize() == exponent
        && type.getExponentBias() == bias
        && type.getSignLocation() == mantissa + exponent;
  }

  private static String ordered(String name, int size, OrderedDataType type) {
    return size > 1 && type.getByteOrder() == ByteOrder.BIG_ENDIAN ? name + " big-endian" : name;
  }

  private static ElementType plain(Kind kind, DataType type, String name) {
    return new ElementType(kind, type.getSize(), ByteOrder.LITTLE_ENDIAN, name);
  }

  boolean isNumeric() {
    return kind == Kind.SIGNED || kind == Kind.UNSIGNED || kind == Kind.FLOAT;
  }

  boolean isText() {
    return kind == Kind.TEXT
        || kind == Kind.VARIABLE_TEXT
        || kind == Kind.ROW_OF_UTF16
        || kind == Kind.CELL;
  }

  boolean isUnsignedByte() {
    return kind == Kind.UNSIGNED && size == 1;
  }

  boolean isFloat32() {
    return kind == Kind.FLOAT && size == Float.BYTES;
  }

  /** How a number of this type is decoded. */
  NumberType number() {
    return new NumberType(numberKind(), size, order);
  }

  private NumberType.Kind numberKind() {
    switch (kind) {
      case SIGNED:
        return NumberType.Kind.SIGNED;
      case UNSIGNED:
        return NumberType.Kind.UNSIGNED;
      case FLOAT:
        return NumberType.Kind.FLOAT;
      default:
        throw new IllegalStateException(name + " is no number");
    }
  }
}
