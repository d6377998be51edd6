// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.array;

import dev.lanewise.data.DataException;
import dev.lanewise.data.LabelCollector;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Locale;

/**
 * How a number is stored: an integer of 1, 2, 4 or 8 bytes, or an IEEE 754 number of 2, 4 or 8.
 *
 * @param kind what it is
 * @param size in bytes
 * @param order its byte order
 */
public record NumberType(Kind kind, int size, ByteOrder order) {

  /** What a number is. */
  public enum Kind {
    /** An integer with a sign. */
    SIGNED,
    /** An integer without a sign. */
    UNSIGNED,
    /** A binary floating-point number. */
    FLOAT
  }

  private static final double MOST_EXACT = 0x1p53;

  /** A type. */
  public NumberType {
    boolean known = size == 2 || size == 4 || size == 8 || size == 1 && kind != Kind.FLOAT;
    if (!known) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "there is no number of %d bytes", size));
    }
  }

  /**
   * Whether these are bytes without a sign, which stay bytes in memory.
   *
   * @return true for uint8
   */
  public boolean isUnsignedByte() {
    return kind == Kind.UNSIGNED && size == 1;
  }

  /**
   * Whether these are the floats of this machine.
   *
   * @return true for float32 in the machine's byte order
   */
  public boolean isNativeFloat() {
    return kind == Kind.FLOAT && size == Float.BYTES && order == ByteOrder.nativeOrder();
  }

  /**
   * Whether every number of this type is a float32 number, too.
   *
   * @return true for float16, float32 and integers of one or two bytes
   */
  public boolean isWithinFloat() {
    return size <= (kind == Kind.FLOAT ? Float.BYTES : Short.BYTES);
  }

  /**
   * The number at an index as float32, rounded once.
   *
   * @param in numbers of this type, in its byte order
   * @param index from 0
   * @return the number; infinite if it is beyond the range of float32
   */
  public float floatAt(ByteBuffer in, int index) {
    if (kind == Kind.FLOAT) {
      return (float) floatingAt(in, index);
    }
    long value = longAt(in, index);
    // Only a uint64 beyond the range of long comes out negative. The lowest bit stays set if a bit
    // was lost to it, so that the one rounding is the right one.
    return kind == Kind.UNSIGNED && value < 0
        ? (float) (value >>> 1 | value & 1) * 2f
        : (float) value;
  }

  /**
   * The number at an index as float64: integers beyond 2^53 are rounded once.
   *
   * @param in numbers of this type, in its byte order
   * @param index from 0
   * @return the number
   */
  public double doubleAt(ByteBuffer in, int index) {
    if (kind == Kind.FLOAT) {
      return floatingAt(in, index);
    }
    long value = longAt(in, index);
    return kind == Kind.UNSIGNED && value < 0 ? (double) (value >>> 1 | value & 1) * 2.0 : value;
  }

  private double floatingAt(ByteBuffer in, int index) {
    switch (size) {
      case 2:
        return Float.float16ToFloat(in.getShort(2 * index));
      case 4:
        return in.getFloat(4 * index);
      default:
        return in.getDouble(8 * index);
    }
  }

  /**
   * The integer at an index, exact.
   *
   * @param in integers of this type, in its byte order
   * @param index from 0
   * @return the integer; a uint64 beyond the range of long comes out negative
   */
  public long longAt(ByteBuffer in, int index) {
    boolean signed = kind == Kind.SIGNED;
    switch (size) {
      case 1:
        return signed ? in.get(index) : Byte.toUnsignedLong(in.get(index));
      case 2:
        return signed ? in.getShort(2 * index) : Short.toUnsignedLong(in.getShort(2 * index));
      case 4:
        return signed ? in.getInt(4 * index) : Integer.toUnsignedLong(in.getInt(4 * index));
      default:
        return in.getLong(8 * index);
    }
  }

  /**
   * Adds the number at an index to labels.
   *
   * @param labels are given the number
   * @param in numbers of this type, in its byte order
   * @param index from 0
   * @param sample the number of the sample, for messages
   * @throws DataException if it is no label
   */
  public void addLabel(LabelCollector labels, ByteBuffer in, int index, int sample) {
    double value = doubleAt(in, index);
    boolean whole =
        kind == Kind.FLOAT
            ? value == Math.rint(value) && Math.abs(value) <= MOST_EXACT
            : kind == Kind.SIGNED || longAt(in, index) >= 0;
    if (whole) {
      long number = kind == Kind.FLOAT ? (long) value : longAt(in, index);
      labels.add(LabelCollector.SAMPLE, sample, number);
    } else {
      labels.add(LabelCollector.SAMPLE, sample, value, textAt(in, index));
    }
  }

  /**
   * The number at an index in digits, for messages.
   *
   * @param in numbers of this type, in its byte order
   * @param index from 0
   * @return the digits
   */
  public String textAt(ByteBuffer in, int index) {
    if (kind == Kind.FLOAT) {
      double value = floatingAt(in, index);
      return size < Double.BYTES ? Float.toString((float) value) : Double.toString(value);
    }
    long value = longAt(in, index);
    return kind == Kind.UNSIGNED ? Long.toUnsignedString(value) : String.valueOf(value);
  }

  /** The name that NumPy and h5py have for it. */
  @Override
  public String toString() {
    String name =
        switch (kind) {
          case SIGNED -> "int";
          case UNSIGNED -> "uint";
          case FLOAT -> "float";
        };
    return name + 8 * size + (size > 1 && order == ByteOrder.BIG_ENDIAN ? " big-endian" : "");
  }
}
