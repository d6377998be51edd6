// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.csv;

import dev.lanewise.data.DataException;
import dev.lanewise.data.ReadOptions;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What the options say of the columns of a table. A column is meant by its name, or by its number
 * from 0 where none has that name.
 */
final class CsvColumns {

  private static final String KEEP = "--keep";
  private static final Set<String> LABELS = Set.of("label", "labels", "target", "class", "y");

  private final String source;
  private final List<String> names;
  private final ReadOptions options;
  private final BitSet left = new BitSet();

  CsvColumns(String source, List<String> names, ReadOptions options) {
    this.source = source;
    this.names = names;
    this.options = options;
    leaveOut();
  }

  private void leaveOut() {
    for (String name : options.text().dropped()) {
      left.or(columns(name, "--drop"));
    }
    if (!options.text().kept().isEmpty()) {
      BitSet kept = new BitSet();
      for (String name : options.text().kept()) {
        kept.or(columns(name, KEEP));
      }
      left.set(0, names.size());
      left.andNot(kept);
    }
  }

  // A test table need not have all that was left out of the one learned from.
  private BitSet columns(String name, String option) {
    BitSet found = new BitSet();
    for (int i = 0; i < names.size(); i++) {
      if (names.get(i).equals(name)) {
        found.set(i);
      }
    }
    if (found.isEmpty()) {
      number(name).ifPresent(found::set);
    }
    boolean known =
        options.wanted().columns().isPresent()
            || options
                .wanted()
                .numbering()
                .filter(numbers -> !numbers.columns().isEmpty())
                .isPresent();
    if (found.isEmpty() && !known) {
      throw missing(name, " to " + option + (option.equals(KEEP) ? " or in --formula" : ""));
    }
    return found;
  }

  private Optional<Integer> number(String text) {
    return text.matches("[0-9]{1,9}") && Integer.parseInt(text) < names.size()
        ? Optional.of(Integer.parseInt(text))
        : Optional.empty();
  }

  private int required(String name) {
    int column = names.indexOf(name);
    return column >= 0 ? column : number(name).orElseThrow(() -> missing(name, ""));
  }

  private DataException missing(String name, String purpose) {
    return new DataException(
        source,
        String.format(
            Locale.ROOT,
            "has no column '%s'%s, expected one of %s",
            name,
            purpose,
            CsvHeader.shown(names)));
  }

  /** Whether a text means a column. */
  boolean isMeant(String text, int column) {
    return names.get(column).equals(text)
        || !names.contains(text) && number(text).filter(number -> number == column).isPresent();
  }

  String source() {
    return source;
  }

  List<String> names() {
    return names;
  }

  /** The numbers of the columns that are no features; may be added to. */
  BitSet left() {
    return left;
  }

  /** The number of the column of the labels, or -1. */
  int label() {
    if (options.entries().features().isPresent()) {
      throw new DataException(
          source,
          "all columns but the label are features; --features is not for CSV, choose with --keep or"
              + " --drop");
    }
    if (options.entries().labels().isPresent()) {
      int column = required(options.entries().labels().get());
      refuseDropped(column, "labels");
      return column;
    }
    Optional<String> remembered =
        options.entries().labelColumn().filter(this::mayBeLabel).filter(this::isLikeTraining);
    if (remembered.isPresent()) {
      if (!options.entries().labelsRequired()) {
        options
            .notices()
            .noted()
            .accept(
                String.format(
                    Locale.ROOT,
                    "%s: column '%s' had the labels in training; left out",
                    source,
                    remembered.get()));
      }
      return names.indexOf(remembered.get());
    }
    List<String> found =
        names.stream()
            .filter(name -> LABELS.contains(name.toLowerCase(Locale.ROOT)))
            .filter(this::mayBeLabel)
            .toList();
    if (found.size() > 1) {
      throw new DataException(
          source,
          String.format(
              Locale.ROOT,
              "the labels could be columns %s; choose with --labels NAME",
              CsvHeader.shown(found)));
    }
    if (found.isEmpty() && options.entries().labelsRequired()) {
      throw new DataException(
          source,
          String.format(
                  Locale.ROOT,
                  "has no column of labels: expected %slabel, target, class or y among %s; choose with",
                  options
                      .entries()
                      .labelColumn()
                      .filter(name -> !LABELS.contains(name))
                      .map(name -> name + ", ")
                      .orElse(""),
                  CsvHeader.shown(names))
              + " --labels NAME");
    }
    return found.isEmpty() ? CsvHeader.NONE : names.indexOf(found.getFirst());
  }

  // A feature of the model is no label, whatever it is called.
  private boolean mayBeLabel(String name) {
    int column = names.indexOf(name);
    return column >= 0
        && options.wanted().columns().filter(wanted -> wanted.contains(name)).isEmpty()
        && !options.entries().weights().equals(Optional.of(name))
        && !options.entries().leftOut().equals(Optional.of(name))
        && !isDropped(column);
  }

  // Without a header a number means a column only in a table as wide as that of training.
  private boolean isLikeTraining(String name) {
    return options
        .wanted()
        .numbering()
        .filter(numbers -> !numbers.columns().isEmpty())
        .filter(numbers -> numbers.tableWidth() != names.size())
        .isEmpty();
  }

  /**
   * The number of the column of the weights, or -1; a column that is left out for being that of
   * other samples' weights is left out from here on.
   */
  int weights(int label) {
    int weights = options.entries().weights().map(this::required).orElse(CsvHeader.NONE);
    if (weights != CsvHeader.NONE) {
      refuseDropped(weights, "weights");
      if (weights == label) {
        throw new DataException(
            source,
            String.format(
                    Locale.ROOT,
                    "column '%s' is to be both the labels and the weights, expected two columns; choose with",
                    names.get(label))
                + " --labels NAME --weights NAME");
      }
    }
    int other = options.entries().leftOut().map(names::indexOf).orElse(CsvHeader.NONE);
    if (other != CsvHeader.NONE && other != label && other != weights) {
      left.set(other);
    }
    return weights;
  }

  // The columns to keep are features: labels and weights need not be among them.
  private boolean isDropped(int column) {
    return options.text().kept().isEmpty() && left.get(column);
  }

  private void refuseDropped(int column, String purpose) {
    if (isDropped(column)) {
      throw new DataException(
          source,
          String.format(
              Locale.ROOT,
              "column '%s' is to be the %s and is left out, expected one of the two",
              names.get(column),
              purpose));
    }
  }
}
