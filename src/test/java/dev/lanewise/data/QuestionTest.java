// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class QuestionTest {

  private static final List<String> PETS = List.of("dog", "cat", "bird", "fish");

  private static Dataset data(List<String> names, int... labels) {
    float[][] samples = new float[labels.length][];
    for (int j = 0; j < labels.length; j++) {
      samples[j] = new float[] {j, 1};
    }
    Dataset zeros = Dataset.of(samples, new int[labels.length]);
    return zeros.relabelled(labels, names, null);
  }

  private static Question question(List<String> classes, String... asked) {
    return Question.of("source", classes, List.of(asked));
  }

  @Test
  void positiveClassesAreNamedOrNumbered() {
    assertThat(question(PETS, "cat", "3").positive()).containsExactly("cat", "fish");
    assertThat(question(PETS, "3", " cat ", "cat").positive()).containsExactly("cat", "fish");
    // A name comes before a number.
    assertThat(question(List.of("1", "2", "0"), "1").positive()).containsExactly("1");
    for (String unknown : List.of("horse", "4", "-1", "", "Cat", "99999999999")) {
      assertThatThrownBy(() -> question(PETS, unknown))
          .isInstanceOf(DataException.class)
          .hasMessage("source: has no class '%s', expected one of dog, cat, bird, fish", unknown);
    }
    assertThatThrownBy(() -> question(List.of("a", "b"), "a", "b"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("all of its classes (a, b)");
  }

  @Test
  void answersAreNamedAfterTheClasses() {
    assertThat(question(PETS, "cat").answers()).containsExactly("not cat", "cat");
    assertThat(question(PETS, "cat", "dog", "fish").answers())
        .containsExactly("bird", "dog, cat or fish");
    assertThat(question(List.of("non-cat", "cat"), "cat").answers())
        .containsExactly("non-cat", "cat");
    List<String> many = java.util.stream.IntStream.range(0, 100).mapToObj(i -> "kind" + i).toList();
    assertThat(Question.of("x", many, many.subList(0, 50)).answers().toString())
        .matches("\\[not (one of 50 of 100 classes \\([0-9a-f]{8}\\)), \\1]");
  }

  @Test
  void labelsBecomeAnswers() {
    Question question = question(PETS, "cat", "fish");
    try (Dataset all = data(PETS, 0, 1, 2, 3, 1)) {
      Dataset asked = question.ask(all);
      assertThat(asked.labels()).containsExactly(0, 1, 0, 1, 1);
      assertThat(asked.classNames()).containsExactly("not cat or fish", "cat or fish");
      assertThat(asked.question()).contains(question);
      assertThat(asked.features()).isSameAs(all.features());
      assertThat(question.ask(asked).labels()).containsExactly(0, 1, 0, 1, 1);
      assertThat(asked.named("other").question()).contains(question);
      assertThat(asked.sha256()).isNotEqualTo(all.sha256());
    }
  }

  @Test
  void classesAreTheSameWhereTheirNamesAre() {
    Question question = question(PETS, "cat", "fish");
    try (Dataset other = data(List.of("cat", "dog"), 0, 1, 0)) {
      assertThat(question.ask(other).labels()).containsExactly(1, 0, 1);
    }
    try (Dataset numbered = data(List.of("0", "1", "2"), 0, 1, 2)) {
      assertThatThrownBy(() -> question.ask(numbered))
          .isInstanceOf(DataException.class)
          .hasMessageContaining(
              "sample 0 is of class '0', expected one of dog, cat, bird, fish; names");
    }
    try (Dataset named = data(PETS, 0, 1, 2, 3)) {
      Question numbers = question(List.of("0", "1", "2", "3"), "1");
      assertThatThrownBy(() -> numbers.ask(named))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("sample 0 is of class 'dog', expected one of 0, 1, 2, 3; names");
    }
    try (Dataset written = data(List.of("1.0", "+2", "0e0"), 0, 1, 2)) {
      Question numbers = question(List.of("0", "1", "2"), "1.00");
      assertThat(numbers.ask(written).labels()).containsExactly(1, 0, 0);
    }
    try (Dataset strange = data(List.of("dog", "horse", "cat"), 0, 2, 1)) {
      assertThatThrownBy(() -> question.ask(strange))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("sample 2 is of class 'horse', expected one of dog, cat");
    }
    // A class without a sample does no harm.
    try (Dataset fine = data(List.of("dog", "horse", "cat"), 0, 2, 2)) {
      assertThat(question.ask(fine).labels()).containsExactly(0, 1, 1);
    }
  }

  @Test
  void numbersAreNotTakenForOtherNumbers() {
    Question digits = question(List.of("0", "1", "2", "3"), "2");
    try (Dataset few = data(List.of("1", "2"), 0, 1)) {
      assertThat(digits.ask(few).labels()).containsExactly(0, 1);
    }
    Question signs = question(List.of("-1", "1", "2"), "2");
    try (Dataset zero = data(List.of("0", "1"), 0, 1)) {
      assertThatThrownBy(() -> signs.ask(zero))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("sample 0 is of class '0', expected one of -1, 1, 2");
    }
  }

  @Test
  void aKindFindsItsClassesByName() {
    Schema schema = new Schema(FeatureShape.of(2), Scaling.NONE, List.of("dog", "cat"));
    try (Dataset turned = data(List.of("cat", "bird", "dog"), 0, 2, 2)) {
      Dataset aligned = schema.align(turned, "the model");
      assertThat(aligned.labels()).containsExactly(1, 0, 0);
      assertThat(aligned.classNames()).containsExactly("dog", "cat");
      schema.require(aligned, "the model");
      assertThatThrownBy(() -> schema.require(turned, "the model"))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("classes [cat, bird, dog], but the model has [dog, cat]");
    }
    try (Dataset more = data(List.of("cat", "bird", "dog"), 0, 1, 2)) {
      assertThatThrownBy(() -> schema.align(more, "the model"))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("classes [cat, bird, dog], but the model has [dog, cat]");
    }
    try (Dataset one = data(List.of("cat"), 0, 0)) {
      assertThat(schema.align(one, "the model").labels()).containsExactly(1, 1);
    }
    try (Dataset numbers = data(Schema.UNNAMED, 0, 1)) {
      assertThatThrownBy(() -> schema.align(numbers, "the model"))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("classes [0, 1], but the model has [dog, cat]; names are not");
    }
    try (Dataset numbers = data(List.of("0", "1", "2"), 0, 1, 2)) {
      assertThatThrownBy(() -> schema.align(numbers, "the model"))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("classes [0, 1, 2], but the model has [dog, cat]; names");
    }
  }

  @Test
  void twoClassesCanBeTurnedRound() {
    try (Dataset data = data(Schema.UNNAMED, 0, 1, 1)) {
      Dataset asked = question(Schema.UNNAMED, "0").ask(data);
      assertThat(asked.labels()).containsExactly(1, 0, 0);
      assertThat(asked.classNames()).containsExactly("1", "0");
      Dataset same = question(Schema.UNNAMED, "1").ask(data);
      assertThat(same.labels()).containsExactly(0, 1, 1);
    }
  }

  @Test
  void labelsThatMayBeClassesOrAnswersAreRefused() {
    Question question = question(List.of("0", "1", "2"), "0", "2");
    Schema schema =
        new Schema(
            FeatureShape.of(2), Scaling.NONE, question.answers(), java.util.Optional.of(question));
    try (Dataset data = data(Schema.UNNAMED, 0, 1, 1)) {
      assertThatThrownBy(() -> schema.align(data, "the model"))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("could be classes, or answers to 'is it 0 or 2? (of 0, 1, 2)'")
          .hasMessageContaining("--positive 0,2 or --positive 1");
    }
    try (Dataset data = data(List.of("0", "1", "2"), 0, 1, 1)) {
      assertThat(schema.align(data, "the model").labels()).containsExactly(1, 0, 0);
    }
  }

  @Test
  void unlabelledSamplesStayUnlabelled() {
    try (Dataset data = data(PETS, 0, 1)) {
      Dataset unlabelled = data.relabelled(null, PETS, null);
      Dataset asked = question(PETS, "cat").ask(unlabelled);
      assertThat(asked.isLabelled()).isFalse();
      assertThat(asked.classNames()).containsExactly("not cat", "cat");
    }
  }

  @Test
  void classesCalledByOtherNumbersAreNotCounted() {
    assertThat(question(List.of("10", "20", "30"), "20").positive()).containsExactly("20");
    assertThatThrownBy(() -> question(List.of("10", "20", "30"), "2"))
        .isInstanceOf(DataException.class)
        .hasMessage("source: has no class '2', expected one of 10, 20, 30");
  }

  @Test
  void answersToAnotherLongQuestionAreNotTakenForAnswers() {
    List<String> many = java.util.stream.IntStream.range(0, 100).mapToObj(i -> "kind" + i).toList();
    Question first = Question.of("x", many, many.subList(0, 50));
    Question last = Question.of("x", many, many.subList(50, 100));
    try (Dataset data = data(many, 0, 99)) {
      Dataset answered = first.ask(data);
      assertThat(first.ask(answered).labels()).containsExactly(1, 0);
      assertThatThrownBy(() -> last.ask(answered))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("sample 0 is of class 'one of 50 of 100 classes");
    }
  }
}
