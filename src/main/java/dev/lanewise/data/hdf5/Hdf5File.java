package dev.lanewise.data.hdf5;

import dev.lanewise.data.DataException;
import dev.lanewise.data.array.NumberType;
import dev.lanewise.data.file.FileStamp;
import dev.lanewise.data.file.MappedFile;
import io.jhdf.HdfFile;
import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.jhdf.storage.HdfBackingStorage;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * An HDF5 file, open for checked reading: what cannot be read right is refused with one line.
 *
 * <p>The file is mapped, and nothing outside of it is ever taken for data: a file cut short, a data
 * set larger than its file, one that was never written, a chunk that is missing, a type or a
 * compression that is not supported are refused. Links to other files and symbolic links are not
 * followed. What is inside a data set may still be wrong: HDF5 protects data by checksums only
 * where the writer asked for them.
 *
 * <p>An open file belongs to the thread that opened it. Every method throws {@link DataException}
 * if the file turns out to be damaged, and {@link IllegalStateException} after {@link #close()} or
 * from another thread.
 */
public final class Hdf5File implements AutoCloseable {

  private final Path path;
  private final String source;
  private final FileStamp stamp;
  private final Arena arena;
  private final MemorySegment bytes;
  private final FileHeader header;
  private final HdfFile file;

  private Hdf5File(
      Path path,
      FileStamp stamp,
      Arena arena,
      MemorySegment bytes,
      FileHeader header,
      HdfFile file) {
    this.path = path;
    this.source = path.toString();
    this.stamp = stamp;
    this.arena = arena;
    this.bytes = bytes;
    this.header = header;
    this.file = file;
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
          () -> {
            HdfFile file = CheckedStorage.open(bytes, header);
            GroupLinks.checkNames(file.getHdfBackingStorage(), file);
            return new Hdf5File(path, stamp, arena, bytes, header, file);
          });
    } catch (IOException e) {
      arena.close();
      throw new DataException(source, "cannot be read: " + e.getMessage(), e);
    } catch (RuntimeException | Error e) {
      arena.close();
      throw e;
    }
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
      return map(channel, source, arena);
    } catch (AccessDeniedException e) {
      throw new DataException(source, "may not be read: permission denied", e);
    } catch (IOException | UnsupportedOperationException e) {
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
   * @return the names in the order of the file, without groups and links
   */
  public List<String> names() {
    return names("");
  }

  /** The names of the data sets in a group, each with {@code prefix} before it. */
  List<String> names(String prefix) {
    return read(
        "the file",
        () -> {
          List<String> names = new ArrayList<>();
          Node group = prefix.isEmpty() ? file : node(prefix.substring(0, prefix.length() - 1));
          if (group instanceof Group) {
            for (Map.Entry<String, Node> child : ((Group) group).getChildren().entrySet()) {
              if (child.getValue() instanceof Dataset) {
                names.add(prefix + child.getKey());
              }
            }
          }
          return names;
        });
  }

  /**
   * Looks a data set up.
   *
   * @param name its name; a data set in a group has the group's name and a slash before its own
   * @return what the file says about it, or empty if there is none of that name
   * @throws DataException if its dimensions cannot be true
   */
  public Optional<Hdf5Entry> find(String name) {
    return read(
        "data set '" + name + "'", () -> Optional.ofNullable(dataset(name)).map(this::entry));
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
          Dataset dataset = required(name);
          Elements elements = elements(dataset);
          if (!elements.type().isText()) {
            throw unexpected(elements.entry(), "strings");
          }
          return Texts.decode(
              dataset.getDataType(), elements, elements.arrayLength(source), storage());
        });
  }

  private HdfBackingStorage storage() {
    return file.getHdfBackingStorage();
  }

  /**
   * A text that is an attribute of the file as a whole.
   *
   * @param name the attribute
   * @return its value, or empty if there is none of that name
   * @throws DataException if it is not a single text
   */
  public Optional<String> stringAttribute(String name) {
    return read(
        "attribute '" + name + "'",
        () -> {
          Attribute attribute = file.getAttributes().get(name);
          if (attribute == null) {
            return Optional.empty();
          }
          Elements elements = single(attribute);
          if (!elements.type().isText()) {
            throw unexpected(elements.entry(), "a string");
          }
          return Optional.of(
              Texts.decode(attribute.getDataType(), elements, 1, storage()).getFirst());
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
    return read(
        "attribute '" + name + "'",
        () -> {
          Attribute attribute = file.getAttributes().get(name);
          if (attribute == null) {
            return OptionalLong.empty();
          }
          Elements elements = single(attribute);
          ElementType type = elements.type();
          if (!type.isNumeric() || type.kind() == ElementType.Kind.FLOAT) {
            throw unexpected(elements.entry(), "an integer");
          }
          long value = type.number().longAt(elements.run(0, 1), 0);
          if (value < 0 && type.kind() == ElementType.Kind.UNSIGNED) {
            throw unexpected(elements.entry(), "an integer in the range of int64");
          }
          return OptionalLong.of(value);
        });
  }

  /**
   * A number that is an attribute of the file as a whole.
   *
   * @param name the attribute
   * @return its value, or empty if there is none of that name
   * @throws DataException if it is not a single number
   */
  public OptionalDouble doubleAttribute(String name) {
    return read(
        "attribute '" + name + "'",
        () -> {
          Attribute attribute = file.getAttributes().get(name);
          if (attribute == null) {
            return OptionalDouble.empty();
          }
          Elements elements = single(attribute);
          if (!elements.type().isNumeric()) {
            throw unexpected(elements.entry(), "a number");
          }
          return OptionalDouble.of(elements.type().number().doubleAt(elements.run(0, 1), 0));
        });
  }

  private Elements single(Attribute attribute) {
    ElementType type = ElementType.of(attribute.getDataType());
    Hdf5Entry entry =
        entry("attribute " + attribute.getName(), attribute.getDimensionsAsLong(), type);
    ByteBuffer data = attribute.getBuffer();
    if (entry.elements() != 1 || data == null || data.remaining() < entry.byteSize()) {
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
          if (dataset(Hdf5Seal.NAME) == null) {
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
    return read(
        "data set '" + name + "'",
        () ->
            Optional.ofNullable(dataset(name))
                .map(dataset -> ElementType.of(dataset.getDataType())));
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

  /** Whether elements lie in the file in one piece, as they are, so that they can be mapped. */
  boolean isOnePiece(Elements elements) {
    return elements.bytes().isMapped() && bytes.asOverlappingSlice(elements.bytes()).isPresent();
  }

  /** The file, to map elements of it that are in one piece beyond the time that it is open. */
  MappedFile mappedFile() {
    return MappedFile.open(path, stamp);
  }

  /** Where elements that are in one piece begin in the file, in bytes. */
  long offset(Elements elements) {
    return elements.bytes().address() - bytes.address();
  }

  private Elements elements(Dataset dataset) {
    Hdf5Entry entry = entry(dataset);
    ElementType type = ElementType.of(dataset.getDataType());
    Storage storage = new Storage(source, bytes, header.base(), storage(), arena);
    return new Elements(entry, type, storage.read(dataset, entry, type.size()));
  }

  private Hdf5Entry entry(Dataset dataset) {
    String name = dataset.getPath().substring(1);
    long[] dimensions = dataset.getDimensionsAsLong();
    // Below 0 there is no end to how far it may grow.
    long[] most = dataset.getMaxSize();
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
    return entry(name, dimensions, ElementType.of(dataset.getDataType()));
  }

  private Hdf5Entry entry(String name, long[] dimensions, ElementType type) {
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

  private Dataset required(String name) {
    Dataset dataset = dataset(name);
    if (dataset == null) {
      throw new DataException(
          source,
          String.format(Locale.ROOT, "has no data set '%s', expected one of %s", name, names()));
    }
    return dataset;
  }

  private Dataset dataset(String name) {
    Node node = node(name);
    if (node instanceof Group) {
      // What is left of a damaged data set passes for a group, but for one that has no list.
      GroupLinks.checkNames(storage(), (Group) node);
    }
    return node instanceof Dataset ? (Dataset) node : null;
  }

  // Not jhdf's own look-up: that one follows links, out of the file too.
  private Node node(String path) {
    Node node = file;
    for (String part : (path.startsWith("/") ? path.substring(1) : path).split("/", -1)) {
      if (node instanceof Group && node != file) {
        GroupLinks.checkNames(storage(), (Group) node);
      }
      node = node instanceof Group ? ((Group) node).getChildren().get(part) : null;
    }
    return node;
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
    ((CheckedStorage) storage()).restart();
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
    if (!arena.scope().isAlive()) {
      return;
    }
    try {
      file.close();
    } finally {
      arena.close();
    }
  }

  @Override
  public String toString() {
    return "Hdf5File[" + source + "]";
  }
}
