// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import dev.lanewise.data.ReadOptions;
import dev.lanewise.data.Scaling;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The option that says how the numbers of a file are taken by a model, where that is unclear. */
final class NumbersOption {

  private enum Numbers {
    PIXELS,
    NONE
  }

  @Option(
      names = "--scale",
      paramLabel = "pixels|none",
      description = {
        "How the numbers of the file are taken, where they are of another type than those that the",
        "model learned from. pixels: from 0 to 255, times 1/255. none: as they are. (Default: as the",
        "model took its own; numbers that may be meant otherwise are refused.)"
      })
  private Numbers numbers;

  /** How to read samples for a model. */
  ReadOptions reading(ReadOptions options) {
    Optional<Scaling> told =
        Optional.ofNullable(numbers)
            .map(choice -> choice == Numbers.PIXELS ? Scaling.PIXELS : Scaling.NONE);
    return options.with(options.numbers().told(told));
  }
}
