// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrintableTest {

  @Test
  void leavesTextAsItIs() {
    for (String text : new String[] {"", "Kätzchen", "猫", "\ud83d\udc08", "قط", "a\u200db \\n ~"}) {
      assertThat(Printable.line(text)).isSameAs(text);
      assertThat(Printable.lines(text)).isSameAs(text);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0, \\u0000",
    "7, \\u0007",
    "9, \\t",
    "10, \\n",
    "13, \\r",
    "27, \\u001b",
    "127, \\u007f",
    "128, \\u0080",
    "133, \\u0085",
    "155, \\u009b",
    "159, \\u009f",
    "1564, \\u061c",
    "8206, \\u200e",
    "8207, \\u200f",
    "8232, \\u2028",
    "8233, \\u2029",
    "8234, \\u202a",
    "8238, \\u202e",
    "8294, \\u2066",
    "8297, \\u2069",
    "55357, \\ud83d",
    "56328, \\udc08"
  })
  void escapesWhatControlsATerminalOrTheDirectionOfWriting(int character, String escape) {
    assertThat(Printable.line("a" + (char) character + "b")).isEqualTo("a" + escape + "b");
    assertThat(Printable.line("" + (char) character)).isEqualTo(escape);
  }

  @Test
  void everyControlCharacterIsEscaped() {
    for (char c = 0; c < 0xa0; c++) {
      assertThat(Printable.line("" + c).length() > 1).isEqualTo(Character.isISOControl(c));
    }
  }

  @Test
  void surrogatesInTheWrongOrderAreEscaped() {
    assertThat(Printable.line("\udc08\ud83d\ud83d\udc08")).isEqualTo("\\udc08\\ud83d\ud83d\udc08");
  }

  @Test
  void severalLinesKeepTheirLineFeedsAndTabsAndNothingElse() {
    assertThat(Printable.lines("a\tb\nc\r\nd\re\u001bf")).isEqualTo("a\tb\nc\r\nd\\re\\u001bf");
  }
}
