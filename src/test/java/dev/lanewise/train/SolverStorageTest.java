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
import dev.lanewise.options.Penalty;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Of every solver, what the features are stored as changes no bit: two classes or many. */
@Tag("slow")
class SolverStorageTest {

  @TempDir private Path folder;

  private List<Dataset> storages(int d, int m, int classes) {
    HostileNumbers numbers = new HostileNumbers(d);
    byte[] pixels = TestData.pixels(m, d, d + m);
    float[][] samples = TestData.scaled(pixels, m);
    float[] floats = new float[m * d];
    int[] labels = new int[m];
    for (int j = 0; j < m; j++) {
      System.arraycopy(samples[j], 0, floats, j * d, d);
      labels[j] = j < classes ? j : numbers.between(0, classes - 1);
    }
    long[] y = IntStream.of(labels).asLongStream().toArray();
    Path bytesFile = folder.resolve("bytes.h5");
    Path floatsFile = folder.resolve("floats.h5");
    Hdf5Writer.write(bytesFile, new Hdf5Content().uint8("x", pixels, m, d).int64("y", y));
    Hdf5Writer.write(floatsFile, new Hdf5Content().float32("x", floats, m, d).int64("y", y));
    List<Dataset> all = new ArrayList<>();
    all.add(TestData.ofClasses(samples, labels, classes));
    ReadOptions options = ReadOptions.labelled().named("x", "y");
    NumberOptions pixelsOfTables = NumberOptions.USUAL.told(Optional.of(Scaling.PIXELS));
    for (Mapping mapping : Mapping.values()) {
      all.add(Datasets.read(bytesFile, options.with(pixelsOfTables).mapped(mapping)));
      all.add(Datasets.read(floatsFile, options.mapped(mapping)));
    }
    Path doublesFile = folder.resolve("doubles.h5");
    double[] doubles = IntStream.range(0, m * d).mapToDouble(i -> floats[i]).toArray();
    Hdf5Writer.write(doublesFile, new Hdf5Content().float64("x", doubles, m, d).int64("y", y));
    all.add(Datasets.read(doublesFile, options.exact()));
    assertThat(all.stream().map(data -> data.features().storage()).distinct())
        .containsExactlyInAnyOrder("floats", "bytes", "mapped bytes", "mapped floats", "doubles");
    return all;
  }

  @ParameterizedTest
  @CsvSource({
    "NEWTON,40,300,2",
    "NEWTON,400,60,2",
    "LBFGS,40,300,2",
    "NEWTON,20,700,3",
    "NEWTON,7000,40,3",
    "LBFGS,40,300,4",
    "GD,100,257,5",
    "GD,7000,30,3",
    "SGD,40,300,3"
  })
  void everyStorageGivesTheSameBits(SolverChoice solver, int d, int m, int classes) {
    List<Dataset> all = storages(d, m, classes);
    try {
      Hyperparameters options =
          Hyperparameters.defaults()
              .withSolver(SolverOptions.of(solver))
              .withPenalty(Penalty.l2(2))
              .withIterations(4);
      Set<String> found = new LinkedHashSet<>();
      for (Dataset data : all) {
        for (Kernels kernels : AllKernels.fast()) {
          for (int threads : new int[] {1, 3}) {
            found.add(Runs.run(data, options, kernels, threads).digest());
          }
        }
      }
      assertThat(found).hasSize(1);
    } finally {
      all.forEach(Dataset::close);
    }
  }
}
