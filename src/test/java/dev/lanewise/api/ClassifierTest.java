// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.lanewise.data.DataException;
import dev.lanewise.data.Dataset;
import dev.lanewise.model.DenseLayer;
import dev.lanewise.model.Evaluation;
import dev.lanewise.model.Model;
import dev.lanewise.options.Activation;
import dev.lanewise.options.HiddenLayers;
import dev.lanewise.options.SgdOptions;
import dev.lanewise.select.CrossValidation;
import dev.lanewise.select.Folds;
import dev.lanewise.train.Hyperparameters;
import dev.lanewise.train.LogisticRegression;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassifierTest {

  private enum Shape {
    ROUND,
    SQUARE,
    LONG
  }

  private static final int ROWS = 240;

  @TempDir private Path folder;

  private final double[][] rows = new double[ROWS][4];
  private final Shape[] shapes = new Shape[ROWS];

  ClassifierTest() {
    Random random = new Random(3);
    for (int j = 0; j < ROWS; j++) {
      shapes[j] = Shape.values()[j % 3];
      for (int i = 0; i < 4; i++) {
        double centre = i == j % 3 ? 2 : 0;
        rows[j][i] = 1000 * i + (i + 1) * (centre + random.nextGaussian());
      }
    }
  }

  private Samples samples() {
    return Samples.of(rows, shapes);
  }

  @Test
  void itPredictsRowsAndSamplesAlike() {
    TrainedClassifier trained = Classifier.builder().l2(0.5).build().fit(samples());
    assertThat(trained.classes()).containsExactly("ROUND", "SQUARE", "LONG");
    assertThat(trained.features()).isEqualTo(4);
    List<String> all = trained.predictAll(Samples.unlabelled(rows));
    float[][] probabilities = trained.probabilitiesAll(samples());
    float[] result = new float[3];
    int right = 0;
    for (int j = 0; j < ROWS; j++) {
      assertThat(trained.predict(rows[j])).isEqualTo(all.get(j));
      assertThat(trained.predict(Shape.class, rows[j]).name()).isEqualTo(all.get(j));
      assertThat(trained.classes().get(trained.predictedClass(rows[j]))).isEqualTo(all.get(j));
      assertThat(trained.probabilities(rows[j])).containsExactly(probabilities[j]);
      float[] floats = floats(rows[j]);
      trained.probabilitiesInto(floats, result);
      assertThat(trained.probabilities(floats)).containsExactly(result);
      right += all.get(j).equals(shapes[j].name()) ? 1 : 0;
    }
    Evaluation evaluation = trained.evaluate(samples());
    assertThat(evaluation.correct()).isEqualTo(right).isGreaterThan(ROWS / 2);
  }

  private static float[] floats(double[] row) {
    float[] floats = new float[row.length];
    for (int i = 0; i < row.length; i++) {
      floats[i] = (float) row[i];
    }
    return floats;
  }

  @Test
  void itHasTheBitsOfATrainingOnAStandardisedDataSet() {
    int[] labels = IntStream.range(0, ROWS).map(j -> j % 2).toArray();
    TrainedClassifier trained = Classifier.builder().build().fit(Samples.of(rows, labels));
    try (Dataset raw = Dataset.of(rows, labels);
        Dataset standardized = raw.standardized();
        Dataset rounded = raw.rounded()) {
      assertThat(trained.model().weightsSha256())
          .isEqualTo(new LogisticRegression().fit(standardized).model().weightsSha256());
      assertThat(Classifier.builder().standardize(false).build().fit(Samples.of(raw)).model())
          .extracting(model -> model.weightsSha256())
          .isEqualTo(new LogisticRegression().fit(rounded).model().weightsSha256());
    }
  }

  @Test
  void optionsReachTheTraining() {
    Classifier classifier =
        Classifier.builder()
            .hyperparameters(Hyperparameters.tutorial().withIterations(7))
            .l2(3)
            .balanced()
            .threads(1)
            .build();
    Map<String, String> options = classifier.fit(samples()).model().provenance().options();
    assertThat(options)
        .containsEntry("iterations", "7")
        .containsEntry("l2", "3.0")
        .containsEntry("class-weight", "balanced");
  }

  @Test
  void crossValidationStandardisesEachFoldAnew() {
    CrossValidation result = Classifier.builder().build().crossValidate(samples(), 4);
    assertThat(result.folds()).hasSize(4).allMatch(fold -> fold.samples() == ROWS / 4);
    assertThat(result.accuracy()).isBetween(0.5, 1.0);
    assertThat(result.logLoss()).isBetween(0.1, 1.0);
    assertThat(result.accuracyDeviation()).isPositive();
    assertThat(result.logLossDeviation()).isPositive();
    assertThat(result.toString()).startsWith("4 folds: accuracy ");
    // The same folds, each done by hand.
    Folds folds = Folds.of(samples().dataset(), 4, 0);
    for (int fold = 0; fold < 4; fold++) {
      TrainedClassifier trained = Classifier.builder().build().fit(part(folds.learned(fold)));
      assertThat(trained.evaluate(part(folds.heldOut(fold)))).isEqualTo(result.folds().get(fold));
    }
    assertThatThrownBy(() -> Classifier.builder().build().crossValidate(samples(), 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private Samples part(int[] numbers) {
    return Samples.of(
        IntStream.of(numbers).mapToObj(j -> rows[j]).toArray(double[][]::new),
        IntStream.of(numbers).mapToObj(j -> shapes[j]).toArray(Shape[]::new));
  }

  @Test
  void itIsSavedAndLoaded() throws IOException {
    TrainedClassifier trained = Classifier.builder().build().fit(samples());
    Path file = folder.resolve("shapes.h5");
    trained.save(file);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    trained.save(out);
    assertThat(out.toByteArray()).isEqualTo(Files.readAllBytes(file));
    same(trained, TrainedClassifier.load(file));
    same(trained, TrainedClassifier.load(new ByteArrayInputStream(out.toByteArray())));
    Path jar = folder.resolve("models.jar");
    try (FileSystem inside = FileSystems.newFileSystem(jar, Map.of("create", "true"))) {
      Files.write(inside.getPath("/shapes.h5"), out.toByteArray());
    }
    try (FileSystem inside = FileSystems.newFileSystem(jar)) {
      same(trained, TrainedClassifier.load(inside.getPath("/shapes.h5")));
      assertThatThrownBy(() -> TrainedClassifier.load(inside.getPath("/other.h5")))
          .isInstanceOf(DataException.class)
          .hasMessage("/other.h5: no such file, expected an HDF5 file");
    }
  }

  private void same(TrainedClassifier trained, TrainedClassifier loaded) {
    assertThat(loaded.classes()).isEqualTo(trained.classes());
    assertThat(loaded.model().weightsSha256()).isEqualTo(trained.model().weightsSha256());
    assertThat(loaded.probabilities(rows[5])).containsExactly(trained.probabilities(rows[5]));
  }

  @Test
  void aDamagedStreamIsRejected() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Classifier.builder().build().fit(samples()).save(out);
    byte[] bytes = out.toByteArray();
    bytes[bytes.length / 2] ^= 1;
    rejects(bytes, "the stream of the model: ");
    rejects(new byte[0], "the stream of the model: is empty");
    rejects(Arrays.copyOf(bytes, 200), "the stream of the model: ");
  }

  private static void rejects(byte[] bytes, String message) {
    assertThatThrownBy(() -> TrainedClassifier.load(new ByteArrayInputStream(bytes)))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void samplesWithOtherNamesOrWidthsAreRejected() {
    Samples named = samples().withFeatureNames("a", "b", "c", "d");
    TrainedClassifier trained = Classifier.builder().build().fit(named);
    assertThat(trained.predictAll(Samples.unlabelled(rows))).hasSize(ROWS);
    assertThatThrownBy(() -> trained.predictAll(samples().withFeatureNames("a", "b", "d", "c")))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("feature 2 is 'd', but the model has 'c' there");
    assertThatThrownBy(() -> trained.predict(1f, 2f)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> trained.predict(1, Double.NaN, 3, 4))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("feature 1 of the row is NaN, expected a finite number");
    assertThatThrownBy(() -> trained.evaluate(Samples.unlabelled(rows)))
        .isInstanceOf(DataException.class)
        .hasMessage("samples: have no labels, expected one for each sample");
    assertThatThrownBy(() -> Classifier.builder().build().fit(Samples.unlabelled(rows)))
        .isInstanceOf(DataException.class);
  }

  @Test
  void furtherTrainingStartsFromTheClassifier() {
    Classifier classifier =
        Classifier.builder()
            .hyperparameters(Hyperparameters.tutorial().withIterations(3).withLearningRate(0.1))
            .build();
    TrainedClassifier trained = classifier.fit(samples());
    TrainedClassifier further = classifier.partialFit(trained, samples());
    Classifier four =
        Classifier.builder()
            .hyperparameters(Hyperparameters.tutorial().withIterations(4).withLearningRate(0.1))
            .build();
    assertThat(further.model().weightsSha256())
        .isEqualTo(four.fit(samples()).model().weightsSha256());
  }

  @Test
  void manyThreadsShareOne() throws Exception {
    TrainedClassifier trained = Classifier.builder().build().fit(samples());
    List<String> expected = trained.predictAll(samples());
    Callable<List<String>> work =
        () -> IntStream.range(0, ROWS).mapToObj(j -> trained.predict(rows[j])).toList();
    try (ExecutorService pool = Executors.newFixedThreadPool(4)) {
      for (Future<List<String>> found : pool.invokeAll(List.of(work, work, work, work))) {
        assertThat(found.get()).isEqualTo(expected);
      }
    }
  }

  @Test
  void aRowAllocatesNothing() {
    TrainedClassifier trained = Classifier.builder().build().fit(samples());
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    float[] row = floats(rows[0]);
    float[] result = new float[3];
    for (int i = 0; i < 1000; i++) {
      trained.predict(row);
      trained.predict(rows[0]);
      trained.predict(Shape.class, row);
      trained.probabilitiesInto(row, result);
    }
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < 1000; i++) {
      trained.predict(row);
      trained.predict(rows[0]);
      trained.predict(Shape.class, row);
      trained.probabilitiesInto(row, result);
    }
    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(1000);
  }

  @Test
  void hiddenLayersMakeANetwork() throws Exception {
    Classifier network =
        Classifier.builder()
            .dropout(0.1)
            .hidden(8, 5)
            .activation(Activation.TANH)
            .seed(4)
            .epochs(60)
            .build();
    TrainedClassifier trained = network.fit(samples());
    int right = 0;
    for (int j = 0; j < ROWS; j++) {
      right += trained.predict(Shape.class, rows[j]) == shapes[j] ? 1 : 0;
    }
    assertThat(right).isGreaterThan(ROWS / 2);
    Model model = trained.model();
    assertThat(model.layers()).extracting(DenseLayer::units).containsExactly(8, 5, 3);
    assertThat(model.activation()).contains(Activation.TANH);
    assertThat(model.provenance().options())
        .containsEntry("dropout", "0.1")
        .containsEntry("epochs", "60")
        .containsEntry("seed", "4")
        .containsEntry("batch-size", "200")
        .containsEntry("optimizer", "adam")
        .containsEntry("init", "glorot");
    // The command line's names of the same options, in another order of calls.
    Classifier same =
        Classifier.builder()
            .hyperparameters(
                Hyperparameters.defaults()
                    .withSgd(SgdOptions.USUAL_OF_NETWORKS)
                    .withHidden(
                        HiddenLayers.of(8, 5).withActivation(Activation.TANH).withDropout(0.1)))
            .epochs(60)
            .seed(4)
            .build();
    assertThat(same.fit(samples()).model().weightsSha256()).isEqualTo(model.weightsSha256());
    TrainedClassifier further = network.partialFit(trained, samples());
    assertThat(further.model().weightsSha256()).isNotEqualTo(model.weightsSha256());
    assertThat(network.partialFit(trained, samples()).model().weightsSha256())
        .isEqualTo(further.model().weightsSha256());
    Path file = folder.resolve("network.h5");
    trained.save(file);
    assertThat(TrainedClassifier.load(file).probabilities(rows[7]))
        .containsExactly(trained.probabilities(rows[7]));
    assertThatThrownBy(() -> Classifier.builder().hidden(3).build().partialFit(trained, samples()))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("hidden layers [8, 5] with tanh, expected hidden layers [3]");
  }

  @Test
  void optionsOfANetworkNeedOne() {
    assertThatThrownBy(() -> Classifier.builder().dropout(0.5).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("call hidden(...)");
    assertThatThrownBy(() -> Classifier.builder().activation(Activation.TANH).build())
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Classifier.builder().epochs(5).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("epochs are for sgd, not for newton");
    assertThatThrownBy(() -> Classifier.builder().hidden(4, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("hidden layer 2 has 0 units");
    assertThatThrownBy(() -> Classifier.builder().hidden(4).dropout(1).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("below 1");
    assertThat(Classifier.builder().hidden().build().fit(samples()).model().isLinear()).isTrue();
  }
}
