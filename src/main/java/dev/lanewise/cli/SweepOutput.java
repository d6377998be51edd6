// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import dev.lanewise.data.Dataset;
import dev.lanewise.select.SweepResult;
import java.util.Optional;

/** How a sweep is told: as text, as JSON, or as a table with commas. */
interface SweepOutput {

  /** The data are read. */
  void started(Dataset train, Optional<Dataset> test);

  void finished(SweepResult result);
}
