// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import dev.lanewise.data.Dataset;
import dev.lanewise.data.ReadOptions;
import dev.lanewise.data.Scaling;
import java.util.Optional;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Option;

/** The option that says what becomes of features before they are learned from. */
final class ScaleOption {

  private enum Scale {
    PIXELS,
    NONE,
    STANDARD
  }

  @Option(
      names = "--scale",
      paramLabel = "pixels|none|standard",
      description = {
        "pixels: numbers from 0 to 255, times 1/255. none: numbers as they are. Either holds for",
        "numbers of any type. (Default: pixels for unsigned bytes with the shape of pictures, none",
        "for tables and all other types.) standard: each feature to a mean of 0 and a deviation of 1",
        "over the samples learned from; the model does the same to all data it is used on. It is the",
        "default of train for a table without --solver."
      })
  private Scale scale;

  /** Whether features are standardised if the option is not given. */
  private boolean standardizedByDefault;

  boolean given() {
    return scale != null;
  }

  /** Standardises features unless the option says otherwise. */
  void standardizeByDefault() {
    standardizedByDefault = true;
  }

  private boolean isStandard() {
    return scale == Scale.STANDARD || scale == null && standardizedByDefault;
  }

  /** How to read data to learn from, and those to be tested on. */
  ReadOptions reading(ReadOptions options) {
    Optional<Scaling> told =
        scale == Scale.PIXELS
            ? Optional.of(Scaling.PIXELS)
            : scale == Scale.NONE ? Optional.of(Scaling.NONE) : Optional.empty();
    ReadOptions scaled = options.with(options.numbers().told(told));
    return isStandard() ? scaled.exact() : scaled;
  }

  /**
   * The data as it is to learn from them; close what is returned, and then the data.
   *
   * @param standardized makes a standardised copy, where one is asked for
   */
  ScaledData apply(Dataset data, UnaryOperator<Dataset> standardized) {
    return new ScaledData(data, isStandard() ? standardized.apply(data) : data);
  }
}
