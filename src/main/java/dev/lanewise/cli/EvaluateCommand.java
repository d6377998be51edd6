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
    description = "Says how well a model does on labelled samples.",
    footer = {"%nExample:", "  lanewise evaluate --model cats.h5 --data test_catvnoncat.h5"})
final class EvaluateCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private ModelOption model;

  @Option(
      names = "--data",
      required = true,
      paramLabel = "FILE",
      description = "Labelled samples of the model's kind.")
  private Path file;

  @Mixin private NameOptions names;

  @Mixin private PositiveOption positive;

  @Mixin private StrictOption strict;

  @Mixin private MapOption map;

  @Mixin private KernelOptions kernel;

  @Mixin private JsonOption json;

  @Override
  public Integer call() {
    kernel.check();
    Model trained = model.read();
    ReadOptions options =
        strict.apply(names.labelled().mapped(map.choice()).shaped(trained.kind().shape()));
    try (Dataset read = Datasets.read(file, options)) {
      Dataset data = positive.ask(read, trained);
      Kernels kernels = kernel.choose((double) data.width() * data.samples());
      Evaluation evaluation = Evaluation.of(trained, data, kernels);
      PrintWriter out = spec.commandLine().getOut();
      if (json.wanted()) {
        print(out, trained, data, evaluation, kernels);
      } else {
        say(out, data, evaluation);
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
    JsonObject.print(object, out);
  }

  private static void say(PrintWriter out, Dataset data, Evaluation evaluation) {
    List<String> names = data.classNames();
    Text.line(out, "Data      %s", Describe.data(data));
    Text.line(out, "Accuracy  %s", Describe.accuracy(evaluation));
    Text.line(out, "          predicted");
    int width = Math.max(8, Math.max(names.get(0).length(), names.get(1).length()));
    String row = "%-" + width + "s  %" + width + "s  %" + width + "s";
    Text.line(out, row, "actual", names.get(1), names.get(0));
    Text.line(out, row, names.get(1), evaluation.truePositives(), evaluation.falseNegatives());
    Text.line(out, row, names.get(0), evaluation.falsePositives(), evaluation.trueNegatives());
    out.flush();
  }
}
