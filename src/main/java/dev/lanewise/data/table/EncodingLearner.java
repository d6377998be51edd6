// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.table;

import dev.lanewise.data.table.TableOptions.Imputation;
import dev.lanewise.data.table.TableOptions.MissingCells;
import dev.lanewise.reduce.BlockTree;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/** Learns an encoding from some rows of a table, one column after the other. */
final class EncodingLearner {

  private final Table table;
  private final int[] rows;
  private final TableOptions options;
  private final boolean imputes;

  EncodingLearner(Table table, int[] rows, TableOptions options) {
    this.table = table;
    this.rows = rows;
    this.options = options;
    this.imputes = options.missingCells() == MissingCells.IMPUTE;
  }

  TableEncoding learn() {
    String whole = whole();
    if (whole != null
        && options.terms().stream().anyMatch(term -> term.columns().contains(whole))) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "without an intercept column '%s' has a feature for each level, so that the features of"
                  + " its terms would be collinear; keep the intercept, which gives the same fit",
              whole));
    }
    List<Learned> learned =
        IntStream.range(0, table.columns().size())
            .parallel()
            .mapToObj(i -> learn(i, whole))
            .toList();
    List<ColumnEncoding> encodings = new ArrayList<>();
    for (Learned column : learned) {
      if (column.problem() != null) {
        throw column.problem();
      }
      encodings.add(column.encoding());
    }
    return new TableEncoding(encodings, options.missingValues(), options.terms());
  }

  /** The encoding of a column, or why there is none. */
  private record Learned(ColumnEncoding encoding, IllegalArgumentException problem) {}

  private Learned learn(int i, String whole) {
    TableColumn column = table.columns().get(i);
    boolean dropsBase = options.dropsBase() && !column.name().equals(whole);
    try {
      ColumnEncoding encoding =
          column.kind() == TableColumn.Kind.CATEGORY
              ? categorical(column, i, dropsBase)
              : numeric(column, i);
      return new Learned(encoding, null);
    } catch (IllegalArgumentException e) {
      return new Learned(null, e);
    }
  }

  /** The column that keeps a feature for each level; null if none does. */
  private String whole() {
    if (options.whole().isEmpty()) {
      return null;
    }
    List<String> categories =
        table.columns().stream()
            .filter(column -> column.kind() == TableColumn.Kind.CATEGORY)
            .map(TableColumn::name)
            .toList();
    return options.whole().get().stream()
        .filter(categories::contains)
        .findFirst()
        .or(() -> categories.stream().findFirst())
        .orElse(null);
  }

  private double cell(int column, int row) {
    return table.cells().number(column, rows[row]);
  }

  private NumericEncoding numeric(TableColumn column, int i) {
    boolean isBoolean = column.kind() == TableColumn.Kind.BOOLEAN;
    if (!imputes) {
      return new NumericEncoding(column.name(), isBoolean, OptionalDouble.empty(), false);
    }
    double[] numbers = new double[rows.length];
    int present = 0;
    for (int row = 0; row < rows.length; row++) {
      double number = cell(i, row);
      numbers[present] = number;
      present += Double.isNaN(number) ? 0 : 1;
    }
    numbers = Arrays.copyOf(numbers, present);
    double fill = options.imputation() == Imputation.MEAN ? mean(numbers) : median(numbers);
    return new NumericEncoding(
        column.name(), isBoolean, OptionalDouble.of(fill), numbers.length < rows.length);
  }

  /** 0 if there is no number: the indicator is then 1 everywhere. */
  private static double median(double[] numbers) {
    return numbers.length == 0 ? 0 : Selection.median(numbers);
  }

  // A chain in each block, and the blocks by the tree, as all sums over samples.
  private static double mean(double[] numbers) {
    if (numbers.length == 0) {
      return 0;
    }
    double sum =
        BlockTree.reduce(
            BlockTree.blocks(numbers.length),
            block -> {
              double ofBlock = 0;
              int end = BlockTree.end(block, numbers.length);
              for (int k = BlockTree.start(block); k < end; k++) {
                ofBlock += numbers[k];
              }
              return ofBlock;
            },
            Double::sum);
    return sum / numbers.length;
  }

  private CategoricalEncoding categorical(TableColumn column, int i, boolean dropsBase) {
    int[] counts = new int[column.levels().size()];
    boolean missing = false;
    for (int row = 0; row < rows.length; row++) {
      double cell = cell(i, row);
      if (Double.isNaN(cell)) {
        missing = true;
      } else if (cell >= 0) {
        counts[(int) cell]++;
      }
    }
    BitSet kept = kept(column, counts);
    List<String> levels = new ArrayList<>();
    List<String> rare = new ArrayList<>();
    for (int level = 0; level < counts.length; level++) {
      if (counts[level] > 0) {
        (kept.get(level) ? levels : rare).add(column.levels().get(level));
      }
    }
    Optional<String> base =
        dropsBase && !levels.isEmpty() ? Optional.of(levels.removeFirst()) : Optional.empty();
    return new CategoricalEncoding(column.name(), levels, rare, base, missing && imputes);
  }

  /** The levels that are not rare. */
  private BitSet kept(TableColumn column, int[] counts) {
    int[] frequent =
        IntStream.range(0, counts.length)
            .filter(level -> counts[level] >= options.minCount())
            .toArray();
    boolean others =
        IntStream.of(counts).anyMatch(count -> count > 0 && count < options.minCount());
    BitSet kept = new BitSet();
    if (frequent.length + (others ? 1 : 0) <= options.maxLevels()) {
      IntStream.of(frequent).forEach(kept::set);
      return kept;
    }
    if (!options.rareLevels()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "column '%s' has %d levels, expected at most %d; --rare-levels takes the rarest"
                  + " together, --max-levels allows more, --drop leaves the column out",
              column.name(),
              frequent.length + (others ? 1 : 0),
              options.maxLevels()));
    }
    // Of levels that are as frequent, the first ones.
    IntStream.of(frequent)
        .boxed()
        .sorted(Comparator.comparingInt(level -> -counts[level]))
        .limit(options.maxLevels() - 1L)
        .forEach(kept::set);
    return kept;
  }
}
