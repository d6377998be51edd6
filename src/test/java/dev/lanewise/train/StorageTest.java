// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.data.Dataset;
import dev.lanewise.data.Datasets;
import dev.lanewise.data.Mapping;
import dev.lanewise.data.NumberOptions;
import dev.lanewise.data.ReadOptions;
import dev.lanewise.data.Scaling;
import dev.lanewise.data.TestData;
import dev.lanewise.data.hdf5.Hdf5Content;
import dev.lanewise.data.hdf5.Hdf5Writer;
import dev.lanewise.kernel.HostileNumbers;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.kernel.simd.AllKernels;
import dev.lanewise.model.Model;
import dev.lanewise.model.Predictions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the features are stored as changes no bit: floats, doubles or bytes, copied or mapped. */
class StorageTest {

  private static final int[] TEAMS = {1, 2, 3, 8};

  private static final NumberOptions PIXELS = NumberOptions.USUAL.told(Optional.of(Scaling.PIXELS));

  @TempDir private Path folder;

  // A name of any length, so that the features begin anywhere in the file.
  private List<Dataset> storages(int d, int m, HostileNumbers numbers) {
    byte[] pixels = TestData.pixels(m, d, d + m);
    float[][] samples = TestData.scaled(pixels, m);
    float[] floats = new float[m * d];
    for (int j = 0; j < m; j++) {
      System.arraycopy(samples[j], 0, floats, j * d, d);
    }
    int[] labels = numbers.labels(m);
    long[] y = IntStream.of(labels).asLongStream().toArray();
    String x = "x".repeat(numbers.between(1, 9));
    Path bytesFile = folder.resolve("bytes.h5");
    Path floatsFile = folder.resolve("floats.h5");
    Hdf5Writer.write(bytesFile, new Hdf5Content().uint8(x, pixels, m, d).int64("y", y));
    Hdf5Writer.write(floatsFile, new Hdf5Content().float32(x, floats, m, d).int64("y", y));
    List<Dataset> all = new ArrayList<>();
    all.add(Dataset.of(samples, labels));
    ReadOptions options = ReadOptions.labelled().named(x, "y");
    for (Mapping mapping : Mapping.values()) {
      all.add(Datasets.read(bytesFile, options.with(PIXELS).mapped(mapping)));
      all.add(Datasets.read(floatsFile, options.mapped(mapping)));
    }
    Path doublesFile = folder.resolve("doubles.h5");
    double[] doubles = IntStream.range(0, m * d).mapToDouble(i -> floats[i]).toArray();
    Hdf5Writer.write(doublesFile, new Hdf5Content().float64(x, doubles, m, d).int64("y", y));
    all.add(Datasets.read(doublesFile, options.exact()));
    assertThat(all.stream().map(data -> data.features().storage()).distinct())
        .containsExactlyInAnyOrder("floats", "bytes", "mapped bytes", "mapped floats", "doubles");
    return all;
  }

  @Tag("slow")
  @ParameterizedTest
  @CsvSource({
    "1,1",
    "5,7",
    "16,300",
    "33,257",
    "100,700",
    "784,600",
    "17,2000",
    "3072,60",
    "12288,20"
  })
  void everyStorageTrainsTheSameModel(int d, int m) {
    List<Dataset> all = storages(d, m, new HostileNumbers(d));
    try {
      for (EngineChoice engine : List.of(EngineChoice.PRIMAL, EngineChoice.GRAM)) {
        if (engine == EngineChoice.GRAM && m > 1000) {
          continue;
        }
        for (Kernels kernels : AllKernels.fast()) {
          Map<String, String> runs = new LinkedHashMap<>();
          for (Dataset data : all) {
            for (int size : TEAMS) {
              runs.put(
                  data.features().storage() + " " + size,
                  Engines.run(data, engine, kernels, size, Initialization.NORMAL, 4));
            }
          }
          assertThat(runs.values().stream().distinct())
              .as("%s %s%d: %s", engine, kernels.name(), kernels.lanes(), runs)
              .hasSize(1);
        }
      }
    } finally {
      all.forEach(Dataset::close);
    }
  }

  @Test
  void everyStorageHasTheSameDigestAndPredictions() {
    List<Dataset> all = storages(50, 300, new HostileNumbers(1));
    try {
      // Pixels are another kind than floats of any meaning: each is trained on its own kind.
      List<String> found = new ArrayList<>();
      for (Dataset data : all) {
        Hyperparameters options = Hyperparameters.tutorial().withIterations(7);
        Model model = new LogisticRegression(options).fit(data).model();
        StringBuilder scores = new StringBuilder();
        for (Kernels kernels : AllKernels.fast()) {
          Predictions predictions = model.predict(data, kernels);
          for (int j = 0; j < predictions.size(); j++) {
            scores.append(predictions.score(j)).append(' ');
          }
        }
        found.add(
            data.sha256()
                + model.weightsSha256()
                + model.provenance().data().sha256()
                + scores.toString().hashCode());
      }
      assertThat(found.stream().distinct()).hasSize(1);
    } finally {
      all.forEach(Dataset::close);
    }
  }
}
