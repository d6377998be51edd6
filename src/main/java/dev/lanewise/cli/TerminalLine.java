// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import java.io.PrintStream;
import me.tongfei.progressbar.ProgressBarConsumer;

/** One line of a terminal, written over and over and wiped at the end. */
final class TerminalLine implements ProgressBarConsumer {

  private final PrintStream terminal;
  private final int columns;

  TerminalLine(PrintStream terminal, int columns) {
    this.terminal = terminal;
    this.columns = columns;
  }

  @Override
  public int getMaxRenderedLength() {
    // A line as wide as the terminal would wrap.
    return columns - 1;
  }

  @Override
  public void accept(String line) {
    terminal.print("\r" + line);
    terminal.flush();
  }

  @Override
  public void close() {
    terminal.print("\r" + " ".repeat(columns - 1) + "\r");
    terminal.flush();
  }
}
