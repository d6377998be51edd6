// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.hdf5;

import io.jhdf.WritableGroupImpl;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What is to be written into an HDF5 file: data sets and attributes, all at the top of the file.
 *
 * <p>Arrays are not copied and must not change before the file is written. Not for use by several
 * threads at once.
 */
public final class Hdf5Content {

  // An object header gives a message 16 bits for its length, jhdf does not look, and it writes a
  // text with up to as many spare bytes again.
  private static final int MOST_ATTRIBUTE_BYTES = 30_000;

  private final WritableGroupImpl root = new WritableGroupImpl(null, "/");
  private final Map<String, EncodedDataset> datasets = new LinkedHashMap<>();
  private final Map<String, Object> attributes = new LinkedHashMap<>();

  /** Nothing yet. */
  public Hdf5Content() {}

  /**
   * Adds bytes without a sign.
   *
   * @param name the data set
   * @param values the elements in C order
   * @param dimensions the dimensions; none for one dimension of all elements
   * @return this
   * @throws IllegalArgumentException if the name is taken or no name of a data set, there is no
   *     element, or the dimensions do not fit
   */
  public Hdf5Content uint8(String name, byte[] values, int... dimensions) {
    return add(name, new byte[1], true, values.length, dimensions, MemorySegment.ofArray(values));
  }

  /**
   * Adds numbers that lie in memory as they are to lie in the file.
   *
   * @param name the data set
   * @param type float32 in the machine's byte order, or bytes without a sign
   * @param bytes the elements in C order
   * @param dimensions at least one
   * @return this
   * @throws IllegalArgumentException as {@link #uint8}
   */
  public Hdf5Content numbers(String name, Packed type, MemorySegment bytes, int... dimensions) {
    return add(
        name, type.specimen, type == Packed.UINT8, bytes.byteSize() / type.size, dimensions, bytes);
  }

  /** How numbers lie in memory. */
  public enum Packed {
    /** Bytes without a sign. */
    UINT8(new byte[1], 1),
    /** Floats in the machine's byte order. */
    FLOAT32(new float[1], Float.BYTES),
    /** Doubles in the machine's byte order. */
    FLOAT64(new double[1], Double.BYTES);

    /** What the writer takes the type from. */
    private final Object specimen;

    private final int size;

    Packed(Object specimen, int size) {
      this.specimen = specimen;
      this.size = size;
    }

    /**
     * How much a number takes.
     *
     * @return in bytes
     */
    public int size() {
      return size;
    }
  }

  /**
   * Adds float32 numbers.
   *
   * @param name the data set
   * @param values the elements in C order
   * @param dimensions the dimensions; none for one dimension of all elements
   * @return this
   * @throws IllegalArgumentException as {@link #uint8}
   */
  public Hdf5Content float32(String name, float[] values, int... dimensions) {
    return add(name, new float[1], false, values.length, dimensions, MemorySegment.ofArray(values));
  }

  /**
   * Adds float64 numbers.
   *
   * @param name the data set
   * @param values the elements in C order
   * @param dimensions the dimensions; none for one dimension of all elements
   * @return this
   * @throws IllegalArgumentException as {@link #uint8}
   */
  public Hdf5Content float64(String name, double[] values, int... dimensions) {
    return add(
        name, new double[1], false, values.length, dimensions, MemorySegment.ofArray(values));
  }

  /**
   * Adds int64 numbers.
   *
   * @param name the data set
   * @param values the elements in C order
   * @param dimensions the dimensions; none for one dimension of all elements
   * @return this
   * @throws IllegalArgumentException as {@link #uint8}
   */
  public Hdf5Content int64(String name, long[] values, int... dimensions) {
    return add(name, new long[1], false, values.length, dimensions, MemorySegment.ofArray(values));
  }

  /**
   * Adds texts, stored in UTF-8 with as many bytes each as the longest takes.
   *
   * @param name the data set
   * @param values the texts, none with a NUL in it
   * @return this
   * @throws IllegalArgumentException as {@link #uint8}, or if a text has a NUL in it
   */
  public Hdf5Content strings(String name, List<String> values) {
    values.forEach(Hdf5Content::checkText);
    byte[][] texts =
        values.stream().map(text -> text.getBytes(StandardCharsets.UTF_8)).toArray(byte[][]::new);
    // One more than the longest: jhdf's type is text that ends with a NUL.
    int size = Arrays.stream(texts).mapToInt(text -> text.length).max().orElse(0) + 1;
    byte[] bytes = new byte[Math.multiplyExact(size, texts.length)];
    for (int i = 0; i < texts.length; i++) {
      System.arraycopy(texts[i], 0, bytes, i * size, texts[i].length);
    }
    Object specimen = values.toArray(String[]::new);
    return add(name, specimen, false, texts.length, new int[0], MemorySegment.ofArray(bytes));
  }

