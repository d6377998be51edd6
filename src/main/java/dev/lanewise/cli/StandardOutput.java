// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Standard output, which remembers that it could not be written: a {@link PrintWriter} says so to
 * those alone who ask.
 */
final class StandardOutput extends Writer {

  private final Writer target;
  private final boolean pipe;
  private IOException failure;

  /**
   * An output.
   *
   * @param target where it goes
   * @param pipe whether that is known to be a pipe, which fails only when nobody reads it
   */
  StandardOutput(Writer target, boolean pipe) {
    this.target = target;
    this.pipe = pipe;
  }

  /** That of this process. */
  static StandardOutput ofProcess(Writer target) {
    try {
      String link = Files.readSymbolicLink(Path.of("/proc/self/fd/1")).toString();
      return new StandardOutput(target, link.startsWith("pipe:") || link.startsWith("socket:"));
    } catch (IOException | UnsupportedOperationException e) {
      // Not on Linux, where the message is all that there is to tell a pipe by.
      return new StandardOutput(target, false);
    }
  }

  @Override
  public void write(char[] text, int from, int length) throws IOException {
    remember(() -> target.write(text, from, length));
  }

  @Override
  public void flush() throws IOException {
    remember(target::flush);
  }

  @Override
  public void close() throws IOException {
    remember(target::close);
  }

  private interface Work {
    void run() throws IOException;
  }

  // What follows what is missing is not written either.
  private void remember(Work work) throws IOException {
    if (failure != null) {
      throw failure;
    }
    try {
      work.run();
    } catch (IOException e) {
      failure = e;
      throw e;
    }
  }

  /**
   * The exit status of a command that has printed all.
   *
   * @param status what the command itself ended with
   * @param err is told of what could not be written; not if whoever read it has gone away, which is
   *     how {@code head} ends
   */
  int statusAfter(int status, PrintWriter err) {
    try {
      flush();
    } catch (IOException e) {
      // It is remembered.
    }
    if (failure == null) {
      return status;
    }
    if (isClosedPipe()) {
      return status == ExitStatus.DONE ? ExitStatus.PIPE_CLOSED : status;
    }
    err.println(
        "lanewise: standard output: cannot be written: "
            + failure.getMessage()
            + "; what was printed is incomplete");
    return status == ExitStatus.DONE ? ExitStatus.BAD_FILE : status;
  }

  // The message is the operating system's, in the user's language, and so no more than a hint.
  private boolean isClosedPipe() {
    return pipe || String.valueOf(failure.getMessage()).contains("Broken pipe");
  }
}
