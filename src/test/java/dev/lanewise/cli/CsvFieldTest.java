// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvFieldTest {

  @ParameterizedTest
  @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\uff1d1"})
  void aFormulaIsEscapedOnRequestAlone(String text) {
    assertThat(CsvField.of(text, true)).isEqualTo("'" + text);
    assertThat(CsvField.of(text, false)).isEqualTo(text);
  }

  @Test
  void whatIsEscapedIsQuotedToo() {
    assertThat(CsvField.of("=A1,\"x\"", true)).isEqualTo("\"'=A1,\"\"x\"\"\"");
    assertThat(CsvField.of("a\nb", true)).isEqualTo("\"a\nb\"");
    assertThat(CsvField.of("", true)).isEmpty();
    assertThat(CsvField.of("a=b", true)).isEqualTo("a=b");
  }
}
