package dev.lanewise.cli;

import dev.lanewise.data.Dataset;
import dev.lanewise.data.Datasets;
import dev.lanewise.data.ReadOptions;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.model.Model;
import dev.lanewise.model.Predictions;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lanewise predict}. */
@Command(
    name = "predict",
    mixinStandardHelpOptions = true,
    description = {
      "Says of every sample which class it is, and how probable class 1 is.",
      "One line a sample: file, number of the sample from 0, class, probability; tabs between."
    },
    footer = {"%nExample:", "  lanewise predict --model cats.h5 test_catvnoncat.h5"})
final class PredictCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private ModelOption model;

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "Samples of the model's kind.")
  private List<Path> files;

  @Mixin private NameOptions names;

  @Mixin private StrictOption strict;

  @Mixin private MapOption map;

  @Mixin private KernelOptions kernel;

  @Mixin private JsonOption json;

  @Override
  public Integer call() {
    kernel.check();
    Model trained = model.read();
    PrintWriter out = spec.commandLine().getOut();
    List<Map<String, Object>> found = new ArrayList<>();
    ReadOptions options =
        strict.apply(names.unlabelled().mapped(map.choice()).shaped(trained.kind().shape()));
    for (Path file : files) {
      try (Dataset data = Datasets.read(file, options)) {
        Kernels kernels = kernel.choose((double) data.width() * data.samples());
        Predictions predictions = trained.predict(data, kernels);
        for (int j = 0; j < predictions.size(); j++) {
          String name = trained.kind().classNames().get(predictions.predictedClass(j));
          if (json.wanted()) {
            found.add(
                JsonParts.ordered(
                    "file", file,
                    "sample", j,
                    "class", name,
                    "probability", predictions.probability(j)));
          } else {
            out.println(file + "\t" + j + "\t" + name + "\t" + predictions.probability(j));
          }
        }
      }
    }
    if (json.wanted()) {
      JsonObject.print(
          JsonParts.ordered(
              "model", model.file(),
              "weightsSha256", trained.weightsSha256(),
              "predictions", found),
          out);
    }
    out.flush();
    return ExitStatus.DONE;
  }
}
