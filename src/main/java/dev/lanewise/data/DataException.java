// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/**
 * The data or a file is bad. The message is one line for people: which file, what is wrong, what
 * was expected.
 */
public final class DataException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * A complaint about a file.
   *
   * @param source the file or the name of the data
   * @param problem what is wrong and what was expected, without a final full stop
   */
  public DataException(String source, String problem) {
    this(source, problem, null);
  }

  /**
   * A complaint about a file, with what brought it about.
   *
   * @param source the file or the name of the data
   * @param problem what is wrong and what was expected, without a final full stop
   * @param cause shown only on request
   */
  public DataException(String source, String problem, Throwable cause) {
    super(Printable.line((source + ": " + problem).strip()), cause);
  }

  /**
   * A complaint about a file that the operating system does not give.
   *
   * @param source the file
   * @param e what was thrown when it was opened or read
   * @return to be thrown; the thread is still interrupted, if that is the reason
   */
  public static DataException unreadable(String source, IOException e) {
    return new DataException(source, unreadable(e), e);
  }

  /**
   * Why a file cannot be read, for those who name the file themselves.
   *
   * @param e what was thrown when it was opened or read
   * @return what is wrong, without the name of the file
   */
  public static String unreadable(IOException e) {
    if (e instanceof AccessDeniedException) {
      return "may not be read: permission denied";
    }
    if (e instanceof ClosedByInterruptException) {
      return "cannot be read: the thread that reads it was interrupted; read it again";
    }
    if (e instanceof NoSuchFileException) {
      return "no such file";
    }
    if (e instanceof CharacterCodingException) {
      return "is not text in UTF-8";
    }
    // Some exceptions have no message, and that of others is no more than the file's name.
    String reason = e instanceof FileSystemException f ? f.getReason() : e.getMessage();
    return "cannot be read: " + (reason == null ? e.getClass().getSimpleName() : reason);
  }
}
