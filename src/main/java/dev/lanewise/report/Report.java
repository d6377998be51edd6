// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.report;

import dev.lanewise.data.DataException;
import dev.lanewise.data.Dataset;
import dev.lanewise.data.Schema;
import dev.lanewise.data.file.WholeFile;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.model.Evaluation;
import dev.lanewise.model.Model;
import dev.lanewise.select.CurvePoint;
import dev.lanewise.select.PenaltyScores;
import dev.lanewise.train.TrainingResult;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What a report is of: a model, the data it is held against, and the run that made it, if that has
 * just ended. Immutable.
 *
 * <p>The data sets must stay open until the report is written.
 */
public final class Report {

  /** The name of the data that the model was trained on. */
  public static final String TRAINING = "Training";

  private final Model model;
  private final TrainingResult run;
  private final RunTimes times;
  private final List<ReportData> data;
  private final List<Page.SelectionTable> selection;

  private Report(
      Model model,
      TrainingResult run,
      RunTimes times,
      List<ReportData> data,
      List<Page.SelectionTable> selection) {
    this.model = model;
    this.run = run;
    this.times = times;
    this.data = data;
    this.selection = selection;
  }

  /**
   * Of a model, without the run that made it.
   *
   * @param model a trained model
   * @return a report that has no data yet
   */
  public static Report of(Model model) {
    return new Report(Objects.requireNonNull(model, "model"), null, null, List.of(), List.of());
  }

  /**
   * Of a run that has ended.
   *
   * @param result how it went
   * @param times how long it took
   * @return a report that has no data yet
   */
  public static Report of(TrainingResult result, RunTimes times) {
    return new Report(
        result.model(), result, Objects.requireNonNull(times, "times"), List.of(), List.of());
  }

  /**
   * The same report on further data.
   *
   * @param name what the data are to the model, {@link #TRAINING} for those it was trained on
   * @param dataset labelled samples of classes that the model knows
   * @param evaluation how well the model does on them
   * @return a report with one data set more
   * @throws DataException if the samples have no labels, or do not fit the model
   */
  public Report with(String name, Dataset dataset, Evaluation evaluation) {
    if (!dataset.isLabelled()) {
      throw new DataException(
          dataset.origin().source(), "there are no labels, expected one for each sample");
    }
    // Pictures are shown as they were read; the model standardises them itself if it must.
    // Classes are shown as the model numbers them, which learned those that it saw.
    Schema schema = model.schema().unstandardized();
    Dataset raw = schema.align(dataset.unstandardized(), "the model");
    schema.require(raw, "the model");
    List<ReportData> all = new ArrayList<>(data);
    all.add(new ReportData(name, raw, evaluation));
    return new Report(model, run, times, List.copyOf(all), selection);
  }

  /**
   * The same report with the scores of penalties.
   *
   * @param scores on folds
   * @param picked the index of the penalty that the model was trained with
   * @return a report with one table more
   */
  public Report with(PenaltyScores scores, int picked) {
    return with(SelectionViews.of(scores, picked));
  }

  /**
   * The same report with a learning curve.
   *
   * @param points from few samples to many
   * @return a report with one table more
   */
  public Report with(List<CurvePoint> points) {
    return with(SelectionViews.of(points));
  }

  private Report with(Page.SelectionTable table) {
    List<Page.SelectionTable> all = new ArrayList<>(selection);
    all.add(table);
    return new Report(model, run, times, data, List.copyOf(all));
  }

  /**
   * Writes the page, whole or not at all.
   *
   * @param file the file, new or to be replaced
   * @param kernels what computes the predictions; changes no bit
   * @throws DataException if it cannot be written, or a file of the data was changed meanwhile
   * @throws IllegalStateException if the report has no data
   */
  public void write(Path file, Kernels kernels) {
    ByteBuffer html = ByteBuffer.wrap(html(kernels));
    WholeFile.write(
        file,
        channel -> {
          while (html.hasRemaining()) {
            channel.write(html);
          }
        },
        written -> {});
  }

  /** The page, in UTF-8. */
  byte[] html(Kernels kernels) {
    if (data.isEmpty()) {
      throw new IllegalStateException("a report needs data to hold the model against");
    }
    return Templates.page(new PageBuilder(model, run, times, data, selection, kernels).build());
  }
}
