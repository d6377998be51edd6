// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.hdf5;

import dev.lanewise.data.DataException;
import io.jhdf.exceptions.HdfException;
import io.jhdf.object.message.DataSpace;
import io.jhdf.object.message.FilterPipelineMessage;
import io.jhdf.object.message.FilterPipelineMessage.FilterInfo;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A data set as its object header describes it. */
final class StoredDataset {

  private final CheckedStorage storage;
  private final String source;
  private final String name;
  private final ObjectHeader header;
  private final StoredType type;
  private final DataSpace space;
  // What the file has is the transpose of what is meant.
  private final boolean reversed;
  private final ElementType element;

  /**
   * Reads the description.
   *
   * @param source the file, for messages
   * @param name the path of the data set
   * @param header its object header
   * @param octave whether Octave keeps an array in its group
   * @throws HdfException and much else if it is damaged
   */
  StoredDataset(
      CheckedStorage storage, String source, String name, ObjectHeader header, boolean octave) {
    this.storage = storage;
    this.source = source;
    this.name = name;
    this.header = header;
    this.type = StoredType.read(required(ObjectHeader.DATA_TYPE, "type"));
    this.space =
        DataSpace.readDataSpace(
            required(ObjectHeader.DATA_SPACE, "dimensions"), storage.getSuperblock());
    Optional<String> matlab = text(Matlab.CLASS);
    this.reversed = octave || matlab.isPresent();
    this.element =
        matlab.isPresent() && attribute(Matlab.EMPTY).isPresent()
            ? ElementType.other("empty array of MATLAB", type.element().size())
            : matlab.isPresent()
                ? Matlab.type(
                    matlab.get(), type.element(), Matlab.reversed(space.getDimensionsAsLong()))
                : type.element();
  }

  private Optional<String> text(String name) {
    return attribute(name).map(found -> found.text(storage));
  }

  /** Whether an object is a data set, or what is left of one. */
  static boolean isDataset(ObjectHeader header) {
    return header.has(ObjectHeader.DATA_SPACE) || header.has(ObjectHeader.LAYOUT);
  }

  private ByteBuffer required(int message, String what) {
    return header
        .message(message)
        .orElseThrow(() -> new HdfException("it has no message of its " + what));
  }

  /** The type as it is stored. */
  StoredType type() {
    return type;
  }

  /** What an element is. */
  ElementType element() {
    return element;
  }

  /** Whether the elements as they are meant are the transpose of those that are stored. */
  boolean isTransposed() {
    return reversed && space.getDimensionsAsLong().length > 1;
  }

  /** The dimensions in the file. */
  long[] storedDimensions() {
    return space.getDimensionsAsLong();
  }

  /** How far the data set may grow, below 0 without limit. */
  long[] limits() {
    return space.getMaxSizes();
  }

  /**
   * Where the elements are.
   *
   * @throws DataException if they are in other files or data sets
   */
  Layout layout() {
    if (header.has(ObjectHeader.EXTERNAL_FILES)) {
      throw new DataException(
          source,
          String.format(
              Locale.ROOT,
              "data set %s keeps its numbers in another file, expected them in this one",
              entry()));
    }
    Layout layout = Layout.read(storage, required(ObjectHeader.LAYOUT, "layout"));
    if (layout.kind() == Layout.Kind.VIRTUAL) {
      throw new DataException(
          source,
          String.format(
              Locale.ROOT,
              "data set %s is virtual, made of parts of others, expected a copy of them",
              entry()));
    }
    return layout;
  }

  /** What is done to each chunk. */
  List<FilterInfo> filters() {
    return header
        .message(ObjectHeader.FILTERS)
        .map(message -> new FilterPipelineMessage(message, new BitSet()).getFilters())
        .orElse(List.of());
  }

  /** An attribute. */
  Optional<StoredAttribute> attribute(String of) {
    return StoredAttribute.find(storage, source, header, of);
  }

  /**
   * The data set as it is meant.
   *
   * @throws DataException if its dimensions cannot be true
   */
  Hdf5Entry entry() {
    Hdf5Entry stored = storedEntry();
    if (!reversed) {
      return stored;
    }
    long[] dimensions = Matlab.reversed(storedDimensions());
    boolean rows = element.kind() == ElementType.Kind.ROW_OF_UTF16;
    return entry(
        source,
        name,
        rows ? Arrays.copyOf(dimensions, dimensions.length - 1) : dimensions,
        element);
  }

  /**
   * The data set as it is stored.
   *
   * @throws DataException if its dimensions cannot be true
   */
  Hdf5Entry storedEntry() {
    long[] dimensions = space.getDimensionsAsLong();
    long[] most = limits();
    for (int k = 0; k < Math.min(dimensions.length, most.length); k++) {
      // The numbers of chunks may count on it, as in other readers they do.
      if (most[k] >= 0 && most[k] < dimensions[k]) {
        throw new DataException(
            source,
            String.format(
                Locale.ROOT,
                "'%s' is damaged: it has the dimensions %s, but may have at most %s",
                name,
                Arrays.toString(dimensions),
                Arrays.toString(most)));
      }
    }
    return entry(source, name, dimensions, type.element());
  }

  /**
   * The entry of elements of a type.
   *
   * @throws DataException if the dimensions cannot be true
   */
  static Hdf5Entry entry(String source, String name, long[] dimensions, ElementType type) {
    List<Long> sizes = new ArrayList<>();
    long total = type.size();
    boolean possible = total > 0;
    for (long size : dimensions) {
      sizes.add(size);
      possible &= size >= 0 && (size == 0 || total <= Long.MAX_VALUE / size);
      total *= size;
    }
    if (!possible) {
      throw new DataException(
          source,
          String.format(
              Locale.ROOT,
              "'%s' is damaged: it cannot have the dimensions %s with elements of %d bytes",
              name,
              sizes,
              type.size()));
    }
    return new Hdf5Entry(name, sizes, type.name(), total);
  }
}
