// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.idx;

import dev.lanewise.data.DataException;
import dev.lanewise.data.Dataset;
import dev.lanewise.data.DatasetFormat;
import dev.lanewise.data.EntryOptions;
import dev.lanewise.data.LabelRules;
import dev.lanewise.data.Labels;
import dev.lanewise.data.Origin;
import dev.lanewise.data.ReadOptions;
import dev.lanewise.data.Schema;
import dev.lanewise.data.array.ArraySource;
import dev.lanewise.data.array.LabelFile;
import dev.lanewise.data.array.NumberArray;
import dev.lanewise.data.file.FileContent;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * IDX, the format of MNIST and Fashion-MNIST, gzipped or not.
 *
 * <p>The file that is read is that of the images: two dimensions or more, samples first. Bytes
 * without a sign stay bytes and are pixels ({@link dev.lanewise.data.Scaling#ofBytes}); all other
 * numbers become float32. The labels are class numbers in a file of their own: the one that {@link
 * EntryOptions#labels()} names, else the one beside the images that is called as they are with
 * {@code labels} for {@code images}.
 */
public final class IdxFormat implements DatasetFormat {

  private static final String GZIP = ".gz";

  /** The format; it keeps nothing. */
  public IdxFormat() {}

  @Override
  public String name() {
    return "IDX";
  }

  @Override
  public boolean matches(Path file) {
    return IdxFile.isIdx(FileContent.start(file, IdxFile.magicBytes()));
  }

  /**
   * {@inheritDoc}
   *
   * <p>It refuses files that are shorter or longer than their header says, labels of another count
   * than the images, labels that are no whole numbers, and numbers that are not finite in float32.
   */
  @Override
  public Dataset read(Path path, ReadOptions options) {
    String source = path.toString();
    try (IdxFile images = IdxFile.open(path)) {
      NumberArray array = images.array();
      if (array.dimensions().size() == 1) {
        throw new DataException(
            source,
            String.format(
                Locale.ROOT, "holds %s and no images, expected the file of the images", array));
      }
      array.checkFeatures();
      Optional<Path> labelFile = LabelFile.find(path, labelNames(path), options);
      Optional<Labels> labels =
          labelFile.flatMap(file -> labels(file, array.samples(), options.labelRules()));
      return new ArraySource(path, images.content(), array, images.offset(), ArraySource.Order.C)
          .read(
              options,
              labels.map(Labels::numbers).orElse(null),
              labels.map(Labels::classNames).orElse(Schema.UNNAMED),
              new Origin(
                  source, name(), array.toString(), labelFile.map(Path::toString).orElse("")));
    }
  }

  // The one that is compressed as the images are comes first, should there be both.
  private static List<String> labelNames(Path images) {
    String name = images.getFileName().toString();
    if (!name.contains("images")) {
      return List.of();
    }
    String labels = name.replace("images", "labels").replaceFirst("idx[0-9]", "idx1");
    String plain = labels.endsWith(GZIP) ? labels.substring(0, labels.length() - 3) : labels;
    return List.of(labels, labels.equals(plain) ? plain + GZIP : plain);
  }

  private static Optional<Labels> labels(Path path, int samples, LabelRules rules) {
    try (IdxFile file = IdxFile.open(path)) {
      NumberArray array = file.array();
      array.checkLabels(samples);
      Optional<Labels> labels = array.readLabels(file.content(), samples, rules, List.of());
      file.content().expectEnd(array.toString());
      return labels;
    }
  }
}
