// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class LanewiseVersionTest {

  @Test
  void theContractSaysItsVersion() throws IOException {
    assertThat(Files.readString(Path.of("docs", "contract.md")))
        .contains("This is version " + LanewiseVersion.CONTRACT + ".");
  }
}
