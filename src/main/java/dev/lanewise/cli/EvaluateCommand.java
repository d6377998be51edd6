// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import dev.lanewise.data.Dataset;
import dev.lanewise.data.Datasets;
import dev.lanewise.data.ReadOptions;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.model.Evaluation;
import dev.lanewise.model.Model;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lanewise evaluate}. */
@Command(
    name = "evaluate",
    mixinStandardHelpOptions = true,
    description = {
      "Says how well a model does on labelled samples: accuracy, cost, confusion matrix. Of more"
          + " than",
      "two classes also macro F1, precision and recall of each, and how often the right class is"
          + " among",
      "the K most probable (--top, default: 3)."
    },
    footer = {"%nExample:", "  lanewise evaluate --model cats.h5 --data test_catvnoncat.h5"})
final class EvaluateCommand implements Callable<Integer> {

  private static final int USUAL_TOP = 3;

  @Spec private CommandSpec spec;

  @Mixin private ModelOption model;

  @Option(
      names = "--data",
      required = true,
      paramLabel = "FILE",
      description = "Labelled samples of the model's kind.")
  private Path file;

  @Mixin private NameOptions names;

  @Mixin private LabelMixin labels;

  @Mixin private PositiveOption positive;

  @Mixin private TopOption top;

  @Mixin private NumbersOption numbers;

  @Mixin private StrictOption strict;

  @Mixin private MapOption map;

  @Mixin private KernelOptions kernel;

  @Mixin private JsonOption json;

  @Override
  public Integer call() {
    kernel.check();
    Model trained = model.read();
    ReadOptions options =
        ModelOption.samplesOf(
            trained,
            numbers.reading(strict.apply(labels.apply(names.labelled().mapped(map.choice())))));
    try (Dataset read = Datasets.read(file, options)) {
      Dataset data = positive.ask(read, trained);
      Kernels kernels = kernel.choose((double) data.width() * data.samples());
      Evaluation evaluation = Overflow.checked(Evaluation.of(trained, data, kernels), data);
      PrintWriter out = spec.commandLine().getOut();
      if (json.wanted()) {
        print(out, trained, data, evaluation, kernels);
      } else {
        say(out, trained, data, evaluation);
      }
    }
    return ExitStatus.DONE;
  }

  private void print(
      PrintWriter out, Model trained, Dataset data, Evaluation evaluation, Kernels kernels) {
    Map<String, Object> object = JsonParts.ordered("model", model.file());
    object.put("weightsSha256", trained.weightsSha256());
    object.put("data", JsonParts.data(data));
    object.put("kernel", kernels.name());
    object.put("lanes", kernels.lanes());
    object.putAll(JsonParts.evaluation(evaluation));
    List<String> names = trained.schema().classNames();
    if (names.size() > 2) {
      object.putAll(JsonParts.manyClasses(evaluation, names, top.of(USUAL_TOP, names.size())));
    }
    JsonObject.print(object, out);
  }

  private void say(PrintWriter out, Model trained, Dataset data, Evaluation evaluation) {
    Text.line(out, "Data      %s", Describe.data(data));
    Text.line(out, "Accuracy  %s", Describe.accuracy(evaluation));
    List<String> names = trained.schema().classNames();
    if (names.size() == 2) {
      new EvaluationText(out, names, evaluation).ofTwo();
    } else {
      new EvaluationText(out, names, evaluation).ofMany(top.of(USUAL_TOP, names.size()));
    }
    out.flush();
  }
}
