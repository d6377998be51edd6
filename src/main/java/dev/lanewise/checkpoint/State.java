package dev.lanewise.checkpoint;

import dev.lanewise.data.DataException;
import dev.lanewise.matrix.FloatMatrix;
import java.lang.reflect.Array;
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
  private final Map<String, Object> numbers = new LinkedHashMap<>();

  private State(String source) {
    this.source = source;
  }

  /**
   * Nothing yet: notes what it is given.
   *
   * @return an empty state
   */
  public static State empty() {
    return new State(null);
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

  /** What was kept in a file: float[], double[] or long[] by name. */
  static State kept(String source, Map<String, Object> numbers) {
    State state = new State(source);
    state.numbers.putAll(numbers);
    return state;
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
   * Whether no number of single precision is infinite or NaN: weights that have left the numbers
   * are nothing to go on from.
   *
   * @return true if all are finite
   */
  public boolean isFinite() {
    for (Object array : numbers.values()) {
      if (array instanceof float[]) {
        for (float value : (float[]) array) {
          if (!Float.isFinite(value)) {
            return false;
          }
        }
      }
    }
    return true;
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
   * Notes or replaces whole numbers.
   *
   * @param name unique within the run
   * @param values at least one
   * @throws DataException if as many were not kept, or one has more than 32 bits
   */
  public void integers(String name, int[] values) {
    long[] wide = new long[values.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = values[i];
    }
    transfer(name, wide, wide.length);
    for (int i = 0; i < wide.length; i++) {
      if (wide[i] != (int) wide[i]) {
        throw damaged(String.format(Locale.ROOT, "'%s' has a number %d", name, wide[i]));
      }
      values[i] = (int) wide[i];
    }
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
