// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import picocli.CommandLine.Option;

/** The option for programs that read the output. */
final class JsonOption {

  @Option(names = "--json", description = "Print exactly one JSON object instead of text.")
  private boolean json;

  boolean wanted() {
    return json;
  }
}
