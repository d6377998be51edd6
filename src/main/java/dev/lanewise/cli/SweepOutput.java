// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import dev.lanewise.data.Dataset;
import dev.lanewise.select.SweepResult;
import java.util.Optional;

/** Prints a sweep, as text, JSON or CSV. */
interface SweepOutput {

  /** The data are read. */
  void started(Dataset train, Optional<Dataset> test);

  void finished(SweepResult result);
}
