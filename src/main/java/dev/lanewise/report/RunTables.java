// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.report;

import dev.lanewise.model.Model;
import dev.lanewise.model.Predictions;
import dev.lanewise.model.Provenance;
import dev.lanewise.train.Convergence;
import dev.lanewise.train.TrainingResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Says how a model came about: options, result, provenance, times. */
final class RunTables {

  private RunTables() {}

  /**
   * The tables of a model.
   *
   * @param model the model
   * @param run null where it was not trained just now
   * @param times null with it
   */
  static List<Page.FactTable> of(Model model, TrainingResult run, RunTimes times) {
    Provenance provenance = model.provenance();
    List<Page.FactTable> tables = new ArrayList<>();
    List<Page.Fact> options = new ArrayList<>();
    for (Map.Entry<String, String> option : provenance.options().entrySet()) {
      options.add(Page.Fact.of(option.getKey(), option.getValue()));
    }
    tables.add(new Page.FactTable("Options", options));
    List<Page.Fact> result = new ArrayList<>();
    result.add(Page.Fact.code("Digest of the weights (SHA-256)", model.weightsSha256()));
    if (!model.isLinear()) {
      result.add(Page.Fact.of("Layers", Architecture.of(model)));
      result.add(Page.Fact.of("Parameters", Numbers.count(model.parameterCount())));
    } else if (!provenance.hasIntercept()) {
      result.add(Page.Fact.of("Bias", "none: trained without an intercept"));
    } else if (model.columns() == 1) {
      result.add(Page.Fact.of("Bias", Numbers.decimals(model.bias(), 8)));
    }
    result.add(Page.Fact.of("Norm of the weights", Numbers.decimals(model.weightsNorm(), 7)));
    if (model.columns() == 1 && model.threshold() != Predictions.THRESHOLD) {
      result.add(Page.Fact.of("Threshold", Float.toString(model.threshold())));
    }
    model
        .calibration()
        .ifPresent(calibration -> result.add(Page.Fact.of("Calibration", calibration.kind().id())));
    if (run != null) {
      Convergence end = run.convergence();
      result.add(Page.Fact.of("Objective at the end", Numbers.decimals(end.objective(), 9)));
      result.add(Page.Fact.of("Norm of its gradient", Numbers.figures(end.gradientNorm())));
      result.add(Page.Fact.of("Converged", end.converged() ? "yes" : "no"));
      result.add(Page.Fact.of("Stopped by", end.stopReason().id()));
      result.add(Page.Fact.of("Passes over the data", Numbers.decimals(end.passes(), 1)));
      run.heldOut()
          .ifPresent(
              held ->
                  result.add(
                      Page.Fact.of(
                          "Held out",
                          String.format(
                              Locale.ROOT,
                              "%s samples, cost %s after epoch %d, the best",
                              Numbers.count(held.samples()),
                              Numbers.decimals(held.cost(), 6),
                              held.bestEpoch()))));
    }
    tables.add(new Page.FactTable("Result", result));
    tables.add(new Page.FactTable("Provenance", provenance(provenance)));
    if (times != null) {
      tables.add(
          new Page.FactTable(
              "Times",
              List.of(
                  Page.Fact.of("To load the data", Numbers.seconds(times.load())),
                  Page.Fact.of("To train", Numbers.seconds(run.seconds())),
                  Page.Fact.of("In all", Numbers.seconds(times.total())))));
    }
    return tables;
  }

  private static List<Page.Fact> provenance(Provenance provenance) {
    return List.of(
        Page.Fact.of("Trained at", provenance.trainedAt()),
        Page.Fact.of("Trained on", provenance.data().source()),
        Page.Fact.of(
            "Samples and features",
            String.format(
                Locale.ROOT,
                "%s of %s",
                Numbers.count(provenance.data().samples()),
                Numbers.count(provenance.data().features()))),
        Page.Fact.code(
            "Digest of the data (SHA-256, " + provenance.data().digest().id() + ")",
            provenance.data().sha256()),
        Page.Fact.of("Lanewise", provenance.lanewise()),
        Page.Fact.of(
            "Computed by",
            String.format(
                Locale.ROOT,
                "%s kernels%s, %s, engine %s",
                provenance.kernel(),
                provenance.lanes() > 1 ? " of " + provenance.lanes() + " lanes" : "",
                provenance.threads() == 1 ? "1 thread" : provenance.threads() + " threads",
                provenance.engine())),
        Page.Fact.of("Java", provenance.java()),
        Page.Fact.of("System", provenance.system()),
        Page.Fact.of("Processor", provenance.cpu()));
  }
}
