// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import dev.lanewise.train.Execution;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** The options that choose what computes a training. */
final class ExecutionOptions extends KernelOptions {

  @Option(
      names = "--threads",
      paramLabel = "N",
      showDefaultValue = CommandLine.Help.Visibility.NEVER,
      description = "Compute on at most so many; the bits are the same (default: the processors).")
  private Integer threads;

  /**
   * The choice.
   *
   * @throws IllegalArgumentException if the number of threads is out of its range
   */
  Execution execution() {
    return new Execution(request(), threads == null ? Execution.DEFAULT.threads() : threads);
  }
}
