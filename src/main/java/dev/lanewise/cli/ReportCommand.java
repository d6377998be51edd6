// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import dev.lanewise.data.Dataset;
import dev.lanewise.data.Datasets;
import dev.lanewise.data.ReadOptions;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.model.Evaluation;
import dev.lanewise.model.Model;
import dev.lanewise.report.Report;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lanewise report}. */
@Command(
    name = "report",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    description = {
      "Shows how well a model does on labelled samples, as a page: one HTML file that needs no",
      "network. train --report shows the training, too."
    },
    footer = {
      "%nExample:",
      "  lanewise report --model cats.h5 --data test_catvnoncat.h5 --out cats.html"
    })
final class ReportCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private ModelOption model;

  @Option(
      names = "--data",
      required = true,
      paramLabel = "FILE",
      description = "Labelled samples of the model's kind.")
  private Path file;

  @Option(
      names = "--out",
      defaultValue = "report.html",
      paramLabel = "OUT",
      description = "The page.")
  private Path out;

  @Mixin private NameOptions names;

  @Mixin private LabelMixin labels;

  @Mixin private PositiveOption positive;

  @Mixin private NumbersOption numbers;

  @Mixin private StrictOption strict;

  @Mixin private MapOption map;

  @Mixin private KernelOptions kernel;

  @Mixin private ForceOption force;

  @Mixin private JsonOption json;

  @Override
  public Integer call() {
    kernel.check();
    force.check();
    Model trained = model.read();
    ReadOptions options =
        ModelOption.samplesOf(
            trained,
            numbers.reading(strict.apply(labels.apply(names.labelled().mapped(map.choice())))));
    try (Dataset read = Datasets.read(file, options)) {
      Dataset data = positive.ask(read, trained);
      Kernels kernels = kernel.choose(2.0 * data.width() * data.samples());
      Evaluation evaluation = Evaluation.of(trained, data, kernels);
      Report.of(trained).with("Test", data, evaluation).write(out, kernels);
      say(trained, data, evaluation);
    }
    return ExitStatus.DONE;
  }

  private void say(Model trained, Dataset data, Evaluation evaluation) {
    PrintWriter printed = spec.commandLine().getOut();
    if (json.wanted()) {
      Map<String, Object> object = JsonParts.ordered("model", model.file());
      object.put("weightsSha256", trained.weightsSha256());
      object.put("data", JsonParts.data(data));
      object.putAll(JsonParts.evaluation(evaluation));
      object.put("report", out);
      JsonObject.print(object, printed);
    } else {
      Text.line(printed, "Data      %s", Describe.data(data));
      Text.line(
          printed, "Accuracy  %s", Describe.accuracy(evaluation, trained.schema().classNames()));
      Text.line(printed, "Report    %s", out);
      printed.flush();
    }
  }
}
