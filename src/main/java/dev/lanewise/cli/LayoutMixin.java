// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import dev.lanewise.data.ReadOptions;
import dev.lanewise.data.TextOptions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that say how files of text are laid out, and which of their columns are features. */
final class LayoutMixin {

  private static final Map<String, Character> SEPARATORS =
      Map.of("comma", ',', "semicolon", ';', "tab", '\t', "\\t", '\t', "pipe", '|', "space", ' ');

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--drop",
      paramLabel = "NAME",
      split = ",",
      description = {
        "Columns of a table that are left out, by name, or by number from 0 where none has the name",
        "(a model keeps which columns it learned from)."
      })
  private List<String> dropped = List.of();

  @Option(
      names = "--keep",
      paramLabel = "NAME",
      split = ",",
      description = "The only columns of a table that are features, by name or by number from 0.")
  private List<String> kept = List.of();

  @Option(
      names = "--header",
      description = "The first line of a table names the columns (default: found out).")
  private boolean header;

  @Option(
      names = "--no-header",
      description = {
        "The first line of a table is a sample; columns are called 0, 1, 2, ... (default: found out,",
        "where all of the line are numbers)."
      })
  private boolean noHeader;

  @Option(
      names = "--separator",
      paramLabel = "CHAR",
      description = {
        "What separates the fields of a table: a character, or comma, semicolon, tab, pipe or space",
        "(any number of spaces and tabs). Default: found out."
      })
  private String separator;

  @Option(
      names = "--decimal-comma",
      description = "Numbers in a table have a comma in the place of the point: 0,5.")
  private boolean decimalComma;

  @Option(
      names = "--first-index",
      paramLabel = "auto|0|1",
      defaultValue = "auto",
      description = {
        "The index of the first feature in LIBSVM's text. auto: that of the model; without a",
        "model 0 if the file has an index 0, else 1."
      })
  private String firstIndex;

  ReadOptions apply(ReadOptions options) {
    refuse(header && noHeader, "choose one of --header and --no-header");
    refuse(!dropped.isEmpty() && !kept.isEmpty(), "choose one of --drop and --keep");
    refuse(
        !firstIndex.matches("auto|0|1"), "--first-index is auto, 0 or 1, not '" + firstIndex + "'");
    return options.laidOut(
        new TextOptions(
            header || noHeader ? Optional.of(header) : Optional.empty(),
            Optional.ofNullable(separator).map(this::character),
            decimalComma,
            dropped,
            kept,
            firstIndex.equals("auto")
                ? OptionalInt.empty()
                : OptionalInt.of(Integer.parseInt(firstIndex))));
  }

  private char character(String text) {
    Character named = SEPARATORS.get(text);
    if (named != null) {
      return named;
    }
    // A character that may stand in a number, a quote or a comment separates nothing.
    refuse(
        !text.matches("[\\t\\x20-\\x7e]") || text.matches("[A-Za-z0-9.+\"#-]"),
        "--separator is a character such as ; or one of comma, semicolon, tab, pipe and space, not '"
            + text
            + "'");
    return text.charAt(0);
  }

  private void refuse(boolean wrong, String message) {
    if (wrong) {
      throw new ParameterException(spec.commandLine(), message);
    }
  }
}
