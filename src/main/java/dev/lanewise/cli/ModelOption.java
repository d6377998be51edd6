// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import dev.lanewise.data.ReadOptions;
import dev.lanewise.data.Schema;
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

  /**
   * Options for samples of a model's kind: what weighed its own samples is no feature of these, and
   * a table has its labels where that of training had them, unless --labels says otherwise.
   */
  static ReadOptions samplesOf(Model trained, ReadOptions options) {
    return options
        .like(trained.schema())
        .labelledBy(labelColumn(trained))
        .leavingOut(trained.provenance().data().weights());
  }

  // Of a model of another format --labels named an entry or a file.
  private static String labelColumn(Model trained) {
    Schema schema = trained.schema();
    boolean ofTable =
        schema.featureNames().isPresent()
            || schema.encoding().isPresent()
            || schema.numbering().filter(numbers -> !numbers.columns().isEmpty()).isPresent();
    return ofTable ? TrainingArguments.labelColumn(trained.provenance()).orElse(null) : null;
  }
}
