// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.hdf5;

import dev.lanewise.data.DataException;
import dev.lanewise.data.FileStamp;
import dev.lanewise.data.array.NumberType;
import dev.lanewise.data.file.MappedFile;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * An HDF5 file, open for checked reading: what cannot be read right is refused with one line.
 *
 * <p>The file is mapped, and nothing outside of it is ever taken for data: a file cut short, a data
 * set larger than its file, one that was never written, a chunk that is missing, a type or a
 * compression that is not supported are refused, and so are links to other files. What is inside a
 * data set may still be wrong: HDF5 protects data by checksums only where the writer asked for
 * them.
 *
 * <p>An open file belongs to the thread that opened it. Every method throws {@link DataException}
 * if the file turns out to be damaged, and {@link IllegalStateException} after {@link #close()} or
 * from another thread.
 */
public final class Hdf5File implements AutoCloseable {

  /** Null for a file in memory, as the stamp. */
  private final Path path;

  private final String source;
  private final FileStamp stamp;
  private final Arena arena;
  private final MemorySegment bytes;
  private final FileHeader header;
  private final CheckedStorage storage;
  private final FileTree tree;

  private Hdf5File(
      Path path,
      String source,
      FileStamp stamp,
      Arena arena,
      MemorySegment bytes,
      FileHeader header,
      CheckedStorage storage) {
    this.path = path;
    this.source = source;
    this.stamp = stamp;
    this.arena = arena;
    this.bytes = bytes;
    this.header = header;
    this.storage = storage;
    this.tree = new FileTree(storage, source);
  }

  /**
   * Opens a file.
   *
   * @param path the file
   * @return the open file; the caller closes it
   * @throws DataException if there is no such file, it may not be read, it is not HDF5, or it is
   *     cut short or damaged
   */
  public static Hdf5File open(Path path) {
    String source = path.toString();
    Arena arena = Arena.ofConfined();
    try {
      MemorySegment bytes = map(path, source, arena);
      FileStamp stamp = FileStamp.of(path);
      FileHeader header = FileHeader.read(bytes, source);
      return Guard.call(
          source,
          "the file",
          () ->
              new Hdf5File(
                  path, source, stamp, arena, bytes, header, CheckedStorage.open(bytes, header)));
    } catch (IOException e) {
      arena.close();
      throw DataException.unreadable(source, e);
    } catch (RuntimeException | Error e) {
      arena.close();
      throw e;
    }
  }

  /**
   * Opens a file whose bytes are in memory.
   *
   * @param content the bytes of the file; copied
   * @param source what the file is called in messages
   * @return the open file; the caller closes it
   * @throws DataException if it is not HDF5, or it is cut short or damaged
   */
  public static Hdf5File open(byte[] content, String source) {
    if (content.length == 0) {
      throw new DataException(source, "is empty, expected an HDF5 file");
    }
    Arena arena = Arena.ofConfined();
    try {
      MemorySegment bytes = copy(content, arena);
      FileHeader header = FileHeader.read(bytes, source);
      // Nothing of it is mapped, so neither the path nor the stamp is used.
      return Guard.call(
          source,
          "the file",
          () ->
              new Hdf5File(
                  null, source, null, arena, bytes, header, CheckedStorage.open(bytes, header)));
    } catch (RuntimeException | Error e) {
      arena.close();
      throw e;
    }
  }

  private static MemorySegment copy(byte[] content, Arena arena) {
    MemorySegment bytes = arena.allocate(content.length, Long.BYTES);
    MemorySegment.copy(content, 0, bytes, ValueLayout.JAVA_BYTE, 0, content.length);
    return bytes;
  }

  private static MemorySegment map(Path path, String source, Arena arena) {
    if (Files.notExists(path)) {
      throw new DataException(source, "no such file, expected an HDF5 file");
    }
    if (Files.isDirectory(path)) {
      throw new DataException(source, "is a folder, expected an HDF5 file");
    }
    if (!Files.isRegularFile(path)) {
      throw new DataException(source, "is not a regular file, expected an HDF5 file");
    }
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      if (channel.size() == 0) {
        throw new DataException(source, "is empty, expected an HDF5 file");
      }
      // A file inside a jar cannot be mapped.
      return path.getFileSystem() == FileSystems.getDefault()
          ? map(channel, source, arena)
          : copy(Files.readAllBytes(path), arena);
    } catch (IOException e) {
      throw DataException.unreadable(source, e);
    } catch (UnsupportedOperationException e) {
      throw new DataException(source, "cannot be read: " + e.getMessage(), e);
    }
  }

  private static MemorySegment map(FileChannel channel, String source, Arena arena)
      throws IOException {
    try {
      return channel.map(MapMode.READ_ONLY, 0, channel.size(), arena);
    } catch (IOException e) {
      if (e.getCause() instanceof OutOfMemoryError) {
        throw new DataException(
            source,
            String.format(
                Locale.ROOT,
                "needs %d bytes of address space, more than this process is given",
                channel.size()),
            e);
      }
      throw e;
    }
  }

  /**
   * The names of the data sets at the top of the file.
   *
   * @return the names in the order of the file, without groups; a soft link to a data set has its
   *     own name
   */
  public List<String> names() {
    return names("");
  }

  /** The names of the data sets in a group, each with {@code prefix} before it. */
  List<String> names(String prefix) {
    return read("the file", () -> tree.datasets(prefix));
  }

  /** The paths of the groups of the file, the first so many. */
  List<String> groups(int most) {
    return read("the file", () -> tree.groups(most));
  }

  /**
   * An attribute of a group.
   *
   * @return its text, nothing if it is no text, or empty if there is no such attribute or group
   */
  Optional<String> groupAttribute(String group, String name) {
    return read(
        "group '" + group + "'",
        () ->
            tree.find(group)
                .filter(GroupLinks::isGroup)
                .flatMap(found -> StoredAttribute.find(storage, source, found, name))
                .map(found -> found.text(storage)));
  }

  /** Whether there is a group of that name. */
  boolean isGroup(String name) {
    return read("'" + name + "'", () -> tree.find(name).filter(GroupLinks::isGroup).isPresent());
  }

  /**
   * Looks a data set up.
   *
   * @param name its name; a data set in a group has the group's name and a slash before its own
   * @return what the file says about it, or empty if there is none of that name
   * @throws DataException if its dimensions cannot be true
   */
  public Optional<Hdf5Entry> find(String name) {
    return read("data set '" + name + "'", () -> dataset(name).map(StoredDataset::entry));
  }

  /**
   * Reads numbers of any type as float32, each rounded once.
   *
   * @param name the data set
   * @return all elements in C order; NaN and infinity stay what they are
   * @throws DataException if there is no such data set, it does not hold numbers, or a number is
   *     beyond the range of float32
   */
  public float[] floats(String name) {
    return read(
        "data set '" + name + "'",
        () -> {
          Elements elements = numbers(name);
          NumberType type = elements.type().number();
          float[] values = new float[elements.arrayLength(source)];
          forEach(elements, (in, i, at) -> values[at] = toFloat(name, type, in, i));
          return values;
        });
  }

  private float toFloat(String name, NumberType type, ByteBuffer in, int i) {
    float value = type.floatAt(in, i);
    if (Float.isInfinite(value) && Double.isFinite(type.doubleAt(in, i))) {
      throw new DataException(
          source,
          String.format(
              Locale.ROOT,
              "data set '%s' holds %s, expected numbers in the range of float32",
              name,
              type.textAt(in, i)));
    }
    return value;
  }

  /**
   * Reads numbers of any type as float64.
   *
   * @param name the data set
   * @return all elements in C order; integers beyond 2^53 are rounded
   * @throws DataException if there is no such data set or it does not hold numbers
   */
  public double[] doubles(String name) {
    return read(
        "data set '" + name + "'",
        () -> {
          Elements elements = numbers(name);
          NumberType type = elements.type().number();
          double[] values = new double[elements.arrayLength(source)];
          forEach(elements, (in, i, at) -> values[at] = type.doubleAt(in, i));
          return values;
        });
  }

  /**
   * Reads integers of any type.
   *
   * @param name the data set
   * @return all elements in C order
   * @throws DataException if there is no such data set, it does not hold integers, or one is beyond
   *     the range of int64
   */
  public long[] longs(String name) {
    return read(
        "data set '" + name + "'",
        () -> {
          Elements elements = numbers(name);
          if (elements.type().kind() == ElementType.Kind.FLOAT) {
            throw unexpected(elements.entry(), "integers");
          }
          NumberType type = elements.type().number();
          long[] values = new long[elements.arrayLength(source)];
          forEach(
              elements,
              (in, i, at) -> {
                values[at] = type.longAt(in, i);
                if (values[at] < 0 && type.kind() == NumberType.Kind.UNSIGNED) {
                  throw new DataException(
                      source,
                      String.format(
                          Locale.ROOT,
                          "data set '%s' holds %s, expected numbers in the range of int64",
                          name,
                          type.textAt(in, i)));
                }
              });
          return values;
        });
  }

  /**
   * Reads texts, of a fixed or a variable number of bytes.
   *
   * @param name the data set
   * @return all elements in C order, without what fills them up
   * @throws DataException if there is no such data set or it does not hold texts
   */
  public List<String> strings(String name) {
    return read(
        "data set '" + name + "'",
        () -> {
          StoredDataset dataset = required(name);
          Elements elements = elements(dataset);
          if (!elements.type().isText()) {
            throw unexpected(elements.entry(), "strings");
          }
          return texts(dataset, elements);
        });
  }

  private List<String> texts(StoredDataset dataset, Elements elements) {
    int count = elements.arrayLength(source);
    switch (elements.type().kind()) {
      case ROW_OF_UTF16:
        return Matlab.rows(elements, count);
      case CELL:
        return cells(elements, count);
      default:
        return Texts.decode(dataset.type(), elements, count, storage);
    }
  }

  // Each cell is the address of a matrix of characters, which has one row.
  private List<String> cells(Elements elements, int count) {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long address = elements.run(i, 1).getLong();
      StoredDataset cell =
          new StoredDataset(storage, source, elements.entry().name(), tree.header(address), false);
      if (cell.element().kind() != ElementType.Kind.ROW_OF_UTF16 || cell.entry().elements() != 1) {
        throw Matlab.notText(source, elements.entry(), i, cell.entry().type());
      }
      texts.add(Matlab.rows(elements(cell), 1).getFirst());
    }
    return texts;
  }

  /**
   * A text that is an attribute of the file as a whole.
   *
   * @param name the attribute
   * @return its value, or empty if there is none of that name
   * @throws DataException if it is not a single text
   */
  public Optional<String> stringAttribute(String name) {
    return attribute(
        name,
        (type, elements) -> {
          if (!elements.type().isText()) {
            throw unexpected(elements.entry(), "a string");
          }
          return Texts.decode(type, elements, 1, storage).getFirst();
        });
  }

  /**
   * An integer that is an attribute of the file as a whole.
   *
   * @param name the attribute
   * @return its value, or empty if there is none of that name
   * @throws DataException if it is not a single integer in the range of int64
   */
  public OptionalLong longAttribute(String name) {
    Optional<Long> found =
        attribute(
            name,
            (stored, elements) -> {
              ElementType type = elements.type();
              if (!type.isNumeric() || type.kind() == ElementType.Kind.FLOAT) {
                throw unexpected(elements.entry(), "an integer");
              }
              long value = type.number().longAt(elements.run(0, 1), 0);
              if (value < 0 && type.kind() == ElementType.Kind.UNSIGNED) {
                throw unexpected(elements.entry(), "an integer in the range of int64");
              }
              return value;
            });
    return found.map(OptionalLong::of).orElse(OptionalLong.empty());
  }

  /**
   * A number that is an attribute of the file as a whole.
   *
   * @param name the attribute
   * @return its value, or empty if there is none of that name
   * @throws DataException if it is not a single number
   */
  public OptionalDouble doubleAttribute(String name) {
    Optional<Double> found =
        attribute(
            name,
            (stored, elements) -> {
              if (!elements.type().isNumeric()) {
                throw unexpected(elements.entry(), "a number");
              }
              return elements.type().number().doubleAt(elements.run(0, 1), 0);
            });
    return found.map(OptionalDouble::of).orElse(OptionalDouble.empty());
  }

  private <T> Optional<T> attribute(String name, BiFunction<StoredType, Elements, T> reading) {
    return read(
        "attribute '" + name + "'",
        () ->
            StoredAttribute.find(storage, source, tree.root(), name)
                .map(found -> reading.apply(found.type(), single(name, found))));
  }

  private Elements single(String name, StoredAttribute attribute) {
    ElementType type = attribute.type().element();
    Hdf5Entry entry =
        StoredDataset.entry(
            source, "attribute " + name, attribute.space().getDimensionsAsLong(), type);
    ByteBuffer data = attribute.data();
    if (attribute.space().getTotalLength() != 1 || data.remaining() < entry.byteSize()) {
      throw unexpected(entry, "a single value");
    }
    return new Elements(entry, type, MemorySegment.ofBuffer(data).asSlice(0, entry.byteSize()));
  }

  /**
   * Refuses a file of which a byte was changed since it was written, if it was sealed then.
   *
   * @return whether the file has a seal
   * @throws DataException if a byte differs
   */
  public boolean checkSeal() {
    return read(
        "the seal",
        () -> {
          if (dataset(Hdf5Seal.NAME).isEmpty()) {
            return false;
          }
          Elements seal = raw(Hdf5Seal.NAME);
          if (!isOnePiece(seal)) {
            throw unexpected(seal.entry(), "a seal in one piece");
          }
          Hdf5Seal.check(source, bytes, seal, offset(seal));
          return true;
        });
  }

  /** The type of a data set, or empty if there is no such data set. */
  Optional<ElementType> type(String name) {
    return read("data set '" + name + "'", () -> dataset(name).map(StoredDataset::element));
  }

  /**
   * The elements of a data set of numbers; their memory is valid while the file is open.
   *
   * @throws DataException if there is no such data set or it does not hold numbers
   */
  Elements numbers(String name) {
    return read(
        "data set '" + name + "'",
        () -> {
          Elements elements = elements(required(name));
          if (!elements.type().isNumeric()) {
            throw unexpected(elements.entry(), "numbers");
          }
          return elements;
        });
  }

  /** The elements of a data set whatever they are, as bytes. */
  Elements raw(String name) {
    return read("data set '" + name + "'", () -> elements(required(name)));
  }

  /** Whether elements lie in the file in one piece, as they are, so that a mapped file has them. */
  boolean isOnePiece(Elements elements) {
    return bytes.asOverlappingSlice(elements.bytes()).isPresent();
  }

  /** The file, to map elements of it that are in one piece beyond the time that it is open. */
  MappedFile mappedFile() {
    return MappedFile.open(path, stamp);
  }

  /** Where elements that are in one piece begin in the file, in bytes. */
  long offset(Elements elements) {
    return elements.bytes().address() - bytes.address();
  }

  private Elements elements(StoredDataset dataset) {
    return new Elements(
        dataset.entry(),
        dataset.element(),
        new Storage(source, bytes, header.base(), storage, arena).read(dataset));
  }

  private StoredDataset required(String name) {
    return dataset(name)
        .orElseThrow(
            () ->
                new DataException(
                    source,
                    String.format(
                        Locale.ROOT, "has no data set '%s', expected one of %s", name, names())));
  }

  private Optional<StoredDataset> dataset(String name) {
    return tree.find(name)
        .filter(StoredDataset::isDataset)
        .map(found -> new StoredDataset(storage, source, name(name), found, isOctave(name)));
  }

  private boolean isOctave(String name) {
    int end = name(name).lastIndexOf('/');
    return end > 0
        && tree.find(name(name).substring(0, end))
            .flatMap(group -> StoredAttribute.find(storage, source, group, Matlab.OCTAVE))
            .isPresent();
  }

  private static String name(String path) {
    return path.startsWith("/") ? path.substring(1) : path;
  }

  private DataException unexpected(Hdf5Entry entry, String expected) {
    return new DataException(
        source, String.format(Locale.ROOT, "%s, expected %s", entry, expected));
  }

  private <T> T read(String subject, Supplier<T> action) {
    if (!arena.scope().isAlive()) {
      throw new IllegalStateException(source + " is closed");
    }
    if (!bytes.isAccessibleBy(Thread.currentThread())) {
      throw new IllegalStateException(source + " was opened by another thread");
    }
    storage.restart();
    return Guard.call(source, subject, action);
  }

  private interface Decoder {
    void decode(ByteBuffer in, int index, int at);
  }

  // Runs that a buffer can hold, whatever the size of an element.
  private static void forEach(Elements elements, Decoder decoder) {
    long count = elements.entry().elements();
    int most = 1 << 20;
    for (long first = 0; first < count; first += most) {
      int length = (int) Math.min(most, count - first);
      ByteBuffer in = elements.run(first, length);
      for (int i = 0; i < length; i++) {
        decoder.decode(in, i, (int) first + i);
      }
    }
  }

  /** Closes the file; entries read from it stay valid. */
  @Override
  public void close() {
    if (arena.scope().isAlive()) {
      arena.close();
    }
  }

  @Override
  public String toString() {
    return "Hdf5File[" + source + "]";
  }
}
