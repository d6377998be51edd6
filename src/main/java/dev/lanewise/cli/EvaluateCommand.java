// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import dev.lanewise.data.Dataset;
import dev.lanewise.data.Datasets;
import dev.lanewise.data.ReadOptions;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.metric.BinaryMetrics;
import dev.lanewise.model.BinaryEvaluation;
import dev.lanewise.model.Evaluation;
import dev.lanewise.model.Model;
import dev.lanewise.model.ModelFile;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code lanewise evaluate}. */
@Command(
    name = "evaluate",
    mixinStandardHelpOptions = true,
    description = {
      "Says how well a model does on labelled samples: accuracy, cost, confusion matrix. Of two",
      "classes also the area below the ROC curve, average precision, Brier score, log-loss, precision,",
      "recall, F1 and Matthews' correlation coefficient of class 1 at the threshold. Of more than",
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

  @Mixin private ThresholdOptions threshold;

  @Option(
      names = "--out",
      paramLabel = "OUT",
      description = "Write the model with the threshold here.")
  private Path out;

  @Mixin private NumbersOption numbers;

  @Mixin private StrictOption strict;

  @Mixin private MapOption map;

  @Mixin private KernelOptions kernel;

  @Mixin private JsonOption json;

  @Override
  public Integer call() {
    kernel.check();
    Model trained = model.read();
    threshold.check(trained.schema().classNames());
    if (out != null && !threshold.given()) {
      throw new ParameterException(
          spec.commandLine(), "--out needs --threshold or --choose-threshold");
    }
    ReadOptions options =
        ModelOption.samplesOf(
            trained,
            numbers.reading(strict.apply(labels.apply(names.labelled().mapped(map.choice())))));
    try (Dataset read = Datasets.read(file, options)) {
      Dataset data = positive.ask(read, trained);
      Kernels kernels = kernel.choose((double) data.width() * data.samples());
      if (trained.multiClass().isPresent()) {
        Evaluation evaluation = Overflow.checked(Evaluation.of(trained, data, kernels), data);
        tell(trained, data, evaluation, null, kernels);
        return ExitStatus.DONE;
      }
      Model used = threshold.apply(trained, chosen -> evaluated(chosen, data, kernels));
      BinaryEvaluation binary = evaluated(used, data, kernels);
      if (out != null) {
        ModelFile.write(used, out);
      }
      tell(used, data, binary.evaluation(), binary.metrics(), kernels);
    }
    return ExitStatus.DONE;
  }

  private static BinaryEvaluation evaluated(Model model, Dataset data, Kernels kernels) {
    BinaryEvaluation binary = BinaryEvaluation.of(model, data, kernels);
    Overflow.checked(binary.evaluation(), data);
    return binary;
  }

  private void tell(
      Model used, Dataset data, Evaluation evaluation, BinaryMetrics metrics, Kernels kernels) {
    PrintWriter printer = spec.commandLine().getOut();
    if (json.wanted()) {
      print(printer, used, data, evaluation, metrics, kernels);
    } else {
      say(printer, used, data, evaluation, metrics);
    }
  }

  private void print(
      PrintWriter printer,
      Model used,
      Dataset data,
      Evaluation evaluation,
      BinaryMetrics metrics,
      Kernels kernels) {
    Map<String, Object> object = JsonParts.ordered("model", model.file());
    object.put("weightsSha256", used.weightsSha256());
    object.put("data", JsonParts.data(data));
    object.put("kernel", kernels.name());
    object.put("lanes", kernels.lanes());
    object.putAll(JsonParts.evaluation(evaluation));
    List<String> names = used.schema().classNames();
    if (metrics == null) {
      object.putAll(JsonParts.manyClasses(evaluation, names, top.of(USUAL_TOP, names.size())));
    } else {
      object.put("threshold", used.threshold());
      object.putAll(JsonParts.metrics(metrics));
      object.put("out", out);
    }
    JsonObject.print(object, printer);
  }

  private void say(
      PrintWriter printer, Model used, Dataset data, Evaluation evaluation, BinaryMetrics metrics) {
    Text.line(printer, "Data      %s", Describe.data(data));
    Text.line(printer, "Accuracy  %s", Describe.accuracy(evaluation));
    List<String> names = used.schema().classNames();
    EvaluationText text = new EvaluationText(printer, names, evaluation);
    if (metrics == null) {
      text.ofMany(top.of(USUAL_TOP, names.size()));
    } else {
      text.ofTwo(metrics, used.threshold());
    }
    if (out != null) {
      Text.line(printer, "Model     %s", out);
    }
    printer.flush();
  }
}
