// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.select;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.data.Dataset;
import dev.lanewise.data.Datasets;
import dev.lanewise.data.ReadOptions;
import dev.lanewise.data.table.TableOptions;
import dev.lanewise.train.Hyperparameters;
import dev.lanewise.train.SharedProducts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A fold is encoded by what its own samples teach, the samples that are held out included. */
class EncodedFoldsTest {

  private static final int[] LEARNED = {0, 1, 2, 3};
  private static final int[] HELD_OUT = {4, 5};

  @TempDir private Path folder;

  private Dataset read() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("t.csv"), "a,c,label\n1,x,0\n,y,1\n2,x,0\n9,y,1\n1000,z,0\n,x,1\n");
    return Datasets.read(file, ReadOptions.labelled().with(TableOptions.AUTOMATIC).exact());
  }

  @Test
  void theOtherFoldTeachesNothing() throws IOException {
    try (Dataset all = read();
        SharedProducts products = SharedProducts.of(all);
        Fold fold = new Fold(all, LEARNED, HELD_OUT, products, Hyperparameters.defaults())) {
      assertThat(fold.learned().featureNames().orElseThrow().list())
          .containsExactly("a", "a=(missing)", "c=x", "c=y");
      assertThat(fold.learned().features().doubles(1)).containsExactly(2, 1, 0, 1);
      assertThat(fold.heldOut().features().doubles(0)).containsExactly(1000, 0, 0, 0);
      assertThat(fold.heldOut().features().doubles(1)).containsExactly(2, 1, 1, 0);
      assertThat(fold.heldOut().schema()).isEqualTo(fold.learned().schema());
      assertThat(fold.learned().labels()).containsExactly(0, 1, 0, 1);
    }
  }

  @Test
  void standardisedFoldsAreEncodedFirst() throws IOException {
    try (Dataset all = read();
        Dataset scaled = all.standardized();
        SharedProducts products = SharedProducts.of(scaled);
        Fold fold = new Fold(scaled, LEARNED, HELD_OUT, products, Hyperparameters.defaults())) {
      double mean = (1 + 2 + 2 + 9) / 4.0;
      double deviation =
          Math.sqrt(
              Arrays.stream(new double[] {1, 2, 2, 9}).map(a -> (a - mean) * (a - mean)).sum() / 4);
      assertThat(fold.heldOut().features().get(0, 0))
          .isEqualTo((float) ((1000 - mean) / deviation));
      assertThat(fold.heldOut().schema()).isEqualTo(fold.learned().schema());
      assertThat(fold.learned().width()).isEqualTo(4);
    }
  }
}
