// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.image;

import dev.lanewise.data.DataException;
import dev.lanewise.data.Dataset;
import dev.lanewise.data.FeatureShape;
import dev.lanewise.data.Origin;
import dev.lanewise.data.ReadOptions;
import dev.lanewise.data.Scaling;
import dev.lanewise.data.Schema;
import dev.lanewise.matrix.ByteMatrix;
import dev.lanewise.matrix.Memory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.IntStream;

/** Reads pictures into a matrix, a column each. */
final class PictureReader {

  private static final int COLOURS = 3;

  // So many broken pictures are named; of others, which may be thousands, there is a count.
  private static final int SHOWN = 20;

  // Above this a picture is decoded while no other large one is.
  private static final long LARGE = 4_000_000;

  private final PictureFolder folder;
  private final ReadOptions options;
  private final Object oneLarge = new Object();

  /** The pictures that were read, in the order of the samples. */
  private List<Path> read = List.of();

  PictureReader(PictureFolder folder, ReadOptions options) {
    this.folder = folder;
    this.options = options;
  }

  Dataset read(String format) {
    // Headers first: what is too large is refused before anything is decoded.
    String[] problems = new String[folder.files().size()];
    int[][] sizes = new int[problems.length][];
    each(problems, (file, j, picture) -> sizes[j] = new int[] {picture.width(), picture.height()});
    checkAnyLeft(problems);
    FeatureShape shape = options.wanted().shape().map(this::checked).orElseGet(() -> common(sizes));
    checkMemory(shape, problems.length);
    try (Arena whole = Arena.ofShared()) {
      ByteMatrix matrix =
          ByteMatrix.allocate(whole, shape.size(), problems.length, Scaling.PIXEL_FACTOR);
      List<Integer> dimensions = shape.dimensions();
      int channels = dimensions.size() == 2 ? 1 : dimensions.get(2);
      each(
          problems,
          (file, j, picture) -> {
            byte[] pixels = picture.pixels(dimensions.get(0), dimensions.get(1), channels);
            matrix.setColumn(j, MemorySegment.ofArray(pixels), 0);
          });
      checkAnyLeft(problems);
      int[] kept = IntStream.range(0, problems.length).filter(j -> problems[j] == null).toArray();
      report(problems);
      checkClasses(kept);
      read = IntStream.of(kept).mapToObj(folder.files()::get).toList();
      return dataset(matrix, kept, shape, format);
    }
  }

  /** The files of the samples that {@link #read} returned. */
  List<Path> files() {
    return read;
  }

  private Dataset dataset(ByteMatrix all, int[] kept, FeatureShape shape, String format) {
    Arena arena = Arena.ofShared();
    ByteMatrix matrix = ByteMatrix.allocate(arena, shape.size(), kept.length, Scaling.PIXEL_FACTOR);
    for (int j = 0; j < kept.length; j++) {
      matrix.setColumn(j, all.segment(), all.columnOffset(kept[j]));
    }
    int[] labels =
        folder.labels() == null ? null : IntStream.of(kept).map(j -> folder.labels()[j]).toArray();
    return new Dataset(
        arena,
        matrix,
        labels,
        labels == null ? Schema.UNNAMED : folder.classNames(),
        shape,
        Scaling.PIXELS,
        new Origin(
            folder.source(),
            format,
            kept.length + " pictures",
            labels == null
                ? ""
                : folder.classNames().size()
                    + (options.entries().classFromName() ? " names" : " folders")));
  }

  /** What is done with a picture that is open. */
  private interface Work {
    void with(Path file, int number, Picture picture) throws BrokenPictureException;
  }

