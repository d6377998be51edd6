// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import dev.lanewise.data.ClassNames;
import dev.lanewise.data.DataException;
import dev.lanewise.data.Dataset;
import dev.lanewise.data.Question;
import dev.lanewise.data.Schema;
import dev.lanewise.model.Model;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The option that makes a question of two answers about data of many classes. */
final class PositiveOption {

  @Option(
      names = "--positive",
      paramLabel = "CLASS",
      split = ",",
      description = {
        "Make two classes of more: the ones that are class 1, by name or number, with commas"
            + " between",
        "them; all others are class 0. A model remembers them."
      })
  private List<String> positive;

  /** The question about the classes of these data, if one is asked. */
  Optional<Question> about(Dataset data) {
    return Optional.ofNullable(positive)
        .map(names -> Question.of(data.origin().source(), data.classNames(), names));
  }

  /** Data to train on: in two classes where a question is asked, else in all they have. */
  Dataset ask(Dataset data) {
    return about(data).map(asked -> asked.ask(data)).orElse(data);
  }

  /**
   * Data to evaluate a model on, in the model's classes: found by their names, or, where the data
   * have none of these names, by what the option says of the data's own classes.
   *
   * @throws DataException if the classes are others and the option does not say which is class 1 of
   *     the model, another question is asked, or what is class 1 in the model is said not to be
   *     positive
   */
  Dataset ask(Dataset data, Model model) {
    Schema schema = model.schema();
    if (positive == null) {
      return schema.align(data, "the model");
    }
    if (schema.classNames().size() > Schema.UNNAMED.size()) {
      throw new DataException(
          data.origin().source(),
          String.format(
              Locale.ROOT,
              "the model tells %d classes apart, and --positive asks a question of two answers",
              schema.classNames().size()));
    }
    Optional<Question> trained =
        schema
            .question()
            .filter(question -> ClassNames.share(data.classNames(), question.classes()));
    if (trained.isEmpty()) {
      Question asked = about(data).orElseThrow();
      checkNames(asked, schema.classNames(), data);
      return asked.ask(data).withClassNames(schema.classNames());
    }
    return askAgain(trained.get(), data);
  }

  private Dataset askAgain(Question trained, Dataset data) {
    boolean many = trained.classes().size() > Schema.UNNAMED.size();
    if (many && data.classNames().equals(Schema.UNNAMED) && positive.equals(List.of("1"))) {
      // The labels are the answers already. Of a question about two classes they are these.
      return data.withClassNames(trained.answers());
    }
    String source = data.origin().source();
    Question asked = Question.of(source, trained.classes(), positive);
    if (!asked.equals(trained)) {
      throw new DataException(
          source, String.format(Locale.ROOT, "the model answers '%s', not '%s'", trained, asked));
    }
    return trained.ask(data);
  }

  // Names say what is meant; classes that are only numbered may be counted otherwise elsewhere.
  private static void checkNames(Question asked, List<String> answers, Dataset data) {
    if (ClassNames.areNumbers(answers)) {
      return;
    }
    String no = answers.get(0);
    String yes = answers.get(1);
    boolean turned =
        asked.positive().contains(no)
            || asked.classes().contains(yes) && !asked.positive().contains(yes);
    if (turned) {
      throw new DataException(
          data.origin().source(),
          String.format(
              Locale.ROOT,
              "class 1 of the model is '%s', but --positive says %s",
              yes,
              String.join(",", asked.positive())));
    }
  }
}
