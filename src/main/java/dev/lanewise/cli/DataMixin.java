// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import dev.lanewise.data.Dataset;
import dev.lanewise.data.Datasets;
import dev.lanewise.data.DrawnCats;
import dev.lanewise.data.EntryOptions.Role;
import dev.lanewise.data.Mapping;
import dev.lanewise.data.ReadOptions;
import dev.lanewise.data.SameSamples;
import dev.lanewise.data.SampleFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The data to learn from and to be tested on: files, or the drawn pictures. */
final class DataMixin implements AutoCloseable {

  private static final long LARGE = 8L << 20;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--train",
      paramLabel = "FILE",
      description = "Samples to learn from (default: the drawn pictures of cats).")
  private Path trainFile;

  @Option(names = "--test", paramLabel = "FILE", description = "Samples to be tested on.")
  private Path testFile;

  @Option(
      names = "--weights",
      paramLabel = "NAME",
      description = {
        "What each sample to learn from counts: a data set inside the file of --train, of CSV a",
        "column, which is then no feature, in the file of --test neither."
      })
  private String weights;

  @Option(
      names = "--test-features",
      paramLabel = "NAME",
      description = {
        "The features inside the file of --test (default: those of --features; of several, and in the",
        "place of a name with train in it, those with test in their name)."
      })
  private String testFeatures;

  @Option(
      names = "--test-labels",
      paramLabel = "NAME",
      description = "The labels of --test, likewise (default: those of --labels).")
  private String testLabels;

  @Mixin private NameOptions names;

  @Mixin private TableMixin tables;

  @Mixin private LabelMixin labels;

  @Mixin private PositiveOption positive;

  @Mixin private SizeOption size;

  @Mixin private StrictOption strict;

  @Mixin private MapOption map;

  @Mixin private ScaleOption scale;

  /** The file to learn from, once it was looked at. */
  private SampleFile opened;

  /** The option about scaling. */
  ScaleOption scale() {
    return scale;
  }

  /** Whether the samples to learn from are a table; opens their file. */
  boolean isTable() {
    return trainFile != null && opened().isTable(readOptions());
  }

  private SampleFile opened() {
    if (opened == null) {
      opened = SampleFile.open(trainFile);
    }
    return opened;
  }

  /** Closes the file to learn from. */
  @Override
  public void close() {
    if (opened != null) {
      opened.close();
      opened = null;
    }
  }

  /** The options about tables. */
  TableMixin tables() {
    return tables;
  }

  /** Refuses what does not go together, before anything is read. */
  void check() {
    refuse(testFile != null && trainFile == null, "--test needs --train");
    boolean testNamed = testFeatures != null || testLabels != null;
    refuse(testNamed && testFile == null, "--test-features and --test-labels need --test");
    refuse(map.choice() == Mapping.ALWAYS && trainFile == null, "--map always needs --train");
    refuse(weights != null && trainFile == null, "--weights needs --train");
    refuse(
        (names.layoutGiven() || tables.given()) && trainFile == null,
        "options about tables and LIBSVM's text need --train");
    refuse(size.given() && trainFile == null, "--size needs --train");
  }

  /** Whether the file to learn from takes a while to be read. */
  boolean isLarge() {
    try {
      return trainFile != null && Files.size(trainFile) >= LARGE;
    } catch (IOException e) {
      return false; // reading says what is wrong
    }
  }

  private void refuse(boolean wrong, String message) {
    if (wrong) {
      throw new ParameterException(spec.commandLine(), message);
    }
  }

  /**
   * Reads the data, hands them on, and closes them.
   *
   * @param samples how the samples to learn from are to be read
   * @param classes what classes the samples to learn from are taken to have
   * @param standardized makes a standardised copy of the samples to learn from, if one is wanted
   * @param work gets the samples to learn from and, if there are any, those to be tested on, of the
   *     same kind, standardised or not yet
   * @return what the work returned
   */
  <T> T read(
      UnaryOperator<ReadOptions> samples,
      UnaryOperator<Dataset> classes,
      UnaryOperator<Dataset> standardized,
      BiFunction<Dataset, Optional<Dataset>, T> work) {
    try (Dataset trainRead = readTrain(samples);
        Dataset testRead = readTest(trainRead);
        ScaledData scaled = scale.apply(classes.apply(positive.ask(trainRead)), standardized)) {
      Dataset train = scaled.data();
      if (testRead == null) {
        return work.apply(train, Optional.empty());
      }
      Dataset test =
          train
              .question()
              .map(question -> question.ask(testRead))
              .orElseGet(() -> train.schema().align(testRead, "the training data"));
      scaled.raw().schema().require(test, "the training data");
      if (SameSamples.areAmong(testRead, trainRead)) {
        Text.warning(
            spec.commandLine().getErr(),
            String.format(
                Locale.ROOT,
                "%s: all %d samples to be tested on are among those to learn from; the test accuracy"
                    + " says nothing about other samples%s",
                testRead.origin().source(),
                testRead.samples(),
                testFile != null && testFile.equals(trainFile)
                    ? "; --test-features and --test-labels choose others in the file"
                    : ""));
      }
      return work.apply(train, Optional.of(test));
    } finally {
      close();
    }
  }

  private Dataset readTrain(UnaryOperator<ReadOptions> samples) {
    return trainFile == null
        ? DrawnCats.TRAIN.read(readOptions().numbers())
        : size.read(opened(), samples.apply(readOptions().as(Role.TRAIN).weighted(weights())));
  }

  private Dataset readTest(Dataset train) {
    if (trainFile == null) {
      return DrawnCats.TEST.read(readOptions().like(train.schema()).numbers());
    }
    return testFile == null
        ? null
        : Datasets.read(testFile, testOptions().like(train.schema()).leavingOut(weights()));
  }

  private String weights() {
    return weights == null ? tables.weights() : weights;
  }

  private ReadOptions testOptions() {
    ReadOptions options = readOptions();
    String features =
        testFeatures == null ? options.entries().features().orElse(null) : testFeatures;
    String labelled = testLabels == null ? options.entries().labels().orElse(null) : testLabels;
    // Whoever names what is called train for the test wants just that.
    boolean train = isForTraining(testFeatures) || isForTraining(testLabels);
    return options.named(features, labelled).as(train ? Role.ANY : Role.TEST);
  }

  private static boolean isForTraining(String name) {
    return name != null && name.toLowerCase(Locale.ROOT).contains("train");
  }

  private ReadOptions readOptions() {
    return scale.reading(
        strict.apply(labels.apply(tables.apply(names.labelled()).mapped(map.choice()))));
  }
}
