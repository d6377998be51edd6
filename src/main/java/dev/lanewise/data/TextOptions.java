// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The layout of text files, and the columns of a table that are features. Other formats ignore it.
 *
 * <p>A column is given by its name, or by its number from 0 if no column has that name.
 *
 * @param header whether the first line of a table names the columns; empty to detect it
 * @param separator the separator of the fields of a table, a space for any number of spaces and
 *     tabs; empty to detect it
 * @param decimalComma whether numbers in a table have a decimal comma
 * @param dropped columns of a table that are not read
 * @param kept the only columns of a table that are features; empty for all
 * @param firstIndex the index of the first feature in a LIBSVM file, 0 or 1; empty to detect it
 */
public record TextOptions(
    Optional<Boolean> header,
    Optional<Character> separator,
    boolean decimalComma,
    List<String> dropped,
    List<String> kept,
    OptionalInt firstIndex) {

  /** What the command line calls {@code firstIndex}. */
  public static final String FIRST_INDEX = "--first-index";

  /** Everything is detected, and every column is a feature. */
  public static final TextOptions DEFAULT =
      new TextOptions(
          Optional.empty(), Optional.empty(), false, List.of(), List.of(), OptionalInt.empty());

  /**
   * Options; the lists are copied.
   *
   * @throws IllegalArgumentException if the first index is neither 0 nor 1
   */
  public TextOptions {
    Objects.requireNonNull(header, "header");
    Objects.requireNonNull(separator, "separator");
    dropped = List.copyOf(dropped);
    kept = List.copyOf(kept);
    firstIndex.ifPresent(Numbering::checkFirstIndex);
  }

  /**
   * The options about tables.
   *
   * @return for instance {@code --separator}, as the command line calls it
   */
  public List<String> ofTables() {
    List<String> given = new ArrayList<>();
    header.ifPresent(is -> given.add(is ? "--header" : "--no-header"));
    separator.ifPresent(character -> given.add("--separator"));
    if (decimalComma) {
      given.add("--decimal-comma");
    }
    if (!dropped.isEmpty()) {
      given.add("--drop");
    }
    if (!kept.isEmpty()) {
      given.add("--keep");
    }
    return given;
  }

  /**
   * Returns the names of the options that were given.
   *
   * @return for instance {@code --separator}, as the command line calls it
   */
  public List<String> given() {
    List<String> given = ofTables();
    if (firstIndex.isPresent()) {
      given.add(FIRST_INDEX);
    }
    return given;
  }
}
