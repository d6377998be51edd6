// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lanewise.data.DataException;
import dev.lanewise.data.Dataset;
import dev.lanewise.data.Datasets;
import dev.lanewise.data.ReadOptions;
import dev.lanewise.data.table.TableOptions;
import dev.lanewise.data.table.TableOptions.Imputation;
import dev.lanewise.data.table.Term;
import dev.lanewise.kernel.KernelChoice;
import dev.lanewise.kernel.KernelRequest;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.metric.Calibration;
import dev.lanewise.metric.IsotonicCalibration;
import dev.lanewise.model.Model;
import dev.lanewise.model.Predictions;
import dev.lanewise.select.HeldOutScores;
import dev.lanewise.train.LogisticRegression;
import java.io.IOException;
import java.nio.DoubleBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows as they are go into ONNX Runtime: texts, and missing cells. */
class EncodedExportTest {

  private static final double CLOSE = 1e-6;
  private static final int ROWS = 300;

  // Names that the operators' outputs have, too.
  private static final String[] HEADER = {"z", "color", "b", "flag", "label"};

  @TempDir private Path folder;

  private final Kernels kernels = KernelChoice.choose(KernelRequest.scalar(), warning -> {});

  private String[][] rows(long seed, int classes, double mean) {
    Random random = new Random(seed);
    String[][] rows = new String[ROWS][];
    for (int j = 0; j < ROWS; j++) {
      int color = random.nextInt(6);
      double size = mean + random.nextGaussian() / 3;
      String label = "k" + (int) Math.abs((size * 3 + color + random.nextGaussian()) % classes);
      rows[j] =
          new String[] {
            random.nextInt(9) == 0 ? "" : "" + size,
            random.nextInt(9) == 0 ? "" : List.of("rot", "grün", "blau", "x", "y", "z").get(color),
            "" + random.nextInt(100),
            random.nextBoolean() ? "T" : "F",
            label
          };
    }
    return rows;
  }

  private Path write(String name, String[]... rows) throws IOException {
    StringBuilder text = new StringBuilder(String.join(",", HEADER)).append('\n');
    for (String[] row : rows) {
      text.append(String.join(",", row)).append('\n');
    }
    return Files.writeString(folder.resolve(name), text);
  }

  private static TableOptions options(int minCount, boolean base) {
    return new TableOptions(
        false,
        Map.of(),
        List.of(),
        Optional.empty(),
        Imputation.MEAN,
        Set.of(),
        minCount,
        100,
        false,
        base);
  }

  @ParameterizedTest
  @CsvSource({"2,true,1,false", "2,false,1,true", "3,true,45,false"})
  void rawRowsGiveTheSameProbabilities(int classes, boolean standard, int minCount, boolean base)
      throws IOException, OrtException {
    ReadOptions reading = ReadOptions.labelled().with(options(minCount, base)).exact();
    // Float32 of numbers as large loses what it takes to agree.
    double mean = standard ? 1000 : 1;
    String[][] rows = rows(7, classes, mean);
    rows[0][1] = "unseen";
    try (Dataset data = Datasets.read(write("train.csv", rows(1, classes, mean)), reading);
        Dataset scaled = standard ? data.standardized() : data.rounded();
        Dataset test =
            Datasets.read(
                write("test.csv", rows),
                ReadOptions.labelled().with(TableOptions.AUTOMATIC).like(scaled.schema()))) {
      assertThat(data.featureNames().orElseThrow().list().contains("color=(rare)"))
          .isEqualTo(minCount > 1);
      Model fitted = new LogisticRegression().fit(scaled).model();
      Model model = classes == 2 ? fitted.withThreshold(0.3f) : fitted;
      Path file = folder.resolve("m.onnx");
      OnnxExport.write(model, file);
      assertAgrees(file, rows, model.predict(test, kernels));
    }
  }

  @ParameterizedTest
  @CsvSource({"2,PLATT", "2,ISOTONIC", "2,TEMPERATURE", "3,TEMPERATURE"})
  void calibratedProbabilitiesAreTheSame(int classes, Calibration.Kind kind)
      throws IOException, OrtException {
    ReadOptions reading = ReadOptions.labelled().with(options(1, false)).exact();
    String[][] rows = rows(7, classes, 1);
    try (Dataset data = Datasets.read(write("train.csv", rows(1, classes, 1)), reading);
        Dataset scaled = data.standardized();
        Dataset test =
            Datasets.read(
                write("test.csv", rows),
                ReadOptions.labelled().with(TableOptions.AUTOMATIC).like(scaled.schema()))) {
      Model fitted = new LogisticRegression().fit(scaled).model();
      Model model =
          fitted.withCalibration(
              Optional.of(HeldOutScores.of(fitted, data, kernels).calibrate(kind)));
      Path file = folder.resolve("m.onnx");
      OnnxExport.write(model, file);
      // The lines of an isotonic calibration may be steep.
      double close = kind == Calibration.Kind.ISOTONIC ? 1e-4 : CLOSE;
      assertAgrees(file, rows, model.predict(test, kernels), close);
    }
  }

