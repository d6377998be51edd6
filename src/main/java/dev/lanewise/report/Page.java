package dev.lanewise.report;

import java.util.List;

/**
 * What the page shows, as the texts and numbers that stand on it.
 *
 * @param title of the window
 * @param kind what is reported: a training run, or how well a model does
 * @param heading what the model tells apart
 * @param headline the few figures that matter most
 * @param data the data sets
 * @param cost how training went; null where there was none
 * @param verdicts how well the model does on each of the data sets
 * @param curves whether there are curves to draw: where one class is told from another
 * @param positive the name of class 1
 * @param weights the weights of each neuron
 * @param surest the samples that the model is surest of, for each of the data sets
 * @param run options, provenance, digests, times
 * @param assets style, scripts and numbers
 */
record Page(
    String title,
    String kind,
    String heading,
    List<Fact> headline,
    List<DataView> data,
    CostView cost,
    List<Verdict> verdicts,
    boolean curves,
    String positive,
    List<WeightsView> weights,
    List<SurestView> surest,
    List<FactTable> run,
    Assets assets) {

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
   * @param classes the first few
   * @param moreClasses what is to be said of the others, or empty
   * @param galleries empty where samples are no pictures
   */
  record DataView(
      String name,
      String source,
      List<Fact> facts,
      List<ClassCount> classes,
      String moreClasses,
      List<Gallery> galleries) {}

  /** The cost of some iterations, and what is said of them. */
  record CostView(String unit, String caption, List<List<String>> table) {}

  /**
   * How well the model does on a data set.
   *
   * @param key the name of the data set in the numbers of the page
   * @param classes the names of the classes, in the order of rows and columns
   * @param rows the confusion matrix, one row for each actual class
   * @param metrics at the threshold one half; empty where there are more than two classes
   * @param bins of the reliability diagram
   * @param thresholds what the slider shows, at some thresholds
   */
  record Verdict(
      String key,
      String name,
      List<Fact> facts,
      List<String> classes,
      List<ConfusionRow> rows,
      List<Metric> metrics,
      String rocArea,
      String averagePrecision,
      List<List<String>> bins,
      List<List<String>> thresholds) {}

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
   * The weights of a neuron.
   *
   * @param pictures of the channels and of all together; empty where samples are no pictures
   * @param largest index and weight of the largest; empty where there are pictures
   */
  record WeightsView(
      String name, String caption, List<WeightPicture> pictures, List<List<String>> largest) {}

  /** Weights drawn as a picture. */
  record WeightPicture(String title, Image image) {}

  /** The samples of a data set that the model is surest of. */
  record SurestView(String name, List<SampleView> right, List<SampleView> wrong) {}

  /**
   * A sample and what the model says of it.
   *
   * @param image null where it is no picture
   */
  record SampleView(
      String number, Image image, String actual, String predicted, String probability) {}

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
