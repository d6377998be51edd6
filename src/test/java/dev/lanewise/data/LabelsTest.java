package dev.lanewise.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LabelsTest {

  private static Labels of(String... texts) {
    return Labels.ofTexts("file", "y", List.of(texts));
  }

  @Test
  void textsAreClassesInTheirOrder() {
    assertThat(of("dog", "cat", "dog").classNames()).containsExactly("cat", "dog");
    assertThat(of("dog", "cat", "dog").numbers()).containsExactly(1, 0, 1);
    assertThat(of("10", "9", "-1").classNames()).containsExactly("-1", "9", "10");
    assertThat(of("0", "3").classNames()).containsExactly("0", "1", "2", "3");
    assertThat(of("1", "3").classNames()).containsExactly("1", "3");
    assertThat(of("01", "0").classNames()).containsExactly("0", "01");
  }

  @Test
  void whatIsNoClassIsRefused() {
    assertThatThrownBy(() -> of("a", " "))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("the label of sample 1 in y has 0 characters");
    assertThatThrownBy(() -> of("a", "b".repeat(1001)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("has 1001 characters, expected a class of 1 to 1000");
    assertThatThrownBy(() -> of("a", "a"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("every label in y is 'a'");
    List<String> many = IntStream.rangeClosed(0, 65_535).mapToObj(i -> "c" + i).toList();
    assertThatThrownBy(() -> Labels.ofTexts("file", "y", many))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("more than 65535 different labels");
  }

  @Test
  void classNumbersAreWholeAndNotTooHigh() {
    assertThat(Labels.classNumber("file", "y", 0, 65_535, "65535")).isEqualTo(65_535);
    for (double bad : new double[] {-1, 0.5, 65_536, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> Labels.classNumber("file", "y", 3, bad, "bad"))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("the label of sample 3 in y is bad");
    }
  }

  @Test
  void numbersAreInTheOrderOfNumbersWhateverTheyLookLike() {
    assertThat(Labels.ofTexts("f", "y", List.of("10.0", "9.0", "-1.5", "-1e2")).classNames())
        .containsExactly("-1e2", "-1.5", "9.0", "10.0");
  }

  @Test
  void controlCharactersAreNoNames() {
    for (String bad : new String[] {"a\tb", "a\nb", "a\0b", "\u001b[31m"}) {
      assertThatThrownBy(() -> Labels.ofTexts("f", "y", List.of("cat", bad)))
          .isInstanceOf(DataException.class)
          .hasMessage(
              "f: the label of sample 1 in y has a control character in it, expected a name");
    }
  }
}
