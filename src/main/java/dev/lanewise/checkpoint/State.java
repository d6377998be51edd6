// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.checkpoint;

import dev.lanewise.data.DataException;
import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.nn.Layout;
import dev.lanewise.nn.Parameters;
import java.lang.reflect.Array;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Numbers by name: copies of those of a run, to be kept, or numbers that were kept, to be taken
 * back. In the first case its methods note what they are given, in the second they replace it.
 *
 * <p>Not for use by several threads at once.
 */
public final class State {

  // Null where numbers are noted.
  private final String source;
  private final int completed;
  private final Map<String, Object> numbers = new LinkedHashMap<>();

  private State(String source, int completed) {
    this.source = source;
    this.completed = completed;
  }

  /**
   * Nothing yet: notes what it is given.
   *
   * @return an empty state
   */
  public static State empty() {
    return new State(null, 0);
  }

  /**
   * The numbers of a run, as they are now.
   *
   * @param run has them
   * @return copies
   */
  public static State of(Resumable run) {
    State state = empty();
    run.transfer(state);
    return state;
  }

  /**
   * What was kept in a file.
   *
   * @param source the file, for messages
   * @param completed how many iterations or epochs are complete
   * @param numbers float[], double[] or long[] by name
   * @throws DataException if one is infinite or NaN
   */
  static State kept(String source, int completed, Map<String, Object> numbers) {
    State state = new State(source, completed);
    numbers.forEach(
        (name, values) -> {
          int at = firstNotFinite(values);
          if (at >= 0) {
            throw state.damaged(
                String.format(
                    Locale.ROOT,
                    "number %d of '%s' is %s, expected a finite one",
                    at,
                    name,
                    Array.get(values, at)));
          }
          state.numbers.put(name, values);
        });
    return state;
  }

  private static int firstNotFinite(Object values) {
    if (!(values instanceof long[])) {
      for (int i = 0; i < Array.getLength(values); i++) {
        if (!Double.isFinite(Array.getDouble(values, i))) {
          return i;
        }
      }
    }
    return -1;
  }

  /** The arrays by name: float[], double[] or long[]; not to be changed. */
  Map<String, Object> numbers() {
    return Collections.unmodifiableMap(numbers);
  }

  /**
   * Whether it replaces what it is given.
   *
   * @return false if it notes it
   */
  public boolean isKept() {
    return source != null;
  }

  /**
   * Whether numbers were kept. Older checkpoints lack some.
   *
   * @param name unique within the run
   * @return true if there are numbers of that name, or numbers are noted
   */
  public boolean has(String name) {
    return !isKept() || numbers.containsKey(name);
  }

  /**
   * How many iterations or epochs were complete when the numbers were kept.
   *
   * @return 0 where numbers are noted
   */
  public int completed() {
    return completed;
  }

  /**
   * Whether no number is infinite or NaN: weights that are no longer finite are nothing to go on
   * from.
   *
   * @return true if all are finite
   */
  public boolean isFinite() {
    return numbers.values().stream().allMatch(values -> firstNotFinite(values) < 0);
  }

  /**
   * Notes or replaces a matrix of numbers that cannot be negative.
   *
   * @param name unique within the run
   * @param matrix of any shape; without its padding
   * @throws DataException if what was kept is not of this shape, or a number is negative
   */
  public void squares(String name, FloatMatrix matrix) {
    matrix(name, matrix);
    requireSquares(name);
  }

  /**
   * Notes or replaces numbers of double precision that cannot be negative.
   *
   * @param name unique within the run
   * @param values at least one
   * @throws DataException if as many were not kept, or one is negative
   */
  public void squares(String name, double[] values) {
    doubles(name, values);
    requireSquares(name);
  }

  /**
   * Notes or replaces the weights of all layers.
   *
   * @param name unique within the run; with several layers, each has its number from 1 behind it
   * @param parameters of any layout; their biases are left alone
   * @throws DataException if what was kept is not of this layout
   */
  public void weights(String name, Parameters parameters) {
    for (int l = 0; l < parameters.layout().layers().size(); l++) {
      matrix(nameOf(name, l, parameters), parameters.weights(l));
    }
  }

  /**
   * Notes or replaces the weights of all layers, which cannot be negative.
   *
   * @param name unique within the run; with several layers, each has its number from 1 behind it
   * @param parameters of any layout; their biases are left alone
   * @throws DataException if what was kept is not of this layout, or a number is negative
   */
  public void squares(String name, Parameters parameters) {
    for (int l = 0; l < parameters.layout().layers().size(); l++) {
      squares(nameOf(name, l, parameters), parameters.weights(l));
    }
  }

  private static String nameOf(String name, int layer, Parameters parameters) {
    return parameters.layout().layers().size() == 1 ? name : name + "_" + (layer + 1);
  }

  private void requireSquares(String name) {
    Object kept = numbers.get(name);
    for (int i = 0; isKept() && i < Array.getLength(kept); i++) {
      if (Array.getDouble(kept, i) < 0) {
        throw damaged(
            String.format(
                Locale.ROOT,
                "number %d of '%s' is %s, expected a mean of squares",
                i,
                name,
                Array.get(kept, i)));
      }
    }
  }

