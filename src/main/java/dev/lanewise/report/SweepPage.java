// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.report;

import java.util.List;

/**
 * What the page of a sweep shows, as the texts and numbers that stand on it.
 *
 * @param frame what is around the sections
 * @param data the data sets
 * @param cost how the runs went; null where none noted a cost
 * @param failed which runs have no curve, since they failed; empty where none did
 * @param columns of the table of runs
 * @param runs the runs, in the order of the settings
 * @param order which of them is the best, and why; empty where all failed
 * @param best options, provenance and digests of the best; times
 */
record SweepPage(
    Page.Frame frame,
    List<Page.DataView> data,
    Page.CostView cost,
    String failed,
    List<String> columns,
    List<RunRow> runs,
    String order,
    List<Page.FactTable> best) {

  /**
   * A run.
   *
   * @param best whether it is the best
   * @param values for the columns; where the run failed for the first of them alone
   * @param failure why it failed; empty where it did not
   * @param left how many columns the failure stands in
   */
  record RunRow(boolean best, List<String> values, String failure, int left) {}
}
