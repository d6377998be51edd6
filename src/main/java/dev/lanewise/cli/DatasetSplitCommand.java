// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import dev.lanewise.data.Dataset;
import dev.lanewise.data.ReadOptions;
import dev.lanewise.data.Split;
import dev.lanewise.data.hdf5.Hdf5DatasetWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lanewise dataset split}. */
@Command(
    name = "split",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    description = {
      "Splits a data set of any format at random into a training set and a test set.",
      "Both are HDF5 files, and each has the same fraction of every class."
    },
    footer = {
      "%nExample:",
      "  lanewise dataset split all.csv --share 0.25 --train a.h5 --test b.h5"
    })
final class DatasetSplitCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "Samples, or a folder of pictures.")
  private Path file;

  @Option(
      names = "--train",
      required = true,
      paramLabel = "OUT",
      description = "The samples to learn from.")
  private Path train;

  @Option(
      names = "--test",
      required = true,
      paramLabel = "OUT",
      description = "The samples to be tested on.")
  private Path test;

  @Option(
      names = "--share",
      paramLabel = "SHARE",
      defaultValue = "0.2",
      description = "Of the samples, how many are to be tested on: above 0 and below 1.")
  private double share;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "The same seed splits the same way.")
  private long seed;

  @Mixin private NameOptions names;

  @Mixin private LabelMixin labels;

  @Mixin private WeightsOption weights;

  @Mixin private PositiveOption positive;

  @Mixin private SizeOption size;

  @Mixin private StrictOption strict;

  @Mixin private ForceOption force;

  @Override
  public Integer call() {
    force.check();
    // What is split may be standardised later.
    ReadOptions asked =
        strict.applyToNumbers(labels.apply(weights.apply(names.labelled()))).exact();
    try (Dataset read = size.read(file, asked)) {
      Dataset data = positive.about(read).map(question -> question.ask(read)).orElse(read);
      Split split = split(data);
      Hdf5DatasetWriter.write(train, data, split.train());
      Hdf5DatasetWriter.write(test, data, split.test());
      Text.line(spec.commandLine().getOut(), "%s: %d samples", train, split.train().length);
      Text.line(spec.commandLine().getOut(), "%s: %d samples", test, split.test().length);
    }
    return ExitStatus.DONE;
  }

  private Split split(Dataset data) {
    try {
      return Split.stratified(data.labels(), share, seed);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }
}
