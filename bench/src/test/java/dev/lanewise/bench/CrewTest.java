// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class CrewTest {

  @Test
  void everyMemberDoesItsPartEachTime() {
    int[] parts = new int[3];
    try (Crew crew = new Crew(parts.length)) {
      for (int round = 0; round < 1000; round++) {
        crew.run(member -> parts[member]++);
        // Whoever returns before all are done would see an old number here.
        int expected = round + 1;
        assertThat(Arrays.stream(parts)).allMatch(part -> part == expected);
      }
    }
  }

  @Test
  void tellsOfAMemberThatFailed() {
    try (Crew crew = new Crew(2)) {
      assertThatThrownBy(
              () ->
                  crew.run(
                      member -> {
                        if (member == 1) {
                          throw new IllegalStateException("wrong");
                        }
                      }))
          .hasStackTraceContaining("wrong");
    }
  }
}
