// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.report;

import dev.lanewise.data.Dataset;
import dev.lanewise.model.Evaluation;

/**
 * Data that a model is held against.
 *
 * @param name what they are to the model, for instance {@code Training}
 * @param dataset labelled samples in the classes of the model
 * @param evaluation how well the model does on them
 */
record ReportData(String name, Dataset dataset, Evaluation evaluation) {}
