// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lanewise.data.LabelRules.Missing;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LabelsTest {

  private static Labels of(String... texts) {
    return of(LabelRules.STRICT, List.of(texts)).orElseThrow();
  }

  private static Optional<Labels> of(LabelRules rules, List<String> texts) {
    return Labels.ofTexts("file", "y", texts, rules, List.of());
  }

  private static LabelRules rules(Missing missing) {
    return new LabelRules(missing, false, Optional.empty());
  }

  private static void assertRefused(String message, String... texts) {
    assertThatThrownBy(() -> of(texts))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(message);
  }

  @Test
  void textsAreClassesInTheirOrder() {
    assertThat(of("dog", "cat", "dog").classNames()).containsExactly("cat", "dog");
    assertThat(of("dog", "cat", "dog").numbers()).containsExactly(1, 0, 1);
    assertThat(of("10", "9", "-1").classNames()).containsExactly("-1", "9", "10");
    assertThat(of("0", "3").classNames()).containsExactly("0", "1", "2", "3");
    assertThat(of("1", "3").classNames()).containsExactly("1", "3");
  }

  @Test
  void oneNumberIsOneClassHoweverItIsWritten() {
    Labels labels = of("1", "0", "1.0", "+1", "1e0", "0.0", "-0", "1.000000000000000000e+00", "01");
    assertThat(labels.classNames()).containsExactly("0", "1");
    assertThat(labels.numbers()).containsExactly(1, 0, 1, 1, 1, 0, 0, 1, 1);
    assertThat(of("+1", "-1.0", "1", "-1").classNames()).containsExactly("-1", "1");
    assertThat(of("10.0", "9.0", "-1e2").classNames()).containsExactly("-100", "9", "10");
    assertThat(of("cat", "1.0", "1").classNames()).containsExactly("1", "cat");
  }

  @Test
  void oneClassIsEnough() {
    assertThat(of("yes", "yes").classNames()).containsExactly("yes");
    assertThat(of("-1").classNames()).containsExactly("-1");
    assertThat(of("1", "1.0").classNames()).containsExactly("0", "1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "  ", "?", "NA", "na", "N/A", "n/a", "nan", "NaN", "-nan", "null", "NULL", "None",
        "<NA>", "#N/A", "NaT", ".", "\\N"
      })
  void aMissingLabelIsNoClass(String missing) {
    assertRefused("the label of sample 1 in y is", "a", missing, "b");
    assertRefused("--missing-labels drop leaves out samples without a label", "a", missing, "b");
    List<String> texts = List.of("a", missing, "b");
    Labels dropped = of(rules(Missing.DROP), texts).orElseThrow();
    assertThat(dropped.classNames()).containsExactly("a", "b");
    assertThat(dropped.numbers()).containsExactly(0, Labels.MISSING, 1);
    assertThat(of(LabelRules.UNNEEDED, texts)).isEmpty();
    if (!missing.isBlank()) {
      assertThat(of(rules(Missing.CLASS), texts).orElseThrow().classNames())
          .containsExactlyInAnyOrder("a", "b", missing);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Na", "none", "NONE", "unknown", "-", "no", "n", "nano"})
  void aWordIsAClass(String word) {
    assertThat(of("a", word).classNames()).containsExactlyInAnyOrder("a", word);
  }

  @Test
  void aFileWithoutAnyLabelIsRefused() {
    assertThatThrownBy(() -> of(rules(Missing.DROP), List.of("NA", "")))
        .isInstanceOf(DataException.class)
        .hasMessage("file: no sample has a label in y, expected one for each");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.5", "1.25e0", "-3.75", "1e-7", "inf", "-Infinity"})
  void aQuantityIsNoClassUnlessThatIsSaid(String quantity) {
    assertRefused("the label of sample 2 in y is '" + quantity + "'", "1", "0", quantity);
    assertRefused("--label-type class takes it for one", "1", "0", quantity);
    assertThat(
            of(LabelRules.STRICT.ofAnyType(), List.of("1", "0", quantity))
                .orElseThrow()
                .classNames())
        .hasSize(3);
  }

  @Test
  void moreClassesThanATenthOfTheSamplesAreNone() {
    List<String> texts = new ArrayList<>(Collections.nCopies(60, "0"));
    IntStream.rangeClosed(1, 6).forEach(k -> texts.add("" + k));
    assertThatThrownBy(() -> of(LabelRules.STRICT, texts))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("y has 7 different labels in 66 samples, more than a tenth as many")
        .hasMessageContaining("--label-type class");
    assertThat(of(LabelRules.STRICT.ofAnyType(), texts).orElseThrow().classNames()).hasSize(7);
    texts.addAll(List.of("0", "0", "0", "0"));
    assertThat(of(LabelRules.STRICT, texts).orElseThrow().classNames()).hasSize(7);
    assertThat(of("a", "b", "c", "d", "e").classNames()).as("few").hasSize(5);
    assertRefused("6 different labels in 6 samples", "a", "b", "c", "d", "e", "f");
  }

  @Test
  void whatIsNoClassIsRefused() {
    assertRefused("has 1001 characters, expected a class of 1 to 1000", "a", "b".repeat(1001));
    List<String> many = IntStream.rangeClosed(0, 65_535).mapToObj(i -> "c" + i).toList();
    assertThatThrownBy(() -> of(LabelRules.STRICT.ofAnyType(), many))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("is one more than 65535 different ones");
    for (String bad : new String[] {"a\tb", "a\nb", "a\0b", "\u001b[31m"}) {
      assertRefused(
          "file: the label of sample 1 in y has a control character in it, expected a name",
          "cat",
          bad);
    }
  }

  @Test
  void numbersOfNamedClassesAreWholeAndNotTooHigh() {
    List<String> names = List.of("cat", "dog");
    LabelCollector good = new LabelCollector("file", "y", LabelRules.STRICT, names);
    good.add(LabelCollector.LINE, 2, "1.0");
    good.add(LabelCollector.LINE, 3, 0);
    Labels labels = good.finish().orElseThrow();
    assertThat(labels.numbers()).containsExactly(1, 0);
    assertThat(labels.classNames()).isEqualTo(names);
    for (String bad : new String[] {"-1", "0.5", "65536", "cat", "1e300"}) {
      LabelCollector collector = new LabelCollector("file", "y", LabelRules.STRICT, names);
      assertThatThrownBy(() -> collector.add(LabelCollector.LINE, 7, bad))
          .isInstanceOf(DataException.class)
          .hasMessage(
              "file: line 7: y is '"
                  + bad
                  + "', expected a class number: 0, 1, 2, ... up to 65535");
    }
  }

  @Test
  void wholeNumbersOfAnArrayAreClassNumbersOrClasses() {
    LabelCollector numbers = new LabelCollector("file", "y", LabelRules.STRICT);
    for (long label : new long[] {3, 1, 3}) {
      numbers.add(LabelCollector.SAMPLE, 0, label);
    }
    Labels counted = numbers.finish().orElseThrow();
    assertThat(counted.classNames()).containsExactly("0", "1", "2", "3");
    assertThat(counted.numbers()).containsExactly(3, 1, 3);
    LabelCollector signs = new LabelCollector("file", "y", LabelRules.STRICT);
    for (long label : new long[] {1, -1, 70_000, -1}) {
      signs.add(LabelCollector.SAMPLE, 0, label);
    }
    Labels named = signs.finish().orElseThrow();
    assertThat(named.classNames()).containsExactly("-1", "1", "70000");
    assertThat(named.numbers()).containsExactly(1, 0, 2, 0);
  }

  @Test
  void numbersThatAreNotFiniteOrNotExactAreNoLabels() {
    LabelCollector labels = new LabelCollector("file", "y", LabelRules.STRICT);
    assertThatThrownBy(() -> labels.add(LabelCollector.SAMPLE, 4, Double.NaN, "NaN"))
        .hasMessageContaining(
            "the label of sample 4 in y is 'NaN', which stands for a missing label");
    assertThatThrownBy(() -> labels.add(LabelCollector.SAMPLE, 4, 0x1p60, "1.15E18"))
        .hasMessageContaining("is 1.15E18, expected a whole number of at most 2^53");
  }
}
