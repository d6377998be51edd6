package dev.lanewise.cli;

import dev.lanewise.data.DrawnCats;
import dev.lanewise.data.FeatureShape;
import dev.lanewise.data.drawn.DrawnPictures;
import dev.lanewise.data.drawn.Part;
import dev.lanewise.data.drawn.PictureArtist;
import dev.lanewise.data.hdf5.Hdf5DatasetWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code lanewise dataset draw}. */
@Command(
    name = "draw",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    description = {
      "Draws pictures of cats and of other things, 64 x 64 pixels of 3 channels.",
      "They go to OUT/drawn-cats-train.h5 and OUT/drawn-cats-test.h5, laid out as the tutorial's."
    },
    footer = {"%nExample:", "  lanewise dataset draw --train 5000 --test 1000 --seed 7 --out /tmp"})
final class DatasetDrawCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(
      names = "--train",
      paramLabel = "N",
      defaultValue = "209",
      description = "Pictures to learn from.")
  private int train;

  @Option(
      names = "--test",
      paramLabel = "N",
      defaultValue = "50",
      description = "Pictures to be tested on; 0 for no file.")
  private int test;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "The same seed draws the same pictures.")
  private long seed;

  @Option(names = "--out", paramLabel = "FOLDER", defaultValue = ".", description = "Where to.")
  private Path folder;

  @Mixin private ForceOption force;

  @Override
  public Integer call() {
    check("--train", train, 1);
    check("--test", test, 0);
    Path trainFile = folder.resolve(DrawnCats.TRAIN.file());
    Path testFile = folder.resolve(DrawnCats.TEST.file());
    force.check(trainFile);
    if (test > 0) {
      force.check(testFile);
    }
    draw(train, Part.TRAIN, "train", trainFile);
    if (test > 0) {
      draw(test, Part.TEST, "test", testFile);
    }
    return ExitStatus.DONE;
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
    int cats = (int) java.util.Arrays.stream(labels).filter(label -> label == 1).count();
    Text.line(spec.commandLine().getOut(), "%s: %d pictures, %d of them cats", file, count, cats);
  }
}
