// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.spark;

import java.util.Locale;
import org.apache.spark.ml.linalg.SparseVector;
import org.apache.spark.ml.linalg.Vector;
import scala.collection.Iterator;
import scala.collection.Seq;

/** Reads the features of a row: a vector, an array of numbers, or bytes without a sign. */
final class RowFeatures {

  private RowFeatures() {}

  /**
   * Returns the features as numbers.
   *
   * @param value of the features column
   * @param where the row, for messages
   * @param mostOfSparse the most features of a sparse vector, which is made dense
   */
  static double[] numbers(Object value, String where, int mostOfSparse) {
    if (value == null) {
      throw new RowException(
          where + ": the features are null; leave such rows out, or impute them");
    }
    if (value instanceof SparseVector sparse && sparse.size() > mostOfSparse) {
      throw new RowException(
          String.format(
              Locale.ROOT,
              "%s: the features are a sparse vector of %d, and Lanewise computes on dense samples,"
                  + " of at most %d features from sparse vectors; reduce them (hashing, selection),"
                  + " or raise maxSparseFeatures",
              where,
              sparse.size(),
              mostOfSparse));
    }
    if (value instanceof Vector vector) {
      return vector.toArray();
    }
    if (value instanceof byte[] bytes) {
      double[] numbers = new double[bytes.length];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = bytes[i] & 0xff;
      }
      return numbers;
    }
    if (value instanceof Seq<?> seq) {
      double[] numbers = new double[seq.length()];
      Iterator<?> elements = seq.iterator();
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = number(elements.next(), where, i);
      }
      return numbers;
    }
    throw new RowException(
        where
            + ": the features are a "
            + value.getClass().getSimpleName()
            + ", expected a vector, an array of numbers, or binary");
  }

  private static double number(Object element, String where, int i) {
    if (element instanceof Number number) {
      return number.doubleValue();
    }
    throw new RowException(
        where + ": feature " + i + " is " + element + "; leave such rows out, or impute them");
  }

  /** Returns the features as bytes; numbers must be whole, from 0 to 255. */
  static byte[] bytes(Object value, String where) {
    if (value instanceof byte[] bytes) {
      return bytes;
    }
    double[] numbers = numbers(value, where, Integer.MAX_VALUE);
    byte[] bytes = new byte[numbers.length];
    for (int i = 0; i < bytes.length; i++) {
      int whole = (int) numbers[i];
      if (whole != numbers[i] || whole < 0 || whole > 255) {
        throw new RowException(
            where
                + ": feature "
                + i
                + " is "
                + numbers[i]
                + ", expected a pixel, a whole number from 0 to 255; or take scale none");
      }
      bytes[i] = (byte) whole;
    }
    return bytes;
  }
}