  @Test
  void productsOfColumnsAreTheSame() throws IOException, OrtException {
    ReadOptions reading =
        ReadOptions.labelled()
            .with(
                options(1, true)
                    .terms(
                        List.of(
                            new Term(List.of("z", "color")),
                            new Term(List.of("b", "b", "z")),
                            new Term(List.of("flag", "b", "color")))))
            .exact();
    String[][] rows = rows(7, 2, 1);
    try (Dataset data = Datasets.read(write("train.csv", rows(1, 2, 1)), reading);
        Dataset scaled = data.standardized();
        Dataset test =
            Datasets.read(
                write("test.csv", rows),
                ReadOptions.labelled().with(TableOptions.AUTOMATIC).like(scaled.schema()))) {
      Model model = new LogisticRegression().fit(scaled).model();
      Path file = folder.resolve("m.onnx");
      OnnxExport.write(model, file);
      assertAgrees(file, rows, model.predict(test, kernels));
    }
  }

  @Test
  void aConstantIsotonicCalibrationIsExported() throws IOException, OrtException {
    ReadOptions reading = ReadOptions.labelled().with(options(1, false)).exact();
    String[][] rows = rows(7, 2, 1);
    try (Dataset data = Datasets.read(write("train.csv", rows), reading);
        Dataset scaled = data.standardized()) {
      Model model =
          new LogisticRegression()
              .fit(scaled)
              .model()
              .withCalibration(Optional.of(new IsotonicCalibration(List.of(0.25), List.of(0.75))));
      Path file = folder.resolve("m.onnx");
      OnnxExport.write(model, file);
      assertAgrees(file, rows, model.predict(data, kernels));
    }
  }

  private void assertAgrees(Path file, String[][] rows, Predictions expected) throws OrtException {
    assertAgrees(file, rows, expected, CLOSE);
  }

  private void assertAgrees(Path file, String[][] rows, Predictions expected, double close)
      throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    Map<String, OnnxTensor> inputs = new HashMap<>();
    for (int i = 0; i < HEADER.length - 1; i++) {
      inputs.put(HEADER[i], tensor(environment, rows, i));
    }
    try (OrtSession session = environment.createSession(file.toString());
        OrtSession.Result result = session.run(inputs)) {
      float[][] probabilities = (float[][]) result.get("probabilities").orElseThrow().getValue();
      long[] numbers = (long[]) result.get("class").orElseThrow().getValue();
      for (int j = 0; j < rows.length; j++) {
        for (int k = 0; k < expected.classes(); k++) {
          assertThat((double) probabilities[j][k])
              .as("row %d, class %d", j, k)
              .isCloseTo(expected.probability(j, k), within(close));
        }
        assertThat(numbers[j]).isEqualTo(expected.predictedClass(j));
      }
    } finally {
      inputs.values().forEach(OnnxTensor::close);
    }
  }

  private static OnnxTensor tensor(OrtEnvironment environment, String[][] rows, int column)
      throws OrtException {
    long[] shape = {rows.length, 1};
    if (HEADER[column].equals("color")) {
      String[] texts = new String[rows.length];
      for (int j = 0; j < texts.length; j++) {
        texts[j] = rows[j][column];
      }
      return OnnxTensor.createTensor(environment, texts, shape);
    }
    DoubleBuffer numbers = DoubleBuffer.allocate(rows.length);
    for (String[] row : rows) {
      String cell = row[column];
      numbers.put(
          switch (cell) {
            case "" -> Double.NaN;
            case "T" -> 1;
            case "F" -> 0;
            default -> Double.parseDouble(cell);
          });
    }
    return OnnxTensor.createTensor(environment, numbers.flip(), shape);
  }

  @Test
  void jsonHasTheEncoding() throws IOException {
    ReadOptions reading = ReadOptions.labelled().with(options(45, false));
    try (Dataset data = Datasets.read(write("train.csv", rows(1, 2, 1000)), reading)) {
      Path file = folder.resolve("m.json");
      JsonExport.write(new LogisticRegression().fit(data).model(), file);
      JsonNode json = new ObjectMapper().readTree(file.toFile());
      assertThat(json.at("/columns")).hasSize(4);
      assertThat(json.at("/columns/0/missingValue").asDouble()).isBetween(999.0, 1001.0);
      assertThat(json.at("/columns/1/levels").size() + json.at("/columns/1/rareLevels").size())
          .isEqualTo(6);
      assertThat(json.at("/featureNames/0").asText()).isEqualTo("z");
      assertThat(json.get("missingValues")).isEmpty();
    }
  }

  @Test
  void anInputCannotHaveTheNameOfAnOutput() throws IOException {
    Path table =
        Files.writeString(folder.resolve("t.csv"), "probabilities,label\nx,0\ny,1\nx,1\ny,1\n");
    ReadOptions reading = ReadOptions.labelled().with(TableOptions.AUTOMATIC);
    try (Dataset data = Datasets.read(table, reading)) {
      Model model = new LogisticRegression().fit(data).model();
      Path file = folder.resolve("m.onnx");
      assertThatThrownBy(() -> OnnxExport.write(model, file))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("column 'probabilities' would be an input with the name of an");
      assertThat(file).doesNotExist();
    }
  }
}
