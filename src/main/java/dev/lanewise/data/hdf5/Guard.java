// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.hdf5;

import dev.lanewise.data.DataException;
import dev.lanewise.matrix.Memory;
import java.io.File;
import java.util.function.Supplier;

/**
 * Stands between jhdf and whoever calls it: whatever escapes the library becomes one line.
 *
 * <p>A damaged file makes the library throw nearly anything, two errors among it: a structure that
 * refers to itself ends in StackOverflowError, a length that is a lie in OutOfMemoryError. Both are
 * properties of the file, so they are caught here and nowhere else.
 */
final class Guard {

  private Guard() {}

  /**
   * Does what may fail in the library.
   *
   * @param source the file, for the message
   * @param subject what is being read, for instance {@code data set 'x'}
   * @param action the library's work
   * @return what the action returns
   * @throws DataException for whatever the action throws, with the cause kept
   */
  static <T> T call(String source, String subject, Supplier<T> action) {
    try {
      return action.get();
    } catch (DataException e) {
      throw e;
    } catch (OutOfMemoryError e) {
      throw new DataException(
          source, Memory.noMoreHeap(subject + " is damaged, or", new File(source).length()), e);
    } catch (StackOverflowError e) {
      throw new DataException(source, subject + " is damaged: its structure refers to itself", e);
    } catch (InternalError e) {
      // The JVM reports a mapped page that has gone away like this.
      throw new DataException(source, subject + " changed or became unreadable while read", e);
    } catch (RuntimeException e) {
      throw new DataException(
          source, subject + " is damaged or of an unsupported kind (" + reason(e) + ")", e);
    }
  }

  private static String reason(Throwable thrown) {
    Throwable deepest = thrown;
    // Bounded, because a cause may lead back to itself.
    for (int i = 0; i < 20 && deepest.getCause() != null; i++) {
      deepest = deepest.getCause();
    }
    String message = deepest.getMessage();
    return message == null || message.isBlank() ? deepest.getClass().getSimpleName() : message;
  }
}
