// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.report;

import dev.lanewise.metric.ThresholdCounts;
import java.util.List;

/**
 * What the page shows, as the texts and numbers that stand on it.
 *
 * @param frame what is around the sections
 * @param data the data sets
 * @param cost how training went; null where there was none
 * @param verdicts how well a model of two classes does on each of the data sets
 * @param positive the name of class 1 of two
 * @param threshold of two classes; null for more
 * @param selection what folds told before the model was trained
 * @param many how well a model of more classes does; null where there are two
 * @param curves how well one class is separated from the others
 * @param weights the weights
 * @param statistics of the fit; null if the model has none
 * @param surest the samples that the model is surest of, for each of the data sets
 * @param run options, provenance, digests, times
 */
record Page(
    Frame frame,
    List<DataView> data,
    CostView cost,
    List<Verdict> verdicts,
    String positive,
    Threshold threshold,
    List<SelectionTable> selection,
    ManyClasses many,
    CurvesView curves,
    WeightsView weights,
    StatisticsView statistics,
    List<SurestView> surest,
    List<FactTable> run) {

  /**
   * What all pages have around their sections.
   *
   * @param title of the window
   * @param kind what is reported: a training run, how well a model does, a sweep
   * @param heading the classes
   * @param headline the few figures that matter most
   * @param sections what can be gone to
   * @param withoutScripts the text that is shown if scripts do not run
   * @param assets style, scripts and numbers
   */
  record Frame(
      String title,
      String kind,
      String heading,
      List<Fact> headline,
      List<SectionLink> sections,
      String withoutScripts,
      Assets assets) {}

  /** A section by its id and title. */
  record SectionLink(String id, String title) {}

  /**
   * A value under its name.
   *
   * @param name what it is
   * @param value the value
   * @param code whether it is to be read letter by letter
   */
  record Fact(String name, String value, boolean code) {

    static Fact of(String name, String value) {
      return new Fact(name, value, false);
    }

    static Fact code(String name, String value) {
      return new Fact(name, value, true);
    }
  }

  /** Values that belong together. */
  record FactTable(String title, List<Fact> facts) {}

  /**
   * A picture in the page.
   *
   * @param uri the picture itself
   * @param alt what it shows, for those who do not see it
   * @param width in pixels
   * @param height in pixels
   */
  record Image(String uri, String alt, int width, int height) {}

  /** A class and how many samples it has. */
  record ClassCount(String name, String samples, String share, double percent, int colour) {}

  /** Some pictures of a class. */
  record Gallery(String className, List<Image> images) {}

  /**
   * A data set.
   *
   * @param classes the first of them
   * @param manyClasses whether their table is to scroll
   * @param moreClasses a note about the other classes, or empty
   * @param galleries empty where samples are no pictures
   * @param galleriesNote which classes they are of, if not of all
   */
  record DataView(
      String name,
      String source,
      List<Fact> facts,
      List<ClassCount> classes,
      boolean manyClasses,
      String moreClasses,
      List<Gallery> galleries,
      String galleriesNote) {}

  /**
   * The cost of some iterations, with a text about it.
   *
   * @param names of the columns of the table, the first of which is the iteration
   */
  record CostView(String unit, String caption, List<String> names, List<List<String>> table) {}

  /**
   * How well the model does on a data set.
   *
   * @param key the name of the data set in the numbers of the page
   * @param classes the names of the classes, in the order of rows and columns
   * @param rows the confusion matrix, one row for each actual class
   * @param metrics at the threshold of the model
   * @param thresholds what the slider shows, at some thresholds
   */
  record Verdict(
      String key,
      String name,
      List<Fact> facts,
      List<String> classes,
      List<ConfusionRow> rows,
      List<Metric> metrics,
      List<List<String>> thresholds) {}

  /**
   * How well a model of more than two classes does.
   *
   * @param note which of the classes are shown; empty where all are
   */
  record ManyClasses(String note, List<ManyVerdict> verdicts) {}

  /**
   * How well a model of more than two classes does on a data set.
   *
   * @param classes how well it does on each class
   * @param matrix the confusion matrix, one row for each class; empty where there are too many
   * @param large whether the matrix is to scroll
   * @param shortNames whether names fit above a column as they are
   * @param mistakes the classes that are confused most
   */
  record ManyVerdict(
      String name,
      List<Fact> facts,
      List<ClassRow> classes,
      List<ConfusionRow> matrix,
      boolean large,
      boolean shortNames,
      List<MistakeRow> mistakes) {}

  /**
   * The curves of one class against all others.
   *
   * @param choices the classes there are curves of, the first of which is shown at first; empty
   *     where there is nothing to choose
   * @param sets for each of the data sets
   */
  record CurvesView(List<String> choices, List<CurveSet> sets) {}

  /**
   * What stands beside the curves of a data set.
   *
   * @param key the name of the data set in the numbers of the page
   * @param bins of the reliability diagram
   */
  record CurveSet(
      String key, String name, String rocArea, String averagePrecision, List<List<String>> bins) {}

  /** The curves that show how well a class is separated from the others. */
  record ClassRow(String name, List<String> values) {}

  /**
   * The decision threshold of the model.
   *
   * @param text as the model has it
   * @param step the step of the slider that is next to it
   */
  record Threshold(String text, int step) {

    /** What the slider shows. */
    public String shown() {
      return Numbers.decimals(ThresholdCounts.threshold(step), 2);
    }
  }

  /** Scores on folds: a title, a sentence, and a table. */
  record SelectionTable(String title, String note, List<String> columns, List<SelectionRow> rows) {}

  /** A row of scores; one may be picked. */
  record SelectionRow(boolean picked, List<String> values) {}

  /** Samples of a class that were predicted as another. */
  record MistakeRow(String actual, String predicted, String count, String share) {}

  /** A row of a confusion matrix. */
  record ConfusionRow(String actual, List<ConfusionCell> cells) {}

  /**
   * A cell of a confusion matrix.
   *
   * @param id where the slider puts its count
   * @param right whether these samples are right
   * @param shade from 0 to 9: which share of the row it is
   */
  record ConfusionCell(String id, String count, boolean right, int shade) {}

  /** A figure that follows the slider. */
  record Metric(String id, String name, String value) {}

  /**
   * The weights: of one neuron where there are two classes, else of one for each class; of a
   * network those of the units of its first layer.
   *
   * @param isNetwork whether they are those of hidden units
   * @param choices what the weights are chosen by where there are several tables
   * @param caption how many they are
   * @param positive the name of class 1 of two; empty for more
   * @param colours whether a picture shows several channels by their colours
   * @param pictures of the channels and of all together, or of classes; empty where samples are no
   *     pictures
   * @param largest the largest weights of each neuron; empty where there are pictures
   */
  record WeightsView(
      boolean isNetwork,
      List<String> choices,
      String caption,
      String positive,
      boolean colours,
      List<WeightPicture> pictures,
      List<LargestWeights> largest) {}

  /** Weights drawn as a picture. */
  record WeightPicture(String title, String note, Image image) {}

  /** The largest weights of a neuron: its class, and the features with their weights. */
  record LargestWeights(String name, List<List<String>> rows) {}

  /**
   * The statistics of the fit.
   *
   * @param note how the standard errors were estimated
   * @param tables of the coefficients, one for each class but the first
   * @param fit how well the whole model fits
   * @param notes what to know before the numbers are used
   */
  record StatisticsView(
      String note, List<CoefficientTable> tables, List<Fact> fit, List<String> notes) {}

  /** The coefficients of a class: name, then figures. */
  record CoefficientTable(String caption, List<ClassRow> rows) {}

  /** The samples of a data set that the model is surest of. */
  record SurestView(String name, List<SampleView> right, List<SampleView> wrong) {}

  /**
   * A sample and what the model says of it.
   *
   * @param image null where it is no picture
   * @param values of some features; empty for a picture
   */
  record SampleView(
      String number,
      Image image,
      String actual,
      String predicted,
      String probability,
      String values) {}

  /**
   * What the page brings with it.
   *
   * @param policy what a browser is to allow the page: nothing but itself
   * @param style the style sheet
   * @param chartLibrary the script that draws curves, with its licence
   * @param script the page's own script
   * @param json the numbers of the curves, safe inside a script element
   */
  record Assets(String policy, String style, String chartLibrary, String script, String json) {}
}
