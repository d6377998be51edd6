// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.image;

import dev.lanewise.data.DataException;
import dev.lanewise.data.Dataset;
import dev.lanewise.data.DatasetFormat;
import dev.lanewise.data.DatasetPart;
import dev.lanewise.data.Mapping;
import dev.lanewise.data.Notices;
import dev.lanewise.data.ReadOptions;
import dev.lanewise.data.WantedFeatures;
import dev.lanewise.data.file.FileContent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * A folder with a folder of pictures for each class, whose names are those of the classes; or, of
 * no class, a folder of pictures or a single one. PNG, JPEG, BMP, GIF (the canvas with the first
 * frame) and lossless WebP.
 *
 * <p>Pictures become rows x columns x channels of pixels, upright, what is transparent white. They
 * are brought to the size of {@link WantedFeatures#shape()}; without one they must all have the
 * same.
 */
public final class PictureFormat implements DatasetFormat {

  private static final int SHOWN = 8;
  private static final String TWO = "a folder of pictures for each of two";
  private static final Predicate<String> PART =
      Pattern.compile(
              "(train|training|test|testing|val|valid|validation|dev|eval)\\d*([ _-]?(set|data|images))?",
              Pattern.CASE_INSENSITIVE)
          .asMatchPredicate();

  /** The format; it keeps nothing. */
  public PictureFormat() {}

  @Override
  public String name() {
    return "pictures";
  }

  @Override
  public boolean readsFolders() {
    return true;
  }

  @Override
  public boolean matches(Path file) {
    if (Files.isDirectory(file)) {
      return true;
    }
    byte[] start = FileContent.start(file, OtherKind.START_BYTES);
    return PictureKind.of(start).isPresent() || OtherKind.of(start).isPresent();
  }

  /**
   * {@inheritDoc}
   *
   * <p>A picture that cannot be read is left out where {@link Notices#skipped()} wants to be told
   * of it, and refused else; so are pictures that lie beside folders of classes. A class of which
   * nothing is left is refused.
   */
  @Override
  public Dataset read(Path path, ReadOptions options) {
    return reader(path, options).read(name());
  }

  @Override
  public void readInParts(Path path, ReadOptions options, Consumer<DatasetPart> listener) {
    PictureReader reader = reader(path, options);
    try (Dataset whole = reader.read(name())) {
      int most = DatasetPart.samplesAtOnce(whole.width());
      for (int from = 0, to; from < whole.samples(); from = to) {
        to = Math.min(whole.samples() - from, most) + from;
        listener.accept(
            new DatasetPart(
                whole.part(from, to), from, whole.samples(), reader.files().subList(from, to)));
      }
    }
  }

  private PictureReader reader(Path path, ReadOptions options) {
    String source = path.toString();
    if (options.mapping() == Mapping.ALWAYS) {
      throw new DataException(source, "the features cannot be mapped: they are pictures");
    }
    if (options.entries().features().isPresent() || options.entries().labels().isPresent()) {
      throw new DataException(
          source, "the classes are folders; --features and --labels are not for pictures");
    }
    PictureFolder folder =
        options.entries().classFromName() ? PictureFolder.byNames(path) : PictureFolder.at(path);
    if (folder.labels() == null && options.entries().labelsRequired()) {
      throw new DataException(source, withoutClasses(folder));
    }
    if (options.entries().labelsRequired() && folder.classNames().stream().allMatch(PART)) {
      throw new DataException(
          source,
          "its folders are "
              + String.join(" and ", folder.classNames())
              + ", which are parts of a data set and not classes; give one that has a folder of"
              + " pictures for each class, or pictures whose names tell it (--class-from-name)");
    }
    leaveOut(folder, options);
    // One folder among others is a class where classes are wanted, and else a place for pictures.
    boolean one = folder.classNames().size() < 2 && !options.entries().labelsRequired();
    return new PictureReader(one ? folder.unlabelled() : folder, options);
  }

  private static String withoutClasses(PictureFolder folder) {
    List<String> told =
        folder.files().stream()
            .flatMap(file -> ClassInName.of(file).stream())
            .distinct()
            .sorted()
            .limit(SHOWN)
            .toList();
    String names =
        told.size() < 2
            ? ""
            : "; where the names of its files tell the classes ("
                + String.join(", ", told)
                + "), say --class-from-name";
    return "has no folders of classes, expected " + TWO + names;
  }

  // A picture beside the folders of classes was meant to be in one of them. What is no picture, a
  // text about them, is nobody's sample.
  private void leaveOut(PictureFolder folder, ReadOptions options) {
    List<String> names =
        folder.beside().stream()
            .filter(this::matches)
            .map(file -> file.getFileName().toString())
            .toList();
    if (names.isEmpty()) {
      return;
    }
    int more = names.size() - SHOWN;
    String shown = String.join(", ", names.subList(0, Math.min(SHOWN, names.size())));
    String where =
        options.entries().classFromName()
            ? "has pictures whose names do not end with a number after a class: "
            : "has pictures beside its folders: ";
    String what = where + shown + (more > 0 ? " and " + more + " more" : "");
    if (options.notices().skipped().isEmpty()) {
      String expected =
          options.entries().classFromName()
              ? "names like cat.0"
              : "each in the folder of its class";
      throw new DataException(folder.source(), what + "; expected " + expected);
    }
    options
        .notices()
        .skipped()
        .get()
        .accept(String.format(Locale.ROOT, "%s: %s; left out", folder.source(), what));
  }
}