  /**
   * Notes or replaces a matrix.
   *
   * @param name unique within the run
   * @param matrix of any shape; without its padding
   * @throws DataException if what was kept is not of this shape
   */
  public void matrix(String name, FloatMatrix matrix) {
    int rows = matrix.rows();
    float[] values = new float[Math.multiplyExact(rows, matrix.columns())];
    if (isKept()) {
      floats(name, values);
    }
    float[] column = new float[rows];
    for (int k = 0; k < matrix.columns(); k++) {
      if (isKept()) {
        System.arraycopy(values, k * rows, column, 0, rows);
        matrix.setColumn(k, column);
      } else {
        System.arraycopy(matrix.column(k), 0, values, k * rows, rows);
      }
    }
    if (!isKept()) {
      floats(name, values);
    }
  }

  /**
   * Notes or replaces parameters, view by view, under the names of their layout.
   *
   * @param prefix of the names, unique within the run; may be empty
   * @param parameters of any layout; without their padding
   * @throws DataException if what was kept is not of this layout
   */
  public void parameters(String prefix, Parameters parameters) {
    Layout layout = parameters.layout();
    for (int l = 0; l < layout.layers().size(); l++) {
      matrix(prefix + layout.weightsName(l), parameters.weights(l));
      matrix(prefix + layout.biasName(l), parameters.biases(l));
    }
  }

  /**
   * Notes or replaces numbers of single precision.
   *
   * @param name unique within the run
   * @param values at least one
   * @throws DataException if as many were not kept
   */
  public void floats(String name, float[] values) {
    transfer(name, values, values.length);
  }

  /**
   * Notes or replaces numbers of double precision.
   *
   * @param name unique within the run
   * @param values at least one
   * @throws DataException if as many were not kept
   */
  public void doubles(String name, double[] values) {
    transfer(name, values, values.length);
  }

  /**
   * Notes or replaces the order of whole numbers.
   *
   * @param name unique within the run
   * @param values at least one; those that were kept must be the same in any order
   * @throws DataException if other numbers were kept
   */
  public void order(String name, int[] values) {
    long[] wide = Arrays.stream(values).asLongStream().toArray();
    if (!isKept()) {
      transfer(name, wide, wide.length);
      return;
    }
    long[] expected = wide.clone();
    transfer(name, wide, wide.length);
    long[] found = wide.clone();
    Arrays.sort(expected);
    Arrays.sort(found);
    int at = Arrays.mismatch(found, expected);
    if (at >= 0) {
      throw damaged(
          String.format(
              Locale.ROOT,
              "'%s' is no order of the %d samples: %d is missing or stands there twice",
              name,
              values.length,
              Math.min(found[at], expected[at])));
    }
    Arrays.setAll(values, i -> (int) wide[i]);
  }

  /**
   * Notes or replaces a number.
   *
   * @param name unique within the run
   * @param value the number
   * @return the number that was kept; else the same
   * @throws DataException if none was kept
   */
  public double number(String name, double value) {
    double[] values = {value};
    transfer(name, values, 1);
    return values[0];
  }

  /**
   * Notes or replaces a number of a range.
   *
   * @param name unique within the run
   * @param value the number
   * @param least what it can be at least
   * @param most what it can be at most
   * @return the number that was kept; else the same
   * @throws DataException if none was kept, or one out of this range
   */
  public double number(String name, double value, double least, double most) {
    double found = number(name, value);
    if (isKept() && (found < least || found > most)) {
      throw damaged(
          String.format(Locale.ROOT, "'%s' is %s, expected %s to %s", name, found, least, most));
    }
    return found;
  }

  /**
   * Notes or replaces a whole number.
   *
   * @param name unique within the run
   * @param value the number
   * @return the number that was kept; else the same
   * @throws DataException if none was kept
   */
  public long integer(String name, long value) {
    long[] values = {value};
    transfer(name, values, 1);
    return values[0];
  }

  /**
   * Notes or replaces a count.
   *
   * @param name unique within the run
   * @param value the count
   * @param least what one that was kept can be at least
   * @param most what it can be at most
   * @return the count that was kept; else the same
   * @throws DataException if none was kept, or one out of this range
   */
  public int count(String name, int value, int least, int most) {
    long found = integer(name, value);
    if (isKept() && (found < least || found > most)) {
      throw damaged(
          String.format(Locale.ROOT, "'%s' is %d, expected %d to %d", name, found, least, most));
    }
    return (int) found;
  }

  private void transfer(String name, Object values, int length) {
    if (isKept()) {
      Object kept = numbers.get(name);
      if (kept == null || kept.getClass() != values.getClass() || Array.getLength(kept) != length) {
        throw damaged(
            String.format(
                Locale.ROOT,
                "there are no %d numbers '%s' of the type %s",
                length,
                name,
                values.getClass().getComponentType()));
      }
      System.arraycopy(kept, 0, values, 0, length);
      return;
    }
    Object copy = Array.newInstance(values.getClass().getComponentType(), length);
    System.arraycopy(values, 0, copy, 0, length);
    if (numbers.put(name, copy) != null) {
      throw new IllegalArgumentException("two numbers of a run are called '" + name + "'");
    }
  }

  private DataException damaged(String what) {
    return new DataException(String.valueOf(source), "a damaged checkpoint: " + what);
  }
}
