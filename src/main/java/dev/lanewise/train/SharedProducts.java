// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.train;

import dev.lanewise.data.Dataset;
import dev.lanewise.exec.Compute;
import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.matrix.SampleMatrix;
import dev.lanewise.matrix.Workspace;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Locale;

/**
 * X'X of a data set for several runs on it or on subsets of it: made once, when the first run needs
 * it. Each product is that of two samples and of nothing else, so that a run has the very bits that
 * it has alone.
 *
 * <p>For one run at a time. Close it after the last.
 */
public final class SharedProducts implements AutoCloseable {

  private final Dataset all;
  private final Arena arena;

  /** Of a subset: whose products it takes its own from, and the numbers of its samples there. */
  private final SharedProducts whole;

  private final int[] samples;

  private FloatMatrix g;

  private SharedProducts(Dataset all, Arena arena, SharedProducts whole, int[] samples) {
    this.all = all;
    this.arena = arena;
    this.whole = whole;
    this.samples = samples;
  }

  /**
   * The products of a data set, none of which is computed yet.
   *
   * @param all the samples; open for as long as this is used
   * @return for {@link WarmStart#with}
   */
  public static SharedProducts of(Dataset all) {
    return new SharedProducts(all, Arena.ofShared(), null, null);
  }

  /**
   * Those of some of the samples: rows and columns of all products. Where the subset is less than
   * half, or all products would take more memory than {@link EngineChoice#GRAM_BYTES}, a run makes
   * its own after all, as that is less work, or possible.
   *
   * @param numbers which samples, in the order in which the subset has them
   * @return valid until this is closed; closing it does nothing
   * @throws IllegalStateException if these are the products of a subset
   */
  public SharedProducts subset(int[] numbers) {
    if (whole != null) {
      throw new IllegalStateException(
          "take a subset of the products of all samples, not of a subset");
    }
    return new SharedProducts(all, arena, this, numbers.clone());
  }

  /** G for a run on these samples; see {@link GramSource#gram}. */
  FloatMatrix gram(Compute compute, Workspace ofRun, SampleMatrix x) {
    int count = whole == null ? all.samples() : samples.length;
    if (x.columns() != count || x.rows() != all.width()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "products of %d samples of %d features do not serve %d of %d",
              count,
              all.width(),
              x.columns(),
              x.rows()));
    }
    if (ofRun.isDryRun()) {
      return compute.gram(ofRun, x);
    }
    if (whole == null) {
      return made(compute);
    }
    long m = all.samples();
    if (2L * count < m || m * m > EngineChoice.GRAM_BYTES / Float.BYTES) {
      return compute.gram(ofRun, x);
    }
    return select(ofRun, whole.made(compute));
  }

  private FloatMatrix made(Compute compute) {
    if (g == null) {
      g = all.reading(() -> compute.gram(Workspace.of(arena), all.features()));
    }
    return g;
  }

  private FloatMatrix select(Workspace ofRun, FloatMatrix from) {
    FloatMatrix subset = ofRun.floats(samples.length, samples.length);
    MemorySegment source = from.segment();
    MemorySegment target = subset.segment();
    for (int k = 0; k < samples.length; k++) {
      long column = from.columnOffset(samples[k]);
      long offset = subset.columnOffset(k);
      for (int j = 0; j < samples.length; j++) {
        float product =
            source.get(ValueLayout.JAVA_FLOAT, column + (long) samples[j] * Float.BYTES);
        target.set(ValueLayout.JAVA_FLOAT, offset + (long) j * Float.BYTES, product);
      }
    }
    return subset;
  }

  /** Frees the memory of the products. */
  @Override
  public void close() {
    if (whole == null) {
      arena.close();
    }
  }
}
