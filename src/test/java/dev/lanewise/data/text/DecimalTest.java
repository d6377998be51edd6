// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
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

  @Test
  void numbersAreRoundedOnceAsJavaDoes() {
    List<String> texts =
        new ArrayList<>(
            List.of(
                "0",
                "-0",
                "-0.000",
                "+1",
                "1.",
                ".5",
                "-.5",
                "007",
                "0.1",
                "16777217",
                "16777216",
                "9007199254740993",
                "999999999999999",
                "999999999999999.9",
                "1e5",
                "1.5E-7",
                "0.0000000000000000000001",
                "0.00000000000000000000001",
                "123456.7",
                "1234567.8",
                "0.1234567",
                "0.0000000001",
                "0.00000000001",
                "3.4028236e38"));
    Random random = new Random(5);
    for (int i = 0; i < 200_000; i++) {
      StringBuilder text = new StringBuilder(random.nextInt(4) == 0 ? "-" : "");
      int whole = random.nextInt(9);
      int fraction = random.nextInt(14) + (whole == 0 ? 1 : 0);
      for (int k = 0; k < whole; k++) {
        text.append(random.nextInt(10));
      }
      if (fraction > 0) {
        text.append('.');
      }
      for (int k = 0; k < fraction; k++) {
        text.append(random.nextInt(random.nextBoolean() ? 1 : 10));
      }
      texts.add(text.toString());
    }
    for (String text : texts) {
      assertThat(Decimal.isNumber(text)).as(text).isTrue();
      assertThat(Double.doubleToRawLongBits(Decimal.parse(text, true)))
          .as(text)
          .isEqualTo(Double.doubleToRawLongBits(Double.parseDouble(text)));
      assertThat(Float.floatToRawIntBits((float) Decimal.parse(text, false)))
          .as(text)
          .isEqualTo(Float.floatToRawIntBits(Float.parseFloat(text)));
    }
  }
}
