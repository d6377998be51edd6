// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalTest {

  @ParameterizedTest
  @CsvSource({
    "1.0, 1",
    "+1, 1",
    "1e0, 1",
    "01, 1",
    "1.000000000000000000e+00, 1",
    "10e-1, 1",
    "-1.0, -1",
    "-0, 0",
    "0e7, 0",
    ".50, 0.5",
    "5e-1, 0.5",
    "100, 100",
    "1e2, 100",
    "1e300, 1E+300",
    "1e99999999999, 1e99999999999",
    "cat, cat",
    "1.0.0, 1.0.0",
    "NaN, NaN"
  })
  void textsOfOneValueHaveOneNormalText(String text, String normal) {
    assertThat(Decimal.normal(text)).isEqualTo(normal);
    assertThat(Decimal.normal(normal)).isEqualTo(normal);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "+2.5", "3.", ".5", "1e5", "-1.5E-7", "007", "1e+09"})
  void numbers(String text) {
    assertThat(Decimal.isNumber(text)).isTrue();
    assertThat(Float.parseFloat(text)).isNotNaN();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-",
        ".",
        "e5",
        "1e",
        "1e+",
        "NaN",
        "Infinity",
        "inf",
        "1f",
        "1d",
        "0x1p3",
        " 1",
        "1 ",
        "1,5",
        "1_000",
        "--1",
        "1.2.3",
        "?",
        "NA",
        "١"
      })
  void notNumbers(String text) {
    assertThat(Decimal.isNumber(text)).isFalse();
  }
}
