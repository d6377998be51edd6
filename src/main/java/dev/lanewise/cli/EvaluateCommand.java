// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import dev.lanewise.data.Dataset;
import dev.lanewise.data.Datasets;
import dev.lanewise.data.ReadOptions;
import dev.lanewise.export.CalibrationJson;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.metric.BinaryMetrics;
import dev.lanewise.metric.Bootstrap;
import dev.lanewise.model.BinaryEvaluation;
import dev.lanewise.model.Evaluation;
import dev.lanewise.model.Importance;
import dev.lanewise.model.Model;
import dev.lanewise.model.ModelFile;
import dev.lanewise.model.MultiClass;
import dev.lanewise.select.HeldOutScores;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
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

  @Mixin private CalibrationOption calibrate;

  @Mixin private ThresholdOptions threshold;

  @Option(
      names = "--bootstrap",
      paramLabel = "N",
      description =
          "95-percent intervals of the metrics of two classes, by N draws of the samples.")
  private Integer draws;

  @Option(
      names = "--importance",
      paramLabel = "N",
      description = {
        "Shuffle each column N times, and tell by how much the log-loss grows and the accuracy falls."
      })
  private Integer shuffles;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description = "The seed of --bootstrap and --importance.")
  private long seed;

  @Option(
      names = "--out",
      paramLabel = "OUT",
      description = "Write the model with the calibration and the threshold here.")
  private Path out;

  @Mixin private ForceOption force;

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
    calibrate.check(
        trained.schema().classNames().size(),
        trained.multiClass().filter(way -> way == MultiClass.OVR).isEmpty());
    checkDraws(trained);
    if (out != null && !threshold.given() && !calibrate.given()) {
      throw new ParameterException(
          spec.commandLine(), "--out needs --calibrate, --threshold or --choose-threshold");
    }
    if (out != null) {
      ModelFile.checkTarget(out);
    }
    force.check();
    ReadOptions options =
        ModelOption.samplesOf(
            trained,
            numbers.reading(strict.apply(labels.apply(names.labelled().mapped(map.choice())))));
    try (Dataset read = Datasets.read(file, options)) {
      Dataset data = positive.ask(read, trained);
      Kernels kernels = kernel.choose((double) data.width() * data.samples());
      Model used = chosen(trained, data, kernels);
      if (used.multiClass().isPresent()) {
        Evaluation evaluation = Overflow.checked(Evaluation.of(used, data, kernels), data);
        write(used);
        tell(used, data, evaluation, null, Map.of(), kernels);
        return ExitStatus.DONE;
      }
      BinaryEvaluation binary = evaluated(used, data, kernels);
      write(used);
      Map<String, Bootstrap.Interval> intervals =
          draws == null ? Map.of() : binary.intervals(draws, seed);
      tell(used, data, binary.evaluation(), binary.metrics(), intervals, kernels);
    }
    return ExitStatus.DONE;
  }

  private void checkDraws(Model trained) {
    refuse(draws != null && trained.multiClass().isPresent(), "--bootstrap is for two classes");
    refuse(
        draws != null && (draws < 2 || draws > Bootstrap.MOST),
        "--bootstrap has from 2 to " + Bootstrap.MOST + " draws, not " + draws);
    refuse(
        shuffles != null && shuffles < 1,
        "--importance shuffles each column at least once, not " + shuffles + " times");
  }

  private void refuse(boolean wrong, String message) {
    if (wrong) {
      throw new ParameterException(spec.commandLine(), message);
    }
  }

  private void write(Model used) {
    if (out != null) {
      ModelFile.write(used, out);
    }
  }

  /** The model with what is to be chosen on these samples. */
  private Model chosen(Model trained, Dataset data, Kernels kernels) {
    Supplier<HeldOutScores> scores = () -> HeldOutScores.of(trained, data, kernels);
    Model used = trained.withCalibration(calibrate.of(trained, scores));
    return threshold.given()
        ? used.withThreshold(threshold.of(used, scores, used.calibration()))
        : used;
  }

  private static BinaryEvaluation evaluated(Model model, Dataset data, Kernels kernels) {
    BinaryEvaluation binary = BinaryEvaluation.of(model, data, kernels);
    Overflow.checked(binary.evaluation(), data);
    return binary;
  }

  private void tell(
      Model used,
      Dataset data,
      Evaluation evaluation,
      BinaryMetrics metrics,
      Map<String, Bootstrap.Interval> intervals,
      Kernels kernels) {
    PrintWriter printer = spec.commandLine().getOut();
    List<Importance> columns =
        shuffles == null ? List.of() : Importance.of(used, data, shuffles, seed, kernels);
    if (json.wanted()) {
      print(printer, used, data, evaluation, metrics, intervals, columns, kernels);
    } else {
      say(printer, used, data, evaluation, metrics);
      JudgingText.intervals(printer, intervals);
      JudgingText.importance(printer, columns);
      printer.flush();
    }
  }

  private void print(
      PrintWriter printer,
      Model used,
      Dataset data,
      Evaluation evaluation,
      BinaryMetrics metrics,
      Map<String, Bootstrap.Interval> intervals,
      List<Importance> columns,
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
    }
    object.put("intervals95", draws == null ? null : JudgingText.json(intervals));
    object.put("importance", shuffles == null ? null : JudgingText.json(columns));
    object.put("calibration", used.calibration().map(CalibrationJson::map).orElse(null));
    object.put("out", out);
    JsonObject.print(object, printer);
  }

  private void say(
      PrintWriter printer, Model used, Dataset data, Evaluation evaluation, BinaryMetrics metrics) {
    Text.line(printer, "Data      %s", Describe.data(data));
    List<String> names = used.schema().classNames();
    Text.line(printer, "Accuracy  %s", Describe.accuracy(evaluation, names));
    EvaluationText text = new EvaluationText(printer, names, evaluation);
    if (metrics == null) {
      text.ofMany(top.of(USUAL_TOP, names.size()));
    } else {
      text.ofTwo(metrics, used.threshold());
    }
    used.calibration()
        .ifPresent(
            calibration -> Text.line(printer, "Calibr.   %s", Describe.calibration(calibration)));
    if (out != null) {
      Text.line(printer, "Model     %s", out);
    }
  }
}
