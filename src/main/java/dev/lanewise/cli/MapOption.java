// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import dev.lanewise.data.Mapping;
import picocli.CommandLine.Option;

/** The option that says whether data stay in their file. */
final class MapOption {

  @Option(
      names = "--map",
      paramLabel = "auto|always|never",
      defaultValue = "auto",
      description = {
        "Compute with contiguous uint8 or float32 features where they lie in the file, or with a copy",
        "in memory; the bits are the same. auto: in the file where a copy would take more than a",
        "quarter of the memory (default: ${DEFAULT-VALUE})."
      })
  private Mapping mapping;

  Mapping choice() {
    return mapping;
  }
}
