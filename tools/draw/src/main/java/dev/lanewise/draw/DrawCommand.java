// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.draw;

import dev.lanewise.data.DataException;
import dev.lanewise.data.DrawnCats;
import dev.lanewise.data.FeatureShape;
import dev.lanewise.data.file.WholeFile;
import dev.lanewise.data.hdf5.Hdf5DatasetWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line: draws a training set and a test set and writes them as HDF5 files. */
@Command(
    name = "draw",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    description = {
      "Draws pictures of cats and of other things, 64 x 64 pixels with 3 channels.",
      "Writes OUT/drawn-cats-train.h5 and OUT/drawn-cats-test.h5 in the layout of the tutorial's files."
    },
    footer = {"%nExample:", "  tools/draw/run --train 5000 --test 1000 --seed 7 --out /tmp"})
public final class DrawCommand implements Callable<Integer> {

  private static final int BAD_FILE = 3;

  @Spec private CommandSpec spec;

  @Option(
      names = "--train",
      paramLabel = "N",
      defaultValue = "209",
      description = "The number of pictures to train on.")
  private int train;

  @Option(
      names = "--test",
      paramLabel = "N",
      defaultValue = "50",
      description = "The number of pictures to test on; 0 writes no test file.")
  private int test;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "The same seed draws the same pictures.")
  private long seed;

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      defaultValue = ".",
      description = "The folder to write to.")
  private Path folder;

  @Option(names = "--force", description = "Replace files that exist already.")
  private boolean force;

  /** The command with default values; picocli sets the options. */
  DrawCommand() {}

  /**
   * Draws and exits with 0, with 2 for a wrong command line, or with 3 for a file that cannot be
   * written.
   *
   * @param args the command line
   */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  /**
   * The command with its error handling: a file that cannot be written is one line and status 3.
   */
  static CommandLine commandLine() {
    return new CommandLine(new DrawCommand())
        .setExecutionExceptionHandler(
            (failure, command, parsed) -> {
              if (failure instanceof DataException) {
                command.getErr().println("draw: " + failure.getMessage());
                return BAD_FILE;
              }
              throw failure;
            });
  }

  @Override
  public Integer call() {
    check("--train", train, 1);
    check("--test", test, 0);
    Path trainFile = target(DrawnCats.TRAIN);
    Path testFile = test > 0 ? target(DrawnCats.TEST) : null;
    draw(train, Part.TRAIN, "train", trainFile);
    if (testFile != null) {
      draw(test, Part.TEST, "test", testFile);
    }
    return 0;
  }

  private void check(String option, int count, int least) {
    if (count < least || count > DrawnPictures.MAX_COUNT) {
      throw new ParameterException(
          spec.commandLine(),
          String.format(
              Locale.ROOT,
              "%s is from %d to %d, not %d",
              option,
              least,
              DrawnPictures.MAX_COUNT,
              count));
    }
  }

  private Path target(DrawnCats set) {
    Path file = folder.resolve(set.file());
    if (Files.exists(file) && !force) {
      throw new DataException(file.toString(), "exists already; --force replaces it");
    }
    WholeFile.checkTarget(file);
    return file;
  }

  private void draw(int count, Part part, String prefix, Path file) {
    DrawnPictures pictures = DrawnPictures.draw(count, seed, part);
    int[] labels = pictures.labels();
    Hdf5DatasetWriter.write(
        file,
        prefix,
        FeatureShape.of(PictureArtist.SIDE, PictureArtist.SIDE, PictureArtist.CHANNELS),
        pictures.pixels(),
        labels,
        DrawnPictures.classNames());
    spec.commandLine()
        .getOut()
        .printf(
            Locale.ROOT,
            "%s: %d pictures, %d of them cats%n",
            file,
            count,
            Arrays.stream(labels).sum());
  }
}
