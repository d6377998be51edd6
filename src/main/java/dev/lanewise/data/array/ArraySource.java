// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.array;

import dev.lanewise.data.DataException;
import dev.lanewise.data.Dataset;
import dev.lanewise.data.Mapping;
import dev.lanewise.data.Origin;
import dev.lanewise.data.ReadOptions;
import dev.lanewise.data.file.FileContent;
import dev.lanewise.data.file.MappedFile;
import dev.lanewise.matrix.SampleMatrix;
import java.lang.foreign.Arena;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * An array of features that is all the rest of a file; copied, or left where it is.
 *
 * @param path the file
 * @param content the array comes next in it
 * @param array its type and dimensions, checked to be features
 * @param offset where it begins in the content, in bytes
 * @param order the order of its numbers
 */
public record ArraySource(
    Path path, FileContent content, NumberArray array, long offset, Order order) {

  /** Which dimension varies fastest. */
  public enum Order {
    /** The last. */
    C,
    /** The first. */
    FORTRAN
  }

  /**
   * Makes a data set of it.
   *
   * @param options whether the features stay in the file, and how numbers become features
   * @param labels as {@link Dataset} takes them
   * @param classNames as {@link Dataset} takes them
   * @param origin where the data come from
   * @return the data set; the caller closes it
   * @throws DataException if the file ends too soon or goes on after it, is damaged, is not what it
   *     was when the content was opened, cannot be mapped where it must be, or does not fit into
   *     memory
   */
  public Dataset read(ReadOptions options, int[] labels, List<String> classNames, Origin origin) {
    boolean exact = options.numbers().exact();
    boolean mapped = isMapped(options.mapping(), exact);
    Arena arena = mapped ? MappedFile.open(path, content.stamp()) : Arena.ofShared();
    SampleMatrix matrix;
    try {
      matrix = mapped ? array.map((MappedFile) arena, offset) : copy(arena, exact);
    } catch (RuntimeException | Error e) {
      arena.close();
      throw e;
    }
    return new Dataset(arena, matrix, labels, classNames, array.shape(), array.scaling(), origin);
  }

  private SampleMatrix copy(Arena arena, boolean exact) {
    array.checkMemory(order == Order.C ? 0 : array.byteSize(), exact);
    SampleMatrix matrix =
        order == Order.C
            ? array.read(content, arena, exact)
            : new FortranReader(array, content).read(arena, exact);
    content.expectEnd(array.toString());
    return matrix;
  }

  private boolean isMapped(Mapping choice, boolean exact) {
    if (choice == Mapping.NEVER) {
      return false;
    }
    Optional<String> problem = unmappable();
    if (choice == Mapping.ALWAYS && problem.isPresent()) {
      throw new DataException(
          path.toString(),
          String.format(
              Locale.ROOT,
              "the features cannot be mapped: %s, expected uncompressed uint8 or float32 %s",
              problem.get(),
              ByteOrder.nativeOrder().toString().toLowerCase(Locale.ROOT)));
    }
    boolean wanted = choice != Mapping.AUTO || array.isLarge(exact);
    return problem.isEmpty() && wanted;
  }

  private Optional<String> unmappable() {
    if (content.packing().isPresent()) {
      return content.packing().map(packing -> "they are " + packing);
    }
    return order == Order.C ? array.unmappable() : Optional.of("they are in Fortran's order");
  }
}