  /** Opens each picture that is not broken yet, several at once, and notes which are. */
  private void each(String[] problems, Work work) {
    IntStream.range(0, problems.length)
        .filter(j -> problems[j] == null)
        .parallel()
        .forEach(
            j -> {
              Path file = folder.files().get(j);
              try (Picture picture = Picture.open(file)) {
                if ((long) picture.width() * picture.height() > LARGE) {
                  synchronized (oneLarge) {
                    work.with(file, j, picture);
                  }
                } else {
                  work.with(file, j, picture);
                }
              } catch (BrokenPictureException e) {
                problems[j] = e.getMessage();
              } catch (OutOfMemoryError e) {
                // Which pictures are left out must not depend on the machine.
                throw new DataException(
                    file.toString(),
                    "takes more memory than Java may use (-Xmx raises the limit)",
                    e);
              }
            });
    if (options.notices().skipped().isEmpty()) {
      refuseFirst(problems);
    }
  }

  private void refuseFirst(String[] problems) {
    for (int j = 0; j < problems.length; j++) {
      if (problems[j] != null) {
        throw new DataException(folder.files().get(j).toString(), problems[j]);
      }
    }
  }

  private FeatureShape checked(FeatureShape wanted) {
    int rank = wanted.dimensions().size();
    boolean picture =
        rank == 2 || rank == 3 && List.of(1, COLOURS).contains(wanted.dimensions().get(2));
    if (!picture) {
      throw new DataException(
          folder.source(),
          String.format(
              Locale.ROOT,
              "pictures cannot become samples of %s, expected rows x columns x 1 or 3",
              wanted));
    }
    return wanted;
  }

  private FeatureShape common(int[][] sizes) {
    int first = -1;
    for (int j = 0; j < sizes.length; j++) {
      if (sizes[j] == null) {
        continue;
      }
      if (first < 0) {
        first = j;
      } else if (sizes[j][0] != sizes[first][0] || sizes[j][1] != sizes[first][1]) {
        throw new DataException(
            folder.source(),
            String.format(
                Locale.ROOT,
                "its pictures differ in size (%s is %d x %d, %s is %d x %d); choose with --size WxH",
                folder.files().get(first).getFileName(),
                sizes[first][0],
                sizes[first][1],
                folder.files().get(j).getFileName(),
                sizes[j][0],
                sizes[j][1]));
      }
    }
    return FeatureShape.of(sizes[first][1], sizes[first][0], COLOURS);
  }

  private void checkMemory(FeatureShape shape, int count) {
    // The matrix of all, and that of those that could be read.
    Memory.lack(
            String.format(Locale.ROOT, "%d pictures of %s", count, shape),
            2 * ByteMatrix.byteSize(shape.size(), count))
        .ifPresent(
            problem -> {
              throw new DataException(folder.source(), problem);
            });
  }

  private void checkAnyLeft(String[] problems) {
    if (Arrays.stream(problems).anyMatch(Objects::isNull)) {
      return;
    }
    if (problems.length == 1) {
      throw new DataException(folder.files().getFirst().toString(), problems[0]);
    }
    report(problems);
    throw new DataException(folder.source(), "holds no picture that can be read");
  }

  private void report(String[] problems) {
    int[] broken = IntStream.range(0, problems.length).filter(j -> problems[j] != null).toArray();
    IntStream.of(broken)
        .limit(SHOWN)
        .forEach(j -> skip(folder.files().get(j) + ": " + problems[j] + "; it is left out"));
    if (broken.length > SHOWN) {
      int more = broken.length - SHOWN;
      skip(folder.source() + ": " + more + " more pictures cannot be read; they are left out");
    }
  }

  private void skip(String line) {
    options.notices().skipped().orElseThrow().accept(line);
  }

  private void checkClasses(int[] kept) {
    if (folder.labels() == null) {
      return;
    }
    int[] counts = new int[folder.classNames().size()];
    for (int j : kept) {
      counts[folder.labels()[j]]++;
    }
    for (int number = 0; number < counts.length; number++) {
      if (counts[number] == 0) {
        throw new DataException(
            folder.source(),
            String.format(
                Locale.ROOT,
                "class '%s' has no picture that can be read, expected at least one",
                folder.classNames().get(number)));
      }
    }
  }
}
