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
        "file of the labels (default: the one beside it that is called as labels are); of CSV the",
        "column, by name or by number from 0 (default: label, target, class or y)."
      })
  private String labels;

  @Mixin private LayoutMixin layout;

  ReadOptions labelled() {
    return layout.apply(ReadOptions.labelled().named(features, labels));
  }

  ReadOptions unlabelled() {
    return layout.apply(ReadOptions.unlabelled().named(features, labels));
  }

  /** Whether something is said of the layout of text. */
  boolean layoutGiven() {
    return !unlabelled().text().given().isEmpty();
  }
}
