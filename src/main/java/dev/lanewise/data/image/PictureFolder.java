// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.image;

import dev.lanewise.data.DataException;
import dev.lanewise.data.file.NameEncoding;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The pictures to be read, in the order of their names: in a folder for each class; or all in one
 * folder, of the classes that their names tell; or of no class.
 *
 * @param source the folder or the file, for messages
 * @param files the pictures
 * @param labels the class number of each, or null if there are no classes
 * @param classNames the names of the folders, or those that the names of the files tell
 * @param beside files that are of no class where others are; not all need be pictures
 */
record PictureFolder(
    String source, List<Path> files, int[] labels, List<String> classNames, List<Path> beside) {

  private static final int DEEPEST = 4;
  private static final int SHOWN = 4;

  /**
   * Looks for pictures, whose folders are their classes.
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
      checkName(folders.get(number));
      for (Path file : visible(folders.get(number))) {
        files.add(file);
        labels.add(number);
      }
    }
    if (!files.isEmpty() && files.stream().allMatch(Files::isDirectory)) {
      throw new DataException(source, nested(path));
    }
    return new PictureFolder(
        source,
        files,
        labels.stream().mapToInt(Integer::intValue).toArray(),
        folders.stream().map(folder -> folder.getFileName().toString()).toList(),
        inside.stream().filter(Files::isRegularFile).toList());
  }

  /**
   * Looks for pictures in one folder, whose classes are told by their names.
   *
   * @throws DataException if there are no such names, or folders, or as many classes as pictures
   */
  static PictureFolder byNames(Path path) {
    String source = path.toString();
    List<Path> inside = visible(path);
    if (inside.stream().anyMatch(Files::isDirectory)) {
      throw new DataException(
          source, "has folders, expected pictures alone where their names tell the classes");
    }
    List<Path> files = inside.stream().filter(file -> ClassInName.of(file).isPresent()).toList();
    files.forEach(PictureFolder::checkName);
    List<String> classes = files.stream().map(file -> ClassInName.of(file).orElseThrow()).toList();
    List<String> names = classes.stream().distinct().sorted().toList();
    if (files.isEmpty() || names.size() == files.size() && files.size() > 2) {
      throw new DataException(
          source,
          "the names of its files tell no classes, expected names like cat.0.jpg, cat.1.jpg and"
              + " dog.0.jpg");
    }
    return new PictureFolder(
        source,
        files,
        classes.stream().mapToInt(names::indexOf).toArray(),
        names,
        inside.stream().filter(file -> !files.contains(file)).toList());
  }

  /** What is wrong with a folder that holds data sets, or holds one deeper down. */
  private static String nested(Path path) {
    List<Path> sets = new ArrayList<>();
    findSets(path, DEEPEST, sets);
    if (sets.isEmpty()) {
      return "has folders of folders, expected a folder of pictures for each class";
    }
    // Training data first.
    sets.sort(Comparator.comparing(set -> !set.getFileName().toString().startsWith("train")));
    return "has folders of folders; give "
        + sets.stream().limit(SHOWN).map(Path::toString).collect(Collectors.joining(" and "))
        + (sets.size() > SHOWN ? " or another" : "");
  }

  /** Finds folders whose own folders hold files. */
  private static void findSets(Path path, int depth, List<Path> found) {
    List<Path> folders = visible(path).stream().filter(Files::isDirectory).toList();
    if (folders.stream()
        .flatMap(folder -> visible(folder).stream())
        .anyMatch(Files::isRegularFile)) {
      found.add(path);
    } else if (depth > 0) {
      folders.forEach(folder -> findSets(folder, depth - 1, found));
    }
  }

  /** The same pictures, which are of no class. */
  PictureFolder unlabelled() {
    return new PictureFolder(source, files, null, classNames, beside);
  }

  // The name of the folder is a class, or contains one.
  private static void checkName(Path path) {
    NameEncoding.problemOf(path.getFileName().toString())
        .ifPresent(
            problem -> {
              throw new DataException(path.toString(), problem);
            });
  }

  // What begins with a dot, and what other systems leave everywhere, nobody means.
  private static List<Path> visible(Path folder) {
    try (Stream<Path> inside = Files.list(folder)) {
      return inside
          .filter(
              path ->
                  !path.getFileName()
                      .toString()
                      .matches("\\..*|Thumbs\\.db|desktop\\.ini|__MACOSX|@eaDir"))
          .sorted(Comparator.comparing(path -> path.getFileName().toString()))
          .toList();
    } catch (IOException e) {
      throw DataException.unreadable(folder.toString(), e);
    } catch (UncheckedIOException e) {
      throw DataException.unreadable(folder.toString(), e.getCause());
    }
  }
}
