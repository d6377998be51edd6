// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows reach every consumer in their order, and failures reach the reader. */
class RowRelayTest {

  private static List<CsvRecord> rows(int count) {
    String text =
        IntStream.range(0, count).mapToObj(j -> j + ",a,b\n").collect(Collectors.joining());
    return CsvReader.builder().ofCsvRecord(text).stream().toList();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 100, 50_000})
  void everyConsumerSeesAllRowsInOrder(int count) {
    List<CsvRecord> rows = rows(count);
    List<String> first = new ArrayList<>();
    List<String> second = new ArrayList<>();
    List<Consumer<CsvRecord>> consumers =
        List.of(row -> first.add(row.getField(0)), row -> second.add(row.getField(0)));
    try (RowRelay relay = new RowRelay(consumers)) {
      rows.forEach(relay::put);
      relay.finish();
    }
    List<String> expected = rows.stream().map(row -> row.getField(0)).toList();
    assertThat(first).isEqualTo(expected);
    assertThat(second).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 50_000})
  void aConsumerThatFailsEndsTheReading(int count) {
    List<CsvRecord> rows = rows(count);
    Consumer<CsvRecord> fails =
        row -> {
          if (row.getField(0).equals("7")) {
            throw new IllegalStateException("row 7");
          }
        };
    assertThatThrownBy(
            () -> {
              try (RowRelay relay = new RowRelay(List.of(row -> {}, fails))) {
                rows.forEach(relay::put);
                relay.finish();
              }
            })
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("row 7");
  }

  @Test
  void aReaderThatFailsLeavesNoThread() {
    List<CsvRecord> rows = rows(20_000);
    List<Thread> threads = new ArrayList<>();
    Consumer<CsvRecord> notes =
        row -> {
          if (threads.isEmpty()) {
            threads.add(Thread.currentThread());
          }
        };
    assertThatThrownBy(
            () -> {
              try (RowRelay relay = new RowRelay(List.of(notes))) {
                rows.forEach(relay::put);
                throw new IllegalStateException("the reader");
              }
            })
        .hasMessage("the reader");
    assertThat(threads.getFirst()).isNotEqualTo(Thread.currentThread());
    assertThat(threads.getFirst().isAlive()).isFalse();
  }
}
