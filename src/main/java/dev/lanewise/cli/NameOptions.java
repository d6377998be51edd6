// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import dev.lanewise.data.ReadOptions;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that say what lies in a data file, and where. */
final class NameOptions {

  @Option(
      names = "--features",
      paramLabel = "NAME",
      description = "The features inside the file (default: train_set_x, test_set_x, X, ...).")
  private String features;

  @Option(
      names = "--labels",
      paramLabel = "NAME",
      description = {
        "The labels inside the file (default: train_set_y, test_set_y, y, ...); of IDX and NPY the",
        "file of the labels (default: the file of labels beside it, found by its name); of CSV the",
        "column, by name or by number from 0 (default: with a model that of its training, else label,",
        "target, class or y)."
      })
  private String labels;

  @Option(
      names = "--class-from-name",
      description = {
        "The class of a picture is the beginning of its file name, up to the number at the",
        "end: cat.0.jpg, cat_1.jpg and cat-2.jpg are of class cat (default: the class is the",
        "name of the folder)."
      })
  private boolean classFromName;

  @Mixin private LayoutMixin layout;

  ReadOptions labelled() {
    return apply(ReadOptions.labelled());
  }

  ReadOptions unlabelled() {
    return apply(ReadOptions.unlabelled());
  }

  private ReadOptions apply(ReadOptions options) {
    return layout.apply(options.named(features, labels).classesFromNames(classFromName));
  }

  /** Whether an option about the layout of text is given. */
  boolean layoutGiven() {
    return !unlabelled().text().given().isEmpty();
  }
}
