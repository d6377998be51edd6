// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import picocli.CommandLine.Model.CommandSpec;

/** A progress bar with the time left; nothing at all where standard error is not a terminal. */
final class ProgressLine implements AutoCloseable {

  // Null where nobody watches, so that the bar's classes and its thread are not even loaded.
  private final ProgressBar bar;

  private ProgressLine(ProgressBar bar) {
    this.bar = bar;
  }

  static ProgressLine of(CommandSpec command, String task, long steps) {
    if (LanewiseCommand.of(command).quiet() || !Terminal.isWatched()) {
      return new ProgressLine(null);
    }
    return new ProgressLine(
        new ProgressBarBuilder()
            .setTaskName(task)
            .setInitialMax(steps)
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(100)
            .setConsumer(new TerminalLine(System.err, Terminal.columns()))
            .build());
  }

  void stepTo(long step) {
    if (bar != null) {
      bar.stepTo(step);
    }
  }

  void cost(double cost) {
    if (bar != null) {
      bar.setExtraMessage(" cost " + Text.number(cost, 6));
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
