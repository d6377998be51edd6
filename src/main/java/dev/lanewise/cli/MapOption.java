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
        "Keep contiguous uint8 or float32 features in the file and map it (always), or copy",
        "them into memory (never); the bits are the same. auto: map if a copy would take more",
        "than a quarter of the memory (default: ${DEFAULT-VALUE})."
      })
  private Mapping mapping;

  Mapping choice() {
    return mapping;
  }
}
