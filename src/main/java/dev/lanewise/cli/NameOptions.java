package dev.lanewise.cli;

import dev.lanewise.data.ReadOptions;
import picocli.CommandLine.Option;

/** The options that name what lies in a data file. */
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
        "column (default: label, target, class or y)."
      })
  private String labels;

  ReadOptions labelled() {
    return ReadOptions.labelled().named(features, labels);
  }

  ReadOptions unlabelled() {
    return ReadOptions.unlabelled().named(features, labels);
  }
}
