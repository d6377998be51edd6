// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.table;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A model as R and patsy write it: {@code label ~ a + b + a:b + I(a^2)}. {@code a*b} is {@code a +
 * b + a:b}, {@code .} stands for all other columns, {@code C(a)} or {@code factor(a)} for a
 * categorical column, and a name with other characters than letters, digits, dots and underscores
 * stands between backquotes.
 *
 * @param label the column of the labels
 * @param columns the columns that are features; empty for all others, as {@code .} says
 * @param categorical those that are categorical whatever their cells are
 * @param terms interactions and powers
 * @param intercept false with {@code - 1} or {@code + 0}, the last of which decides, as in R
 */
public record Formula(
    String label,
    Optional<List<String>> columns,
    List<String> categorical,
    List<Term> terms,
    boolean intercept) {

  private static final Pattern TOKEN =
      Pattern.compile("\\s*(?:`([^`]+)`|([\\p{L}_.][\\p{L}\\p{N}_.]*)|([0-9]+)|(\\S))");

  /** Checks that no component is null; the lists are copied. */
  public Formula {
    columns = columns.map(List::copyOf);
    categorical = List.copyOf(categorical);
    terms = List.copyOf(terms);
  }

  /**
   * Reads a formula.
   *
   * @param text the formula
   * @return what it says
   * @throws IllegalArgumentException if it is not understood; the message says where
   */
  public static Formula parse(String text) {
    return new Parser(text).formula();
  }

  /** A token: a name, a number or a character. */
  private record Token(boolean isName, String text, int at) {

    boolean is(String character) {
      return !isName && text.equals(character);
    }
  }

  /** Reads one token after the other. */
  private static final class Parser {

    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private final Set<String> columns = new LinkedHashSet<>();
    private final Set<String> categorical = new LinkedHashSet<>();
    private final List<Term> terms = new ArrayList<>();
    private boolean all;
    private boolean intercept = true;
    private int next;

    Parser(String text) {
      this.text = text;
      Matcher matcher = TOKEN.matcher(text);
      while (matcher.lookingAt()) {
        boolean isName = matcher.group(1) != null || matcher.group(2) != null;
        String found = isName ? name(matcher) : plain(matcher);
        tokens.add(new Token(isName, found, matcher.end() - found.length()));
        matcher.region(matcher.end(), text.length());
      }
    }

    private static String name(Matcher matcher) {
      return matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
    }

    private static String plain(Matcher matcher) {
      return matcher.group(3) != null ? matcher.group(3) : matcher.group(4);
    }

    Formula formula() {
      String label = name("the label");
      expect("~");
      term();
      while (next < tokens.size()) {
        if (take("-")) {
          intercept = take("0");
          if (!intercept) {
            expect("1");
          }
          continue;
        }
        expect("+");
        term();
      }
      if (columns.contains(label)) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT, "the formula has '%s' on both sides of ~; leave it out", label));
      }
      for (Term term : terms) {
        for (String column : term.columns()) {
          if (!all && !columns.contains(column)) {
            throw new IllegalArgumentException(
                String.format(
                    Locale.ROOT,
                    "the formula has %s without '%s' itself; add + %s, or write a*b for a + b + a:b",
                    term,
                    column,
                    column));
          }
        }
      }
      if (!all && columns.isEmpty()) {
        throw new IllegalArgumentException("the formula has no column after ~");
      }
      return new Formula(
          label,
          all ? Optional.empty() : Optional.of(List.copyOf(columns)),
          List.copyOf(categorical),
          terms,
          intercept);
    }

    private void term() {
      if (take("0")) {
        intercept = false;
        return;
      }
      if (take("1")) {
        intercept = true;
        return;
      }
      if (next < tokens.size() && tokens.get(next).text().equals(".")) {
        next++;
        all = true;
        return;
      }
      if (isCall("I")) {
        next += 2;
        power();
        return;
      }
      String first = factor();
      if (take("*")) {
        crossed(first);
      } else if (take(":")) {
        List<String> factors = new ArrayList<>(List.of(first));
        do {
          factors.add(factor());
        } while (take(":"));
        add(factors);
      } else {
        columns.add(first);
      }
    }

    /** All products of some of the factors. */
    private void crossed(String first) {
      List<String> factors = new ArrayList<>(List.of(first));
      do {
        factors.add(factor());
      } while (take("*"));
      columns.addAll(factors);
      List<List<String>> products = new ArrayList<>();
      products.add(List.of());
      for (String factor : factors) {
        for (List<String> product : List.copyOf(products)) {
          List<String> longer = new ArrayList<>(product);
          longer.add(factor);
          products.add(longer);
        }
      }
      products.sort((a, b) -> Integer.compare(a.size(), b.size()));
      products.stream().filter(product -> product.size() > 1).forEach(this::add);
    }

    private void add(List<String> factors) {
      if (Set.copyOf(factors).size() < factors.size()) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "the formula has '%s' twice in one term; a power is I(a^2)",
                String.join(":", factors)));
      }
      Term term = new Term(factors);
      if (!terms.contains(term)) {
        terms.add(term);
      }
    }

    private void power() {
      String column = name("a column");
      if (!take("^")) {
        expect("*");
        expect("*");
      }
      Token power = tokens.size() > next ? tokens.get(next++) : null;
      if (power == null || !power.text().matches("[2-8]")) {
        throw wrong("a power from 2 to 8", power);
      }
      expect(")");
      terms.add(new Term(Collections.nCopies(Integer.parseInt(power.text()), column)));
    }

    private String factor() {
      boolean isCategorical = isCall("C") || isCall("factor");
      next += isCategorical ? 2 : 0;
      String column = name("a column");
      if (isCategorical) {
        expect(")");
        categorical.add(column);
      }
      return column;
    }

    private boolean isCall(String function) {
      return next + 1 < tokens.size()
          && tokens.get(next).isName()
          && tokens.get(next).text().equals(function)
          && tokens.get(next + 1).is("(");
    }

    private boolean take(String character) {
      boolean found = next < tokens.size() && tokens.get(next).is(character);
      next += found ? 1 : 0;
      return found;
    }

    private void expect(String character) {
      if (!take(character)) {
        throw wrong("'" + character + "'", next < tokens.size() ? tokens.get(next) : null);
      }
    }

    private String name(String what) {
      Token token = next < tokens.size() ? tokens.get(next) : null;
      if (token == null || !token.isName()) {
        throw wrong(what, token);
      }
      next++;
      return token.text();
    }

    private IllegalArgumentException wrong(String expected, Token found) {
      return new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "the formula '%s' has %s, expected %s",
              text,
              found == null ? "its end" : "'" + found.text() + "' at character " + (found.at() + 1),
              expected));
    }
  }
}
