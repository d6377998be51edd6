// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import dev.lanewise.data.DataException;
import dev.lanewise.data.Dataset;
import dev.lanewise.data.Datasets;
import dev.lanewise.data.FeatureShape;
import dev.lanewise.data.ReadOptions;
import dev.lanewise.data.SampleFile;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The option that says what samples are to be where their file leaves it open. */
final class SizeOption {

  private static final Pattern SIZE = Pattern.compile("([0-9]{1,5})[xX]([0-9]{1,5})");
  private static final int MOST = 4096;
  private static final int COLOURS = 3;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--size",
      paramLabel = "WxH|N",
      description = {
        "Bring pictures to this width and height (default: theirs, if all have the same). N: the number",
        "of features of LIBSVM's text (default: the highest index in it)."
      })
  private String size;

  /** Whether there is something to be read that the option could be about. */
  boolean given() {
    return size != null;
  }

  /**
   * Reads data of the size that is asked for; the caller closes them.
   *
   * @throws DataException as {@link Datasets#read}, or if the file has samples of a size of its own
   */
  Dataset read(Path file, ReadOptions options) {
    try (SampleFile opened = SampleFile.open(file)) {
      return read(opened, options);
    }
  }

  /** The same of a file that is open. */
  Dataset read(SampleFile file, ReadOptions options) {
    if (size == null) {
      return file.read(options);
    }
    FeatureShape wanted = shape();
    Dataset data = file.read(options.shaped(wanted));
    if (data.shape().equals(wanted)) {
      return data;
    }
    data.close();
    throw new DataException(
        data.origin().source(),
        String.format(
            Locale.ROOT,
            "is %s with samples of %s, which --size %s is not for: WxH is for pictures, N for LIBSVM",
            data.origin().format(),
            data.shape(),
            size));
  }

  private FeatureShape shape() {
    if (size.matches("[1-9][0-9]{0,7}")) {
      return FeatureShape.of(Integer.parseInt(size));
    }
    Matcher parts = SIZE.matcher(size);
    if (parts.matches()) {
      int width = Integer.parseInt(parts.group(1));
      int height = Integer.parseInt(parts.group(2));
      if (width >= 1 && height >= 1 && width <= MOST && height <= MOST) {
        return FeatureShape.of(height, width, COLOURS);
      }
    }
    throw new ParameterException(
        command.commandLine(),
        String.format(
            Locale.ROOT,
            "--size is WxH, each from 1 to %d, for instance 64x64, or a number of features up to 99999999, not '%s'",
            MOST,
            size));
  }
}
