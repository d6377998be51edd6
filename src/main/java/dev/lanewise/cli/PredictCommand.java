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
      "Says of every sample which class it is, and how probable class 1 is; of more than two"
          + " classes,",
      "how probable the class is that is named.",
      "One line a sample: file, number of the sample from 0, class, probability; tabs between."
          + " With",
      "--top more classes and their own probabilities follow, the most probable first."
    },
    footer = {"%nExample:", "  lanewise predict --model cats.h5 test_catvnoncat.h5"})
final class PredictCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private ModelOption model;

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "Samples of the model's kind.")
  private List<Path> files;

  @Mixin private NameOptions dataNames;

  @Mixin private TopOption top;

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
    List<String> names = trained.kind().classNames();
    int count = top.of(1, names.size());
    ReadOptions options =
        strict.apply(dataNames.unlabelled().mapped(map.choice()).shaped(trained.kind().shape()));
    for (Path file : files) {
      try (Dataset data = Datasets.read(file, options)) {
        double work = (double) data.width() * data.samples() * trained.columns();
        Kernels kernels = kernel.choose(work);
        int step = trained.samplesAtOnce();
        for (int from = 0; from < data.samples(); from += Math.min(step, data.samples() - from)) {
          int to = from + Math.min(step, data.samples() - from);
          Predictions predictions = trained.predict(data.part(from, to), kernels);
          for (int j = 0; j < predictions.size(); j++) {
            int[] best = predictions.top(j, count);
            if (json.wanted()) {
              found.add(object(file, from + j, best, predictions, j, names));
            } else {
              out.println(line(file, from + j, best, predictions, j, names));
            }
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

  // Alone, a class of two has the probability of class 1 beside it, as it always had.
  private float shown(Predictions predictions, int j, int best) {
    return predictions.classes() == 2 && !top.given()
        ? predictions.probability(j)
        : predictions.probability(j, best);
  }

  private String line(
      Path file, int sample, int[] best, Predictions predictions, int j, List<String> names) {
    StringBuilder line = new StringBuilder(file + "\t" + sample);
    for (int k : best) {
      line.append('\t').append(names.get(k)).append('\t').append(shown(predictions, j, k));
    }
    return line.toString();
  }

  private Map<String, Object> object(
      Path file, int sample, int[] best, Predictions predictions, int j, List<String> names) {
    Map<String, Object> object =
        JsonParts.ordered(
            "file",
            file,
            "sample",
            sample,
            "class",
            names.get(best[0]),
            "probability",
            shown(predictions, j, best[0]));
    if (top.given()) {
      List<Map<String, Object>> classes = new ArrayList<>();
      for (int k : best) {
        classes.add(
            JsonParts.ordered("class", names.get(k), "probability", predictions.probability(j, k)));
      }
      object.put("top", classes);
    }
    return object;
  }
}
