package dev.lanewise.cli;

import dev.lanewise.data.ReadOptions;
import dev.lanewise.model.Model;
import java.nio.file.Path;
import java.util.List;
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
      "Says of every sample which class it is, and how probable class 1 is; of more than two",
      "classes, how probable the class is that is named.",
      "One line a sample: file, number of the sample from 0, class, probability; tabs between. With",
      "--top more classes and their own probabilities follow, the most probable first."
    },
    footer = {
      "%nExamples:",
      "  lanewise predict --model cats.h5 my-cat.jpg pictures/*.png",
      "  lanewise predict --model cats.h5 test_catvnoncat.h5 --csv > predictions.csv"
    })
final class PredictCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private ModelOption model;

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description = "Samples of the model's kind: files of any format, pictures, folders of them.")
  private List<Path> files;

  @Mixin private NameOptions names;

  @Mixin private TopOption top;

  @Mixin private StrictOption strict;

  @Mixin private MapOption map;

  @Mixin private KernelOptions kernel;

  @Mixin private PredictionOptions printing;

  @Override
  public Integer call() {
    PredictionStyle style = printing.style(top);
    kernel.check();
    Model trained = model.read();
    ReadOptions options =
        ModelOption.samplesOf(trained, strict.apply(names.unlabelled().mapped(map.choice())));
    PredictionRun run = new PredictionRun(trained, kernel, top, style, spec.commandLine().getOut());
    long start = System.nanoTime();
    for (Path file : files) {
      run.predict(file, options);
    }
    if (printing.speedWanted()) {
      double seconds = (System.nanoTime() - start) / 1e9;
      Text.line(
          spec.commandLine().getErr(),
          "lanewise: %d samples in %.3f s, %.0f a second",
          run.samples(),
          seconds,
          run.samples() / seconds);
    }
    return ExitStatus.DONE;
  }
}
