// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.spark;

import dev.lanewise.train.Checkpointing;
import java.nio.file.Files;
import java.nio.file.Path;

/** The checkpoint of a run that goes on from its own file. */
final class Checkpoints {

  private Checkpoints() {}

  /** Returns checkpoints in a file of the driver, which is resumed from if it is there. */
  static Checkpointing in(Path file) {
    Checkpointing to = Checkpointing.NONE.to(file);
    return Files.exists(file) ? to.from(file) : to;
  }
}
