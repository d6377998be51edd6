// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import dev.lanewise.checkpoint.Checkpoint;
import dev.lanewise.checkpoint.CheckpointFile;
import dev.lanewise.data.DataDigest;
import dev.lanewise.data.Dataset;
import dev.lanewise.data.FeatureNames;
import dev.lanewise.data.Schema;
import dev.lanewise.export.CalibrationJson;
import dev.lanewise.export.EncodingJson;
import dev.lanewise.export.SummaryJson;
import dev.lanewise.matrix.DoubleMatrix;
import dev.lanewise.model.DataProvenance;
import dev.lanewise.model.Model;
import dev.lanewise.model.ModelFile;
import dev.lanewise.model.Predictions;
import dev.lanewise.model.Provenance;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lanewise info}. */
@Command(
    name = "info",
    mixinStandardHelpOptions = true,
    description = "Describes a file: a data set, a trained model, or the checkpoint of a run.",
    footer = {"%nExample:", "  lanewise info train_catvnoncat.h5"})
final class InfoCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "Samples, or a model.")
  private Path file;

  @Mixin private NameOptions names;

  @Mixin private TableMixin tables;

  @Mixin private LabelMixin labels;

  @Mixin private SizeOption size;

  @Mixin private StrictOption strict;

  @Mixin private MapOption map;

  @Mixin private JsonOption json;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    if (ModelFile.isModel(file)) {
      model(ModelFile.read(file), out);
    } else if (CheckpointFile.isCheckpoint(file)) {
      checkpoint(CheckpointFile.read(file), out);
    } else {
      try (Dataset exact = read()) {
        data(exact, out);
      }
    }
    out.flush();
    return ExitStatus.DONE;
  }

  private Dataset read() {
    return size.read(
        file,
        strict.apply(labels.apply(tables.apply(names.unlabelled()).mapped(map.choice()))).exact());
  }

  // As they are trained on: standardised from float64, or else rounded.
  private void data(Dataset exact, PrintWriter out) {
    if (!(exact.features() instanceof DoubleMatrix)) {
      data(exact, null, out);
      return;
    }
    try (Dataset rounded = exact.rounded()) {
      boolean same = exact.sha256().equals(rounded.sha256());
      data(rounded, same ? null : exact, out);
    }
  }

  private void data(Dataset data, Dataset exact, PrintWriter out) {
    String digest = data.sha256();
    String chain = data.sha256(DataDigest.CHAIN);
    String exactDigest = exact == null ? null : exact.sha256();
    String exactChain = exact == null ? null : exact.sha256(DataDigest.CHAIN);
    if (json.wanted()) {
      Map<String, Object> object = JsonParts.ordered("kind", "dataset");
      object.putAll(JsonParts.data(data));
      object.put("format", data.origin().format());
      object.put("shape", data.shape().dimensions());
      object.put("featuresName", data.origin().features());
      object.put("featureNames", data.featureNames().map(FeatureNames::list).orElse(null));
      object.put("labelsName", data.origin().labels());
      object.put("classNames", data.classNames());
      object.put("classCounts", counts(data));
      object.put("scaling", data.scaling().id());
      object.put("columns", data.columns().isEmpty() ? null : ColumnsFile.json(data.columns()));
      object.put("sha256", digest);
      object.put("sha256Float64", exactDigest);
      object.put("sha256Chain", chain);
      object.put("sha256Float64Chain", exactChain);
      JsonObject.print(object, out);
      return;
    }
    Text.line(out, "Data set   %s", Describe.data(data));
    Text.line(out, "Format     %s", data.origin().format());
    Text.line(out, "Features   %s", data.origin().features());
    Text.line(out, "           %d a sample, %s", data.width(), Describe.scaling(data.schema()));
    names(data.schema(), out);
    Text.line(
        out, "Storage    %s, %d bytes", data.features().storage(), data.features().byteSize());
    Text.line(out, "Labels     %s", data.isLabelled() ? data.origin().labels() : "none");
    Text.line(out, "Classes    %s", Describe.classes(data));
    if (!data.columns().isEmpty()) {
      ColumnTable.print(out, data.columns());
    }
    Text.line(out, "SHA-256    %s (of features and labels)", digest);
    if (exactDigest != null) {
      Text.line(
          out, "           %s (in float64, as --scale standard learns from them)", exactDigest);
    }
    Text.line(out, "           %s (as one chain, in older files)", chain);
    if (exactChain != null) {
      Text.line(out, "           %s (as one chain, in float64)", exactChain);
    }
  }

  private static void names(Schema schema, PrintWriter out) {
    schema
        .featureNames()
        .ifPresent(names -> Text.line(out, "           %s", Describe.names(names)));
    schema
        .numbering()
        .ifPresent(numbers -> Text.line(out, "           %s", Describe.numbers(numbers)));
  }

  private static List<Integer> counts(Dataset data) {
    return data.isLabelled() ? Arrays.stream(data.counts()).boxed().toList() : null;
  }

  private void checkpoint(Checkpoint checkpoint, PrintWriter out) {
    Checkpoint.Data data = checkpoint.data();
    if (json.wanted()) {
      JsonObject.print(
          JsonParts.ordered(
              "kind", "checkpoint",
              "file", file,
              "engine", checkpoint.engine(),
              "completed", checkpoint.completed(),
              "options", checkpoint.options(),
              "data",
                  JsonParts.ordered(
                      "source", data.source(),
                      "digest", data.digest().id(),
                      "sha256", data.sha256(),
                      "standardizationSha256",
                          data.standardization().isEmpty() ? null : data.standardization(),
                      "samples", data.samples(),
                      "features", data.features(),
                      "classNames", data.classNames()),
              "lanewise", checkpoint.writer().lanewise(),
              "writtenAt", checkpoint.writer().time()),
          out);
      return;
    }
    Text.line(
        out,
        "Checkpoint %s: %d iterations are complete, engine %s",
        file,
        checkpoint.completed(),
        checkpoint.engine());
    Text.line(out, "Options    %s", checkpoint.options());
    Text.line(
        out, "Data       %s: %d samples of %d", data.source(), data.samples(), data.features());
    Text.line(out, "           data SHA-256 %s (%s)", data.sha256(), data.digest().id());
    if (!data.standardization().isEmpty()) {
      Text.line(out, "           standardised, SHA-256 %s", data.standardization());
    }
    Text.line(
        out,
        "Written    %s by lanewise %s",
        checkpoint.writer().time(),
        checkpoint.writer().lanewise());
  }

  private void model(Model model, PrintWriter out) {
    Provenance provenance = model.provenance();
    DataProvenance trainedOn = provenance.data();
    if (json.wanted()) {
      JsonObject.print(
          JsonParts.ordered(
              "kind", "model",
              "file", file,
              "features", model.schema().shape().size(),
              "shape", model.schema().shape().dimensions(),
              "featureNames", model.schema().featureNames().map(FeatureNames::list).orElse(null),
              "columns", model.schema().encoding().map(EncodingJson::maps).orElse(null),
              "terms", model.schema().encoding().map(EncodingJson::terms).orElse(null),
              "classNames", model.schema().classNames(),
              "question", JsonParts.question(model.schema()),
              "multiClass", JsonParts.multiClass(model),
              "scaling", model.schema().scaling().id(),
              "standardized", model.schema().standardization().isPresent(),
              "hidden", JsonParts.hidden(model),
              "threshold", model.multiClass().isEmpty() ? model.threshold() : null,
              "calibration", model.calibration().map(CalibrationJson::map).orElse(null),
              "bias", JsonParts.bias(model),
              "weightsNorm", model.weightsNorm(),
              "weightsSha256", model.weightsSha256(),
              "strongest", StrongestWeights.json(model),
              "summary", model.summary().map(SummaryJson::map).orElse(null),
              "provenance", JsonParts.provenance(provenance)),
          out);
      return;
    }
    Text.line(
        out,
        "Model      %s: %s weights for samples of %s",
        file,
        Describe.weights(model),
        model.schema().shape());
    Text.line(out, "Features   %s", Describe.scaling(model.schema()));
    names(model.schema(), out);
    model.schema().encoding().ifPresent(encoding -> EncodingText.print(out, encoding));
    Text.line(out, "Classes    %s", Describe.classes(model.schema().classNames()));
    model.multiClass().ifPresent(way -> Text.line(out, "Neurons    one a class, %s", way.id()));
    model.schema().question().ifPresent(question -> Text.line(out, "Question   %s", question));
    if (model.isLinear()) {
      if (model.multiClass().isEmpty() && model.threshold() != Predictions.THRESHOLD) {
        Text.line(
            out,
            "Threshold  %s: above it the class is %s",
            model.threshold(),
            model.schema().classNames().get(1));
      }
      Text.line(out, "Bias       %s", Describe.biases(model));
    } else {
      Text.line(
          out,
          "Hidden     %s with %s, %d parameters in all",
          Describe.hiddenUnits(model),
          model.activation().orElseThrow().id(),
          model.parameterCount());
    }
    model
        .calibration()
        .ifPresent(
            calibration -> Text.line(out, "Calibrated %s", Describe.calibration(calibration)));
    Text.line(out, "Norm       %s", Text.number(model.weightsNorm(), 7));
    StrongestWeights.say(out, model);
    model.summary().ifPresent(summary -> SummaryText.print(out, summary));
    Text.line(out, "SHA-256    %s (of weights and bias)", model.weightsSha256());
    Text.line(
        out,
        "Trained    %s by lanewise %s, engine %s, %s",
        provenance.trainedAt(),
        provenance.lanewise(),
        provenance.engine(),
        Describe.kernel(provenance.kernel(), provenance.lanes(), provenance.threads()));
    Text.line(out, "           options %s", provenance.options());
    if (!provenance.arguments().isEmpty()) {
      Text.line(out, "           arguments %s", String.join(" ", provenance.arguments()));
    }
    Text.line(
        out,
        "           on %s: %d samples of %d features",
        trainedOn.source(),
        trainedOn.samples(),
        trainedOn.features());
    if (!trainedOn.weights().isEmpty()) {
      Text.line(out, "           weighed by '%s'", trainedOn.weights());
    }
    Text.line(out, "           data SHA-256 %s (%s)", trainedOn.sha256(), trainedOn.digest().id());
    Text.line(
        out, "Machine    %s; %s; %s", provenance.cpu(), provenance.system(), provenance.java());
  }
}
