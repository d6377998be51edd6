// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormulaTest {

  private static List<String> terms(String formula) {
    return Formula.parse(formula).terms().stream().map(Term::toString).toList();
  }

  @Test
  void namesAreColumnsAndColonsAreInteractions() {
    Formula formula = Formula.parse("survived ~ sex + age + sex:age");
    assertThat(formula.label()).isEqualTo("survived");
    assertThat(formula.columns()).isEqualTo(Optional.of(List.of("sex", "age")));
    assertThat(formula.terms()).containsExactly(new Term(List.of("sex", "age")));
    assertThat(formula.categorical()).isEmpty();
  }

  @Test
  void aStarIsAllProducts() {
    assertThat(Formula.parse("y~a*b").columns()).isEqualTo(Optional.of(List.of("a", "b")));
    assertThat(terms("y ~ a*b*c")).containsExactly("a:b", "a:c", "b:c", "a:b:c");
    assertThat(terms("y ~ a*b + a:b")).containsExactly("a:b");
  }

  @Test
  void powersCategoriesAndTheIntercept() {
    assertThat(terms("y ~ 1 + a + I(a^2) + I(a ** 3)")).containsExactly("a^2", "a^3");
    Formula formula = Formula.parse("y ~ C(a) + factor(b):x + x + b");
    assertThat(formula.categorical()).containsExactly("a", "b");
    assertThat(formula.terms()).containsExactly(new Term(List.of("b", "x")));
  }

  @Test
  void theInterceptIsLeftOutAsInR() {
    assertThat(Formula.parse("y ~ a").intercept()).isTrue();
    for (String formula : List.of("y ~ a - 1", "y ~ a + 0", "y ~ 0 + a", "y ~ a + 1 + b - 1")) {
      assertThat(Formula.parse(formula).intercept()).as(formula).isFalse();
    }
    // The last one decides.
    for (String formula : List.of("y ~ 0 + a + 1", "y ~ a - 1 + 1", "y ~ a - 0")) {
      assertThat(Formula.parse(formula).intercept()).as(formula).isTrue();
    }
  }

  @Test
  void aDotIsAllColumnsAndBackquotesHoldAnyName() {
    assertThat(Formula.parse("y ~ .").columns()).isEmpty();
    assertThat(terms("y ~ . + a:b")).containsExactly("a:b");
    Formula formula = Formula.parse("`is it?` ~ `a column` + größe_2 + a.b");
    assertThat(formula.label()).isEqualTo("is it?");
    assertThat(formula.columns()).isEqualTo(Optional.of(List.of("a column", "größe_2", "a.b")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "y|its end, expected '~'",
        "y ~|its end, expected a column",
        "y ~ a b|'b' at character 7, expected '+'",
        "y ~ a + |its end, expected a column",
        "y ~ a + 2|'2' at character 9, expected a column",
        "y ~ log(a)|'(' at character 8, expected '+'",
        "y ~ a - b|'b' at character 9, expected '1'",
        "y ~ a:b + a|a:b without 'b' itself",
        "y ~ I(a^2)|a^2 without 'a' itself",
        "y ~ a + I(a^9)|'9' at character 13, expected a power from 2 to 8",
        "y ~ a + a:a|a power is I(a^2)",
        "y ~ a + y|'y' on both sides",
        "y ~ 1|no column after ~",
        "2 ~ a|'2' at character 1, expected the label",
      })
  void whatIsNotUnderstoodIsNamed(String formula, String problem) {
    assertThatThrownBy(() -> Formula.parse(formula))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(problem);
  }

  @Test
  void aTermHasFromTwoToEightFactors() {
    assertThat(new Term(List.of("a", "b", "a"))).hasToString("a^2:b");
    assertThatThrownBy(() -> new Term(List.of("a"))).hasMessageContaining("from 2 to 8 factors");
    assertThatThrownBy(() -> new Term(List.of("a", "a", "a", "a", "a", "a", "a", "a", "a")))
        .hasMessageContaining("not 9");
  }
}
