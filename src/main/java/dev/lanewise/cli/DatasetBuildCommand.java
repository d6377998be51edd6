// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import dev.lanewise.data.Dataset;
import dev.lanewise.data.ReadOptions;
import dev.lanewise.data.hdf5.Hdf5DatasetWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lanewise dataset build}. */
@Command(
    name = "build",
    mixinStandardHelpOptions = true,
    description = {
      "Turns a data set of any format, or a folder of pictures, into an HDF5 file.",
      "The numbers are the same: features X, labels y, the names of the classes, weights."
    },
    footer = {"%nExample:", "  lanewise dataset build pets --size 64x64 --out pets.h5"})
final class DatasetBuildCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "Samples, or a folder of pictures.")
  private Path file;

  @Option(names = "--out", required = true, paramLabel = "OUT", description = "The HDF5 file.")
  private Path out;

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
    ReadOptions asked = weights.wanted() ? names.labelled() : names.unlabelled();
    try (Dataset read =
        size.read(file, strict.applyToNumbers(labels.apply(weights.apply(asked))))) {
      Dataset data = positive.about(read).map(question -> question.ask(read)).orElse(read);
      Hdf5DatasetWriter.write(out, data, IntStream.range(0, data.samples()).toArray());
      Text.line(
          spec.commandLine().getOut(),
          "%s: %d samples of %s, %s",
          out,
          data.samples(),
          data.shape(),
          data.isLabelled() ? "classes " + Describe.classes(data) : "without labels");
    }
    return ExitStatus.DONE;
  }
}
