// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EngineChoiceTest {

  private static final int MOST = Integer.MAX_VALUE;

  @ParameterizedTest
  // m^2 d / 2 + T m^2 < 2 d m T, and no more than 16384 samples.
  @CsvSource({
    "12288,209,2000,GRAM",
    "12288,209,52,PRIMAL",
    "12288,209,53,GRAM",
    "12288,209,0,PRIMAL",
    "784,60000,2000,PRIMAL",
    "784,1000,2000,GRAM",
    "784,1312,2000,PRIMAL",
    "784,1311,2000,GRAM",
    "100,200,1000000000,PRIMAL",
    "100,199,1000000000,GRAM",
    "1,1,1,GRAM",
    "1,2,1,PRIMAL",
    "1000000,16384,1000000,GRAM",
    "1000000,16385,1000000,PRIMAL",
    "500000000,2147483647,2147483647,PRIMAL",
    "2147483647,16384,2147483647,GRAM",
    "1,2147483647,2147483647,PRIMAL",
  })
  void autoCountsMultiplyAdds(int d, int m, int iterations, EngineChoice expected) {
    assertThat(EngineChoice.AUTO.forProblem(d, m, iterations)).isEqualTo(expected);
  }

  @ParameterizedTest
  // m d + 4 d n + 2 T m n < 2 d n T, and no more than 11585 samples.
  @CsvSource({
    "12288,209,20,2500,GRAM",
    "12288,209,20,7,PRIMAL",
    "12288,209,20,8,GRAM",
    "12288,209,7,17,PRIMAL",
    "12288,209,7,18,GRAM",
    "12288,209,20,0,PRIMAL",
    "784,784,128,1000000,PRIMAL",
    "784,700,128,1000000,GRAM",
    "1,1,1,1000,PRIMAL",
    "1000000,11585,10,1000000,GRAM",
    "1000000,11586,10,1000000,PRIMAL",
    "2147483647,11585,11585,2147483647,GRAM",
    "2147483647,11585,11586,2147483647,PRIMAL",
  })
  void autoCountsMultiplyAddsOfNetworks(
      int d, int m, int units, int iterations, EngineChoice expected) {
    List<Integer> hidden = List.of(units, 1);
    assertThat(EngineChoice.AUTO.forNetwork(d, m, hidden, iterations)).isEqualTo(expected);
    assertThat(EngineChoice.PRIMAL.forNetwork(d, m, hidden, iterations))
        .isEqualTo(EngineChoice.PRIMAL);
  }

  @Test
  void tooManySamplesForTheGramEngineOfNetworksAreAClearError() {
    assertThat(EngineChoice.GRAM.forNetwork(1, 11585, List.of(1), 0)).isEqualTo(EngineChoice.GRAM);
    assertThatThrownBy(() -> EngineChoice.GRAM.forNetwork(5, 11586, List.of(2), 10))
        .isInstanceOf(EngineUnavailableException.class)
        .hasMessageContaining("1073883168 bytes")
        .hasMessageContaining("1073741824");
    assertThat(EngineChoice.AUTO.forNetwork(1 << 30, 9, List.of(3, 11586), 1000))
        .isEqualTo(EngineChoice.PRIMAL);
    assertThatThrownBy(() -> EngineChoice.GRAM.forNetwork(5, 9, List.of(3, 11586), 10))
        .isInstanceOf(EngineUnavailableException.class)
        .hasMessageContaining("layers of up to 11585 units, not 11586");
  }

  @Test
  void anEngineAskedForByNameRuns() {
    assertThat(EngineChoice.GRAM.forProblem(1, 16384, 0)).isEqualTo(EngineChoice.GRAM);
    assertThat(EngineChoice.PRIMAL.forProblem(12288, 209, 2000)).isEqualTo(EngineChoice.PRIMAL);
    assertThat(EngineChoice.PRIMAL.forProblem(1, MOST, 0)).isEqualTo(EngineChoice.PRIMAL);
  }

  @Test
  void tooManySamplesForTheGramEngineAreAClearError() {
    assertThatThrownBy(() -> EngineChoice.GRAM.forProblem(5, 16385, 10))
        .isInstanceOf(EngineUnavailableException.class)
        .hasMessageContaining("1073872900 bytes")
        .hasMessageContaining("1073741824");
    assertThatThrownBy(() -> EngineChoice.GRAM.forProblem(5, MOST, 10))
        .isInstanceOf(EngineUnavailableException.class)
        .hasMessageContaining("18446744056529682436 bytes");
  }
}
