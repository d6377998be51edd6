// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.lanewise.data.Dataset;
import dev.lanewise.data.FeatureShape;
import dev.lanewise.data.Scaling;
import dev.lanewise.data.Schema;
import dev.lanewise.data.Standardization;
import dev.lanewise.data.TestData;
import dev.lanewise.kernel.RowChoice;
import dev.lanewise.kernel.simd.AllKernels;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows one at a time have the bits of a data set. */
class ScorerTest {

  private static final Provenance PROVENANCE =
      Provenance.now(
          "primal", "scalar", 1, 1, Map.of(), new DataProvenance("drawn", "ab".repeat(32), 1, 1));

  private static Model model(int d, int classes, MultiClass multiClass, Schema schema) {
    Random random = new Random(d + classes);
    float[][] w = new float[classes == 2 ? 1 : classes][d];
    float[] b = new float[w.length];
    for (int k = 0; k < w.length; k++) {
      b[k] = random.nextFloat() - 0.5f;
      for (int i = 0; i < d; i++) {
        w[k][i] = (float) random.nextGaussian();
      }
    }
    return classes == 2
        ? new Model(w[0], b[0], schema, PROVENANCE)
        : new Model(w, b, multiClass, schema, PROVENANCE);
  }

  private static List<String> names(int classes) {
    return IntStream.range(0, classes).mapToObj(k -> "class " + k).toList();
  }

  private static void check(Model model, Dataset data, float[][] rows) {
    Predictions expected = model.predict(data, AllKernels.fast().getLast());
    Scorer scorer = model.scorer();
    int classes = model.schema().classNames().size();
    float[] found = new float[classes];
    for (int j = 0; j < rows.length; j++) {
      scorer.probabilities(rows[j], found);
      for (int k = 0; k < classes; k++) {
        assertThat(found[k]).as("row %d, class %d", j, k).isEqualTo(expected.probability(j, k));
      }
      checkScores(scorer, rows[j], found);
      assertThat(scorer.predictedClass(rows[j])).isEqualTo(expected.predictedClass(j));
      assertThat(scorer.predict(rows[j]))
          .isEqualTo(model.schema().classNames().get(expected.predictedClass(j)));
      if (classes == 2) {
        assertThat(scorer.probability(rows[j])).isEqualTo(expected.probability(j));
      }
    }
  }

  private static void checkScores(Scorer scorer, float[] row, float[] probabilities) {
    double[] numbers = new double[row.length];
    for (int i = 0; i < row.length; i++) {
      numbers[i] = row[i];
    }
    float[] scores = new float[scorer.outputs()];
    float[] found = new float[probabilities.length];
    float[] ofNumbers = new float[probabilities.length];
    scorer.scores(numbers, scores);
    scorer.probabilitiesOf(scores, found);
    scorer.probabilities(numbers, ofNumbers);
    assertThat(found).containsExactly(ofNumbers);
  }

  @ParameterizedTest
  @CsvSource({
    "1,2,SOFTMAX",
    "16,2,SOFTMAX",
    "37,2,SOFTMAX",
    "784,2,SOFTMAX",
    "5,3,SOFTMAX",
    "100,7,SOFTMAX",
    "5,3,OVR",
    "33,10,OVR"
  })
  void aRowHasTheBitsOfADataSet(int d, int classes, MultiClass multiClass) {
    Random random = new Random(d);
    float[][] rows = new float[300][d];
    for (float[] row : rows) {
      for (int i = 0; i < d; i++) {
        row[i] = (float) (random.nextGaussian() * (i % 5 == 0 ? 30 : 1));
      }
    }
    Schema schema = new Schema(FeatureShape.of(d), Scaling.NONE, names(classes));
    try (Dataset data = Dataset.of(rows, new int[rows.length])) {
      check(model(d, classes, multiClass, schema), data, rows);

      double[] means = random.doubles(d, -3, 3).toArray();
      double[] deviations = random.doubles(d, 0.1, 3).toArray();
      Schema standardised = schema.standardized(new Standardization(means, deviations));
      check(model(d, classes, multiClass, standardised), data, rows);
    }
  }

  @Test
  void pixelsAreBytes() {
    int d = 12;
    byte[] pixels = TestData.pixels(50, d, 1);
    float[][] rows = new float[50][d];
    for (int j = 0; j < 50; j++) {
      for (int i = 0; i < d; i++) {
        rows[j][i] = pixels[j * d + i] & 0xff;
      }
    }
    Schema schema = new Schema(FeatureShape.of(d), Scaling.PIXELS, names(2), Optional.empty());
    try (Dataset data = Dataset.of(TestData.scaled(pixels, 50), new int[50])) {
      Model scaled = model(d, 2, null, new Schema(FeatureShape.of(d), Scaling.NONE, names(2)));
      Predictions expected = scaled.predict(data, AllKernels.scalar());
      Scorer scorer = model(d, 2, null, schema).scorer();
      for (int j = 0; j < 50; j++) {
        assertThat(scorer.probability(rows[j])).isEqualTo(expected.probability(j));
      }
    }
  }

  @Test
  void whatIsNoRowIsRejected() {
    Schema schema = new Schema(FeatureShape.of(3), Scaling.NONE, names(3));
    Scorer scorer = model(3, 3, MultiClass.SOFTMAX, schema).scorer();
    float[] row = {1, 2, 3};
    assertThatThrownBy(() -> scorer.predict(new float[2]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a row has 3 features, not 2");
    assertThatThrownBy(() -> scorer.predict(new float[] {1, Float.NaN, 3}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("feature 1 of the row is NaN, expected a finite number");
    assertThatThrownBy(() -> scorer.probabilities(row, new float[2]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> scorer.probability(row)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void rowsHaveTheSameBitsBeforeAndAfterTheSimdKernelsAreCompiled() throws InterruptedException {
    int d = 45;
    Random random = new Random(7);
    float[][] rows = new float[20][d];
    for (float[] row : rows) {
      for (int i = 0; i < d; i++) {
        row[i] = (float) random.nextGaussian();
      }
    }
    Model model =
        model(d, 6, MultiClass.SOFTMAX, new Schema(FeatureShape.of(d), Scaling.NONE, names(6)));
    try (Dataset data = Dataset.of(rows, new int[rows.length])) {
      check(model, data, rows);
      RowChoice.SHARED.compileSimd();
      Instant end = Instant.now().plusSeconds(60);
      while (RowChoice.SHARED.kernels() == RowChoice.SCALAR && Instant.now().isBefore(end)) {
        Thread.sleep(10);
      }
      assertThat(RowChoice.SHARED.kernels()).isNotSameAs(RowChoice.SCALAR);
      check(model, data, rows);
    }
  }

  @Test
  void nothingIsAllocated() {
    Schema schema = new Schema(FeatureShape.of(30), Scaling.NONE, names(10));
    Scorer scorer = model(30, 10, MultiClass.OVR, schema).scorer();
    float[] row = new float[30];
    float[] result = new float[10];
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    // The SIMD kernels are compiled after the first thousand rows, by a thread of their own.
    for (int i = 0; i < 1000; i++) {
      scorer.probabilities(row, result);
    }
    scorer.predictedClass(row);
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < 1000; i++) {
      scorer.probabilities(row, result);
      scorer.predictedClass(row);
    }
    long bytes = threads.getCurrentThreadAllocatedBytes() - before;
    assertThat(bytes).as("allocated by 2000 calls").isLessThan(1000);
  }
}
