package dev.lanewise.data.image;

import dev.lanewise.data.DataException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The pictures to be read, in the order of their names: in a folder for each class; or all in one
 * folder, or one alone, of no class.
 *
 * @param source the folder or the file, for messages
 * @param files the pictures
 * @param labels the class number of each, or null if there are no classes
 * @param classNames the names of the folders
 * @param beside files that lie beside folders, and so in no class; not all need be pictures
 */
record PictureFolder(
    String source, List<Path> files, int[] labels, List<String> classNames, List<Path> beside) {

  /**
   * Looks for pictures.
   *
   * @throws DataException if there is nothing in the folder, or it cannot be read
   */
  static PictureFolder at(Path path) {
    String source = path.toString();
    if (!Files.isDirectory(path)) {
      return new PictureFolder(source, List.of(path), null, List.of(), List.of());
    }
    List<Path> inside = visible(path);
    List<Path> folders = inside.stream().filter(Files::isDirectory).toList();
    if (folders.isEmpty()) {
      if (inside.isEmpty()) {
        throw new DataException(
            source, "is an empty folder, expected a folder of pictures for each class");
      }
      return new PictureFolder(source, inside, null, List.of(), List.of());
    }
    List<Path> files = new ArrayList<>();
    List<Integer> labels = new ArrayList<>();
    for (int number = 0; number < folders.size(); number++) {
      for (Path file : visible(folders.get(number))) {
        files.add(file);
        labels.add(number);
      }
    }
    return new PictureFolder(
        source,
        files,
        labels.stream().mapToInt(Integer::intValue).toArray(),
        folders.stream().map(folder -> folder.getFileName().toString()).toList(),
        inside.stream().filter(Files::isRegularFile).toList());
  }

  /** The same pictures, which are of no class. */
  PictureFolder unlabelled() {
    return new PictureFolder(source, files, null, classNames, beside);
  }

  // What begins with a dot, and the two files that other systems leave everywhere, nobody means.
  private static List<Path> visible(Path folder) {
    try (Stream<Path> inside = Files.list(folder)) {
      return inside
          .filter(path -> !path.getFileName().toString().matches("\\..*|Thumbs\\.db|desktop\\.ini"))
          .sorted(Comparator.comparing(path -> path.getFileName().toString()))
          .toList();
    } catch (AccessDeniedException e) {
      throw new DataException(folder.toString(), "may not be read: permission denied", e);
    } catch (IOException | UncheckedIOException e) {
      throw new DataException(folder.toString(), "cannot be read: " + e.getMessage(), e);
    }
  }
}
