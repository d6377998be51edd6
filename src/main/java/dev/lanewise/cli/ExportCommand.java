// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import dev.lanewise.export.JsonExport;
import dev.lanewise.export.OnnxExport;
import dev.lanewise.model.Model;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code lanewise export}. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description = {
      "Writes a model for other programs, as ONNX or JSON; the ending of --out decides.",
      "ONNX includes the preprocessing: its input is the numbers of the data files, for instance pixels."
    },
    footer = {"%nExample:", "  lanewise export --model cats.h5 --out cats.onnx"})
final class ExportCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private ModelOption model;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "OUT",
      description = "The file to write: OUT.onnx or OUT.json.")
  private Path out;

  @Mixin private ForceOption force;

  @Override
  public Integer call() {
    BiConsumer<Model, Path> export = byEnding();
    force.check();
    Model trained = model.read();
    export.accept(trained, out);
    Text.line(
        spec.commandLine().getOut(),
        "%s: %s weights for samples of %s, classes %s",
        out,
        Describe.weights(trained),
        trained.schema().shape(),
        Describe.classes(trained.schema().classNames()));
    return ExitStatus.DONE;
  }

  private BiConsumer<Model, Path> byEnding() {
    String name = out.toString().toLowerCase(Locale.ROOT);
    if (name.endsWith(".onnx")) {
      return OnnxExport::write;
    }
    if (name.endsWith(".json")) {
      return JsonExport::write;
    }
    throw new ParameterException(
        spec.commandLine(), "--out ends in .onnx or .json, not '" + out + "'");
  }
}
