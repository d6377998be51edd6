// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Fashion-MNIST as it is published, which the project does not ship. */
public final class FashionMnist {

  private static final String PROPERTY = "fashion.mnist.dir";

  private FashionMnist() {}

  public static Path train() {
    return file("train-images-idx3-ubyte.gz");
  }

  public static Path test() {
    return file("t10k-images-idx3-ubyte.gz");
  }

  /** The training pictures as the property or Debian's dataset-fashion-mnist has them. */
  public static Path installed() {
    Path images =
        Path.of(
            System.getProperty(PROPERTY, "/usr/share/datasets/fashion-mnist"),
            "train-images-idx3-ubyte.gz");
    assumeTrue(Files.exists(images), "dataset-fashion-mnist is not installed: no " + images);
    return images;
  }

  private static Path file(String name) {
    String folder = System.getProperty(PROPERTY, "");
    assumeTrue(
        !folder.isEmpty(),
        "needs Fashion-MNIST: -D" + PROPERTY + "=FOLDER, see datasets/README.md");
    return Path.of(folder, name);
  }
}