  private Hdf5Content add(
      String name,
      Object specimen,
      boolean unsigned,
      long count,
      int[] dimensions,
      MemorySegment bytes) {
    checkName(name);
    if (datasets.containsKey(name)) {
      throw new IllegalArgumentException("there are two data sets called '" + name + "'");
    }
    if (count == 0) {
      throw new IllegalArgumentException("data set '" + name + "' has no elements");
    }
    List<Long> sizes =
        dimensions.length == 0
            ? List.of(count)
            : Arrays.stream(dimensions).asLongStream().boxed().toList();
    long product = 1;
    for (long size : sizes) {
      // Every divisor of the count is at most the count, so that no product can overflow unseen.
      product = size < 1 || product > count ? 0 : product * size;
    }
    if (product != count) {
      throw new IllegalArgumentException(
          "data set '" + name + "' has " + count + " elements, not " + sizes);
    }
    datasets.put(name, new EncodedDataset(root, name, specimen, unsigned, sizes, bytes));
    return this;
  }

  /**
   * Adds a text as an attribute of the file as a whole.
   *
   * @param name the attribute
   * @param value a text of at most 30,000 bytes in UTF-8, without a NUL; longer ones are data sets
   * @return this
   * @throws IllegalArgumentException if the name is taken or empty, or the text is too long or has
   *     a NUL in it
   */
  public Hdf5Content attribute(String name, String value) {
    checkText(value);
    if (value.getBytes(StandardCharsets.UTF_8).length > MOST_ATTRIBUTE_BYTES) {
      throw new IllegalArgumentException(
          "attribute '" + name + "' is longer than " + MOST_ATTRIBUTE_BYTES + " bytes");
    }
    return put(name, value);
  }

  /**
   * Adds an integer, stored as int64, as an attribute of the file as a whole.
   *
   * @param name the attribute
   * @param value its value
   * @return this
   * @throws IllegalArgumentException if the name is taken or empty
   */
  public Hdf5Content attribute(String name, long value) {
    return put(name, value);
  }

  /**
   * Adds a number, stored as float64, as an attribute of the file as a whole.
   *
   * @param name the attribute
   * @param value its value
   * @return this
   * @throws IllegalArgumentException if the name is taken or empty
   */
  public Hdf5Content attribute(String name, double value) {
    return put(name, value);
  }

  private Hdf5Content put(String name, Object value) {
    checkName(name);
    if (attributes.putIfAbsent(name, value) != null) {
      throw new IllegalArgumentException("there are two attributes called '" + name + "'");
    }
    return this;
  }

  private static void checkName(String name) {
    Objects.requireNonNull(name, "name");
    if (name.isBlank() || name.equals(".") || name.length() > 1000 || name.contains("/")) {
      throw new IllegalArgumentException("'" + name + "' cannot be a name inside an HDF5 file");
    }
    checkText(name);
  }

  private static void checkText(String text) {
    if (text.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("a text has a NUL in it: '" + text + "'");
    }
  }

  /**
   * Has the file sealed: it gets a data set {@code file_sha256} with a checksum over all its bytes,
   * which {@link Hdf5File#checkSeal} compares.
   *
   * @return this
   * @throws IllegalArgumentException if it is sealed already
   */
  public Hdf5Content sealed() {
    return uint8(Hdf5Seal.NAME, Hdf5Seal.open());
  }

  /** The data set of the seal, or null if the file gets none. */
  EncodedDataset seal() {
    return datasets.get(Hdf5Seal.NAME);
  }

  /** The data sets, in the order in which they were added. */
  List<EncodedDataset> datasets() {
    return List.copyOf(datasets.values());
  }

  Map<String, Object> attributes() {
    return attributes;
  }

  /** A group of jhdf that writes all this. */
  WritableGroupImpl group() {
    for (EncodedDataset dataset : datasets.values()) {
      root.putDataset(dataset.entry().name(), dataset);
    }
    attributes.forEach(root::putAttribute);
    return root;
  }
}
