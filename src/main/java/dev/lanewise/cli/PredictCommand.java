// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import dev.lanewise.data.DataException;
import dev.lanewise.data.ReadOptions;
import dev.lanewise.model.Model;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
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
      "Predicts the class of every sample, and the probability of this class.",
      "Prints one line for each sample: file, number of the sample in it from 0, class, probability,",
      "with tabs between them. Each picture of a folder is a file. --csv and --json also give the probabilities of all classes. With --top K,",
      "the K most probable classes follow each other, each with its probability.",
      "A file that cannot be read is named, the others are predicted, and the status is 3 in the end;",
      "so it is where a picture of a folder is left out."
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

  @Mixin private NumbersOption numbers;

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
        ModelOption.samplesOf(
            trained, numbers.reading(strict.apply(names.unlabelled().mapped(map.choice()))));
    PredictionRun run =
        new PredictionRun(
            trained, kernel, top, style, printing.explained(trained), spec.commandLine().getOut());
    long start = System.nanoTime();
    boolean all = true;
    for (Path file : files) {
      all &= predicted(run, file, options);
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
    return all ? ExitStatus.DONE : ExitStatus.BAD_FILE;
  }

  /** Predicts a file, or says why it cannot be read; returns whether nothing of it is missing. */
  private boolean predicted(PredictionRun run, Path file, ReadOptions options) {
    AtomicBoolean whole = new AtomicBoolean(true);
    ReadOptions noticing = options;
    // Of a table columns are left out, of a folder pictures.
    if (Files.isDirectory(file) && options.notices().skipped().isPresent()) {
      Consumer<String> told = options.notices().skipped().get();
      noticing = options.skipping(told.andThen(line -> whole.set(false)));
    }
    try {
      run.predict(file, noticing);
      return whole.get();
    } catch (DataException e) {
      Failures.execution(e, spec.commandLine());
      return false;
    }
  }
}
