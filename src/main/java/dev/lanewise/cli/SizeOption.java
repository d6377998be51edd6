package dev.lanewise.cli;

import dev.lanewise.data.FeatureShape;
import dev.lanewise.data.ReadOptions;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The option that brings pictures to one size. */
final class SizeOption {

  private static final Pattern SIZE = Pattern.compile("([0-9]{1,5})[xX]([0-9]{1,5})");
  private static final int MOST = 4096;
  private static final int COLOURS = 3;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--size",
      paramLabel = "WxH",
      description =
          "Bring pictures to this width and height (default: theirs, if all have the same).")
  private String size;

  ReadOptions apply(ReadOptions options) {
    return size == null ? options : options.shaped(shape());
  }

  private FeatureShape shape() {
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
        "--size is WxH, each from 1 to %d, for instance 64x64, not '%s'".formatted(MOST, size));
  }
}
