// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import dev.lanewise.data.Dataset;
import dev.lanewise.data.FeatureNames;
import dev.lanewise.data.Numbering;
import dev.lanewise.data.Schema;
import dev.lanewise.matrix.MappedMatrix;
import dev.lanewise.metric.Calibration;
import dev.lanewise.metric.IsotonicCalibration;
import dev.lanewise.metric.PlattCalibration;
import dev.lanewise.metric.TemperatureCalibration;
import dev.lanewise.model.DenseLayer;
import dev.lanewise.model.Evaluation;
import dev.lanewise.model.Model;
import dev.lanewise.options.Optimizer;
import dev.lanewise.options.Schedule;
import dev.lanewise.options.SgdOptions;
import dev.lanewise.train.SolverOptions;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/** Short descriptions of things, for people. */
final class Describe {

  private static final int SHOWN = 20;

  private Describe() {}

  static String data(Dataset data) {
    String text =
        String.format(
            Locale.ROOT,
            "%s: %d samples of %s",
            data.origin().source(),
            data.samples(),
            data.shape());
    if (data.isLabelled()) {
      text += " (" + counts(data) + ")";
    }
    return data.features() instanceof MappedMatrix ? text + ", mapped" : text;
  }

  private static String counts(Dataset data) {
    if (data.classNames().size() > 2) {
      return data.classNames().size() + " classes";
    }
    StringJoiner text = new StringJoiner(", ");
    for (int number = data.classNames().size() - 1; number >= 0; number--) {
      text.add(data.count(number) + " " + data.classNames().get(number));
    }
    return text.toString();
  }

  /** The classes by their numbers, the first few of many, and of many how many samples each has. */
  static String classes(Dataset data) {
    if (data.classNames().size() == 2) {
      return classes(data.classNames());
    }
    if (!data.isLabelled()) {
      return classes(data.classNames());
    }
    int[] counts = data.counts();
    return classes(data.classNames(), number -> " (" + counts[number] + ")");
  }

  /** The classes by their numbers, the first few of many. */
  static String classes(List<String> names) {
    return classes(names, number -> "");
  }

  private static String classes(List<String> names, IntFunction<String> note) {
    StringJoiner text = new StringJoiner(", ");
    for (int number = 0; number < Math.min(names.size(), SHOWN); number++) {
      text.add(number + " = " + names.get(number) + note.apply(number));
    }
    int more = names.size() - SHOWN;
    return more > 0 ? text + " and " + more + " more" : text.toString();
  }

  static String sgd(SolverOptions options) {
    SgdOptions sgd = options.sgd();
    String text =
        String.format(
            Locale.ROOT,
            "sgd, %d epochs of batches of %d at %s",
            options.iterations(),
            sgd.batchSize(),
            options.learningRate());
    if (sgd.schedule().kind() != Schedule.Kind.CONSTANT) {
      text += " (" + sgd.schedule().kind().id() + ")";
    }
    if (sgd.optimizer() instanceof Optimizer.Sgd steps) {
      String nesterov = steps.nesterov() ? " (nesterov)" : "";
      return steps.momentum() == 0 ? text : text + ", momentum " + steps.momentum() + nesterov;
    }
    return text + ", " + sgd.optimizer().id();
  }

  static String kernel(String kernel, int lanes, int threads) {
    String width = lanes == 1 ? "" : " (" + lanes + " lanes)";
    return kernel + " kernels" + width + ", " + threads + (threads == 1 ? " thread" : " threads");
  }

  static String accuracy(Evaluation evaluation, List<String> classNames) {
    int baseline = evaluation.confusion().mostFrequent();
    return String.format(
        Locale.ROOT,
        "%.2f %% (%d of %d), cost %s; always %s: %.2f %%",
        100 * evaluation.accuracy(),
        evaluation.correct(),
        evaluation.samples(),
        Text.number(evaluation.cost(), 6),
        classNames.get(baseline),
        100 * baseline(evaluation));
  }

  /** The accuracy of saying the most frequent class of all samples. */
  static double baseline(Evaluation evaluation) {
    int most = evaluation.confusion().mostFrequent();
    return (double) evaluation.confusion().samplesOf(most) / evaluation.samples();
  }

  /** How many weights there are. */
  static String weights(Model model) {
    int features = model.schema().shape().size();
    if (!model.isLinear()) {
      StringJoiner sizes = new StringJoiner("-").add("" + features);
      model.layers().forEach(layer -> sizes.add("" + layer.units()));
      return sizes + " network with " + (model.parameterCount() - biases(model.layers()));
    }
    return model.columns() == 1 ? "" + features : model.columns() + " x " + features;
  }

  /** The sizes of the hidden layers, such as "layers of 20, 7 and 5 units". */
  static String hiddenUnits(Model model) {
    int hidden = model.layers().size() - 1;
    StringBuilder text = new StringBuilder(hidden == 1 ? "a layer of " : "layers of ");
    for (int l = 0; l < hidden; l++) {
      text.append(l == 0 ? "" : l == hidden - 1 ? " and " : ", ");
      text.append(model.layers().get(l).units());
    }
    boolean isOne = hidden == 1 && model.layers().getFirst().units() == 1;
    return text.append(isOne ? " unit" : " units").toString();
  }

  private static long biases(List<DenseLayer> layers) {
    return layers.stream().mapToLong(DenseLayer::units).sum();
  }

  /** The bias, or the first few of many. */
  static String biases(Model model) {
    if (!model.provenance().hasIntercept()) {
      return "none: trained without an intercept";
    }
    StringJoiner text = new StringJoiner(" ");
    for (int k = 0; k < Math.min(model.columns(), SHOWN); k++) {
      text.add(Text.number(model.bias(k), 8));
    }
    int more = model.columns() - SHOWN;
    return more > 0 ? text + " and " + more + " more" : text.toString();
  }

  /** The names of features, the first few of many. */
  static String names(FeatureNames names) {
    int more = names.size() - SHOWN;
    String text = String.join(", ", names.list().subList(0, Math.min(names.size(), SHOWN)));
    return more > 0 ? text + " and " + more + " more" : text;
  }

  /** Under which numbers files have the features. */
  static String numbers(Numbering numbering) {
    if (numbering.firstIndex().isPresent()) {
      return "indices from " + numbering.firstIndex().getAsInt();
    }
    List<Integer> columns = numbering.columns();
    int more = columns.size() - SHOWN;
    return String.format(
        Locale.ROOT,
        "columns %s%s of a table of %d",
        columns.stream().limit(SHOWN).map(String::valueOf).collect(Collectors.joining(", ")),
        more > 0 ? " and " + more + " more" : "",
        numbering.tableWidth());
  }

  static String scaling(Schema schema) {
    String text = schema.scaling().description();
    return schema
        .standardization()
        .map(
            by ->
                by.isCentred()
                    ? text + ", then standardised"
                    : text + ", then divided by their deviations")
        .orElse(text);
  }

  /** How scores are corrected. */
  static String calibration(Calibration calibration) {
    if (calibration instanceof PlattCalibration platt) {
      return String.format(
          Locale.ROOT,
          "platt, log-odds times %s plus %s",
          Text.number(platt.slope(), 6),
          Text.number(platt.intercept(), 6));
    }
    if (calibration instanceof IsotonicCalibration isotonic) {
      return String.format(Locale.ROOT, "isotonic, %d knots", isotonic.scores().size());
    }
    double temperature = ((TemperatureCalibration) calibration).temperature();
    return "temperature " + Text.number(temperature, 6);
  }
}
