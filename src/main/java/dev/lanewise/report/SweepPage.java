// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.report;

import java.util.List;

/**
 * The texts and numbers of the page of a sweep.
 *
 * @param frame title, navigation and footer around the sections
 * @param data the data sets
 * @param cost the curves of the cost; null if no run recorded a cost
 * @param failed the runs that failed and have no curve; empty if none failed
 * @param columns of the table of runs
 * @param runs the runs, in the order of the settings
 * @param order which run is the best, and why; empty if all failed
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
   * @param values a value for each column; if the run failed, only for the first columns
   * @param failure why it failed; empty if it did not fail
   * @param left how many columns the text of the failure spans
   */
  record RunRow(boolean best, List<String> values, String failure, int left) {}
}
