package dev.lanewise.cli;

import dev.lanewise.data.DataException;
import dev.lanewise.data.Dataset;
import dev.lanewise.data.Scaling;
import java.util.Locale;
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
        "pixels: unsigned bytes times 1/255. none: numbers as they are. (Default: what the data are;",
        "the other is refused.) standard: after that, each feature to a mean of 0 and a deviation of",
        "1 over the training data; the model keeps how, and does it again to all it is used on."
      })
  private Scale scale;

  /**
   * The data as it is to learn from them; close what is returned, and then the data.
   *
   * @throws DataException if they are not what the option says
   */
  ScaledData apply(Dataset data) {
    if (scale == null) {
      return new ScaledData(data, data);
    }
    if (scale == Scale.STANDARD) {
      return new ScaledData(data, data.standardized());
    }
    boolean pixels = data.scaling() == Scaling.PIXELS;
    if (pixels != (scale == Scale.PIXELS)) {
      throw new DataException(
          data.origin().source(),
          String.format(
              Locale.ROOT,
              "has %s, which --scale %s is not for",
              pixels ? "unsigned bytes" : "numbers that are no unsigned bytes",
              pixels ? "none" : "pixels"));
    }
    return new ScaledData(data, data);
  }
}
