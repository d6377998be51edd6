package dev.lanewise.data;

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
}
