// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import dev.lanewise.data.ReadOptions;
import dev.lanewise.model.Model;
import dev.lanewise.model.ModelFile;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option that names a trained model. */
final class ModelOption {

  @Option(
      names = "--model",
      required = true,
      paramLabel = "M",
      description = "A model that train wrote.")
  private Path file;

  Path file() {
    return file;
  }

  Model read() {
    return ModelFile.read(file);
  }

  /** Options for samples of a model's kind: what weighed its own samples is no feature of these. */
  static ReadOptions samplesOf(Model trained, ReadOptions options) {
    return options.like(trained.schema()).leavingOut(trained.provenance().data().weights());
  }
}
