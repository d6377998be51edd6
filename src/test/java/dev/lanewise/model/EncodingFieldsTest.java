// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lanewise.data.DataException;
import dev.lanewise.data.Dataset;
import dev.lanewise.data.FeatureNames;
import dev.lanewise.data.FeatureShape;
import dev.lanewise.data.Scaling;
import dev.lanewise.data.Schema;
import dev.lanewise.data.hdf5.Hdf5Content;
import dev.lanewise.data.hdf5.Hdf5File;
import dev.lanewise.data.hdf5.Hdf5Writer;
import dev.lanewise.data.table.CategoricalEncoding;
import dev.lanewise.data.table.NumericEncoding;
import dev.lanewise.data.table.TableEncoding;
import dev.lanewise.data.table.TableOptions;
import dev.lanewise.data.table.TableSource;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A model file keeps how the columns of a table become features. */
class EncodingFieldsTest {

  @TempDir private Path folder;

  private static Schema schema(TableEncoding encoding) {
    return new Schema(
        FeatureShape.of(encoding.width()),
        Scaling.NONE,
        List.of("no", "yes"),
        Optional.empty(),
        Optional.empty(),
        Optional.of(FeatureNames.of(encoding.featureNames())),
        Optional.empty(),
        Optional.of(encoding));
  }

  private static Model model(TableEncoding encoding) {
    float[] weights = new float[encoding.width()];
    Provenance provenance =
        Provenance.now("e", "k", 1, 1, Map.of(), new DataProvenance("t.csv", "0", 1, 1));
    return new Model(weights, 1, schema(encoding), provenance);
  }

  @Test
  void whatIsWrittenIsRead() {
    TableEncoding encoding =
        new TableEncoding(
            List.of(
                new NumericEncoding("age", false, OptionalDouble.of(29.7), true),
                new NumericEncoding("flag", true, OptionalDouble.of(1), false),
                new NumericEncoding("size", false, OptionalDouble.empty(), false),
                new CategoricalEncoding(
                    "color", List.of("a=b", "é"), List.of("r1", "r2"), Optional.of("b"), true),
                new CategoricalEncoding("x", List.of("1"), List.of(), Optional.empty(), false)),
            Set.of("-", "999"));
    Path file = folder.resolve("m.h5");
    ModelFile.write(model(encoding), file);
    assertThat(ModelFile.read(file).schema()).isEqualTo(schema(encoding));
    TableEncoding numbers =
        new TableEncoding(
            List.of(new NumericEncoding("age", false, OptionalDouble.of(0.1), true)), Set.of());
    ModelFile.write(model(numbers), file);
    assertThat(ModelFile.read(file).schema().encoding()).contains(numbers);
    try (Hdf5File hdf5 = Hdf5File.open(file)) {
      assertThat(hdf5.longAttribute("format_version")).hasValue(7);
      assertThat(hdf5.find("encoding_levels")).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "category|1|2|3|'encoding_counts' has 2 elements, expected 3",
        "category|3|0|0|encoding_counts counts 3 levels after 0 of 2",
        "category|1|-1|0|encoding_counts counts -1 levels after 1 of 2",
        "category|1|0|0|'encoding_levels' has 2 elements, expected 1",
        "text|1|1|0|column 'c' is of the unknown kind 'text'",
      })
  void whatCannotBeAnEncodingIsRefused(
      String kind, long levels, long rare, long base, String message) {
    boolean two = message.contains("has 2 elements, expected 3");
    long[] counts = two ? new long[] {levels, rare} : new long[] {levels, rare, base};
    Path file = folder.resolve("crafted.h5");
    Hdf5Writer.write(
        file,
        new Hdf5Content()
            .strings("encoding_columns", List.of("c"))
            .strings("encoding_kinds", List.of(kind))
            .float64("encoding_fills", new double[] {Double.NaN}, 1)
            .int64("encoding_missing", new long[] {0}, 1)
            .int64("encoding_counts", counts, counts.length)
            .strings("encoding_levels", List.of("a", "b")));
    try (Hdf5File hdf5 = Hdf5File.open(file)) {
      assertThatThrownBy(() -> EncodingFields.read(hdf5))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(message);
    }
  }

  @Test
  void anotherEncodingOfTheSameNamesIsNotTheModels() {
    TableEncoding one =
        new TableEncoding(
            List.of(new NumericEncoding("age", false, OptionalDouble.of(1), false)), Set.of());
    TableEncoding two =
        new TableEncoding(
            List.of(new NumericEncoding("age", false, OptionalDouble.of(2), false)), Set.of());
    assertThatThrownBy(() -> schema(one).require(dataset(two), "the model"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("encoded in a way of their own, but the model has another encoding");
  }

  private static Dataset dataset(TableEncoding encoding) {
    return Dataset.of(new float[][] {{1}}, new int[] {0})
        .withFeatureNames(FeatureNames.of(encoding.featureNames()))
        .withTable(
            new TableSource(
                List.of(), Optional.of(encoding), Optional.empty(), TableOptions.STRICT));
  }
}
