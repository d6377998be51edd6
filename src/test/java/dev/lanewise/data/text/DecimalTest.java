package dev.lanewise.data.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalTest {

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
