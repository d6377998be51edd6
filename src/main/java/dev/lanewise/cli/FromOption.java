// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import dev.lanewise.data.Dataset;
import dev.lanewise.data.ReadOptions;
import dev.lanewise.data.WantedFeatures;
import dev.lanewise.model.Model;
import dev.lanewise.model.ModelFile;
import dev.lanewise.train.WarmStart;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The model to start from. */
final class FromOption {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--from",
      paramLabel = "M",
      description = {
        "Start from a model that train wrote, in the place of --init. gd and sgd go on from there;",
        "newton and lbfgs come to the same optimum, sooner where the model is near. Without --scale",
        "features are standardised if those of the model are, and by its means and deviations."
      })
  private Path file;

  private Model model;

  /** Reads the model, before any data are read. */
  void read() {
    if (file == null) {
      return;
    }
    if (spec.commandLine().getParseResult().hasMatchedOption("--init")) {
      throw new ParameterException(
          spec.commandLine(), "--init and --from are two starts, and there is one");
    }
    model = ModelFile.read(file);
  }

  /**
   * Options for the samples to learn from: their features are to be those of the model, scaled like
   * them.
   */
  ReadOptions samplesFor(ReadOptions options) {
    return model == null
        ? options
        : options
            .wanting(
                new WantedFeatures(
                    options.wanted().shape(),
                    model.schema().featureNames(),
                    model.schema().numbering(),
                    model.schema().encoding()))
            .with(options.numbers().like(model.schema()));
  }

  /** Whether the model to start from has standardised features. */
  boolean isStandardized() {
    return model != null && model.schema().standardization().isPresent();
  }

  /** A copy of data that is standardised as those of the model are. */
  Dataset standardized(Dataset raw) {
    return raw.standardized(model.schema().standardization().orElseThrow());
  }

  /**
   * Data in the classes that are learned.
   *
   * @throws dev.lanewise.data.DataException as {@link WarmStart#prepare}
   */
  Dataset inClasses(Dataset data) {
    return (model == null ? WarmStart.NONE : WarmStart.from(model)).prepare(data);
  }

  /**
   * The start.
   *
   * @param train what is learned from
   * @throws dev.lanewise.data.DataException if the model is one of other samples
   */
  WarmStart warmStart(Dataset train) {
    if (model == null) {
      return WarmStart.NONE;
    }
    model.schema().require(train, "the model " + file);
    return WarmStart.from(model);
  }
}
