package dev.lanewise.data.image;

import dev.lanewise.data.DataException;
import dev.lanewise.data.Dataset;
import dev.lanewise.data.DatasetFormat;
import dev.lanewise.data.Mapping;
import dev.lanewise.data.ReadOptions;
import dev.lanewise.data.file.FileContent;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A folder with a folder of pictures for each class, whose names are those of the classes; or, of
 * no class, a folder of pictures or a single one. PNG, JPEG, BMP, GIF (the first picture of
 * several) and WebP.
 *
 * <p>Pictures become rows x columns x channels of pixels, upright, what is transparent white. They
 * are brought to the size of {@link ReadOptions#shape()}; without one they must all have the same.
 */
public final class PictureFormat implements DatasetFormat {

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
    return Files.isDirectory(file)
        || PictureKind.of(FileContent.start(file, PictureKind.START_BYTES)).isPresent();
  }

  /**
   * {@inheritDoc}
   *
   * <p>A picture that cannot be read is left out where {@link ReadOptions#skipped()} wants to be
   * told of it, and refused else. A class of which nothing is left is refused.
   */
  @Override
  public Dataset read(Path path, ReadOptions options) {
    String source = path.toString();
    if (options.mapping() == Mapping.ALWAYS) {
      throw new DataException(source, "the features cannot be mapped: they are pictures");
    }
    if (options.features().isPresent() || options.labels().isPresent()) {
      throw new DataException(
          source, "the classes are folders; --features and --labels are not for pictures");
    }
    PictureFolder folder = PictureFolder.at(path);
    boolean few = folder.classNames().size() < 2;
    if (few && options.labelsRequired()) {
      String found =
          folder.labels() == null
              ? "has no folders of classes"
              : "has one class, '%s'".formatted(folder.classNames().getFirst());
      throw new DataException(source, found + ", expected a folder of pictures for each of two");
    }
    PictureFolder classes =
        few ? new PictureFolder(source, folder.files(), null, folder.classNames()) : folder;
    return new PictureReader(classes, options).read(name());
  }
}
