// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import dev.lanewise.data.ReadOptions;
import picocli.CommandLine.Option;

/** The weights of samples, for what makes files of them. */
final class WeightsOption {

  @Option(
      names = "--weights",
      paramLabel = "NAME",
      description = {
        "What each sample is to count in training: a data set inside the file, of CSV a column,"
            + " which",
        "is then no feature. It becomes 'weights'."
      })
  private String name;

  /** Weights are for samples to learn from: these have labels. */
  boolean wanted() {
    return name != null;
  }

  ReadOptions apply(ReadOptions options) {
    return options.weighted(name);
  }
}
