// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.bench.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BaselineTest {

  @TempDir private Path folder;

  private static Machine machine(int lanes, double ratio) {
    Map<String, Double> ratios = new LinkedHashMap<>();
    ratios.put("z", ratio);
    ratios.put("a", 0.5);
    return new Machine(lanes, "a processor", 2, "25", "2026-01-01", ratios);
  }

  @Test
  void comesBackAsItWasWritten() {
    Path file = folder.resolve("baseline.json");
    Baseline baseline = new Baseline(List.of(machine(8, 4.25), machine(16, 7)));

    baseline.write(file);

    assertThat(Baseline.read(file)).isEqualTo(baseline);
    assertThat(Baseline.read(file).machine(8).orElseThrow().ratios().keySet())
        .containsExactly("z", "a");
    assertThat(Baseline.read(file).machine(4)).isEmpty();
  }

  @Test
  void newRatiosOfOneWidthLeaveTheOthersAlone() {
    Baseline before = new Baseline(List.of(machine(8, 4), machine(16, 7)));

    Baseline after = before.with(machine(8, 5));

    assertThat(after.machines()).containsExactly(machine(8, 5), machine(16, 7));
    assertThat(before.with(machine(4, 2)).machines())
        .extracting(Machine::lanes)
        .containsExactly(4, 8, 16);
  }

  @Test
  void aMissingBaselineIsNoBaselineWithoutRatios() {
    assertThatThrownBy(() -> Baseline.read(folder.resolve("none.json")))
        .isInstanceOf(BaselineException.class)
        .hasMessageContaining("none.json");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "{}",
        "{\"machines\": null}",
        "{\"machines\": []} and more",
        "{\"machines\": [], \"more\": 1}",
        "{\"machines\": [{\"lanes\": 8}]}",
        "{\"machines\": [{\"lanes\": 7, \"ratios\": {}}]}",
        "{\"machines\": [{\"ratios\": {}}]}",
        "{\"machines\": [{\"lanes\": 8, \"ratios\": {\"a\": 0}}]}",
        "{\"machines\": [{\"lanes\": 8, \"ratios\": {\"a\": null}}]}",
        "{\"machines\": [{\"lanes\": 8, \"ratios\": {\"a\": \"NaN\"}}]}",
        "{\"machines\": [{\"lanes\": 8, \"ratios\": {\"a\": \"many\"}}]}",
        "{\"machines\": [{\"lanes\": 8, \"ratios\": {}}, {\"lanes\": 8, \"ratios\": {}}]}"
      })
  void refusesADamagedBaselineInOneLine(String json) throws IOException {
    Path file = Files.writeString(folder.resolve("baseline.json"), json);

    assertThatThrownBy(() -> Baseline.read(file))
        .isInstanceOf(BaselineException.class)
        .hasMessageContaining("baseline.json")
        .hasMessageNotContaining("\n");
  }

  @Test
  void readsWhatTheProjectHas() {
    Baseline baseline = Baseline.read(Path.of("baseline.json"));

    for (Machine machine : baseline.machines()) {
      assertThat(Gated.all(machine.lanes()))
          .extracting(Gated::name)
          .containsAll(machine.ratios().keySet());
    }
  }
}
