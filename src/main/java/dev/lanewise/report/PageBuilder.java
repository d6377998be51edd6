package dev.lanewise.report;

import dev.lanewise.data.Labels;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.model.Evaluation;
import dev.lanewise.model.Model;
import dev.lanewise.model.Provenance;
import dev.lanewise.report.metric.RocCurve;
import dev.lanewise.train.Convergence;
import dev.lanewise.train.TrainingResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Puts together what a page shows. */
final class PageBuilder {

  private final Model model;

  /** Null where only a model is reported, and the times with it. */
  private final TrainingResult run;

  private final RunTimes times;
  private final List<ReportData> data;
  private final Kernels kernels;

  PageBuilder(
      Model model, TrainingResult run, RunTimes times, List<ReportData> data, Kernels kernels) {
    this.model = model;
    this.run = run;
    this.times = times;
    this.data = data;
    this.kernels = kernels;
  }

  Page build() {
    boolean twoClasses = model.kind().classNames().size() == 2;
    boolean pictures = model.kind().shape().isPicture();
    List<Page.DataView> dataViews = new ArrayList<>();
    List<Assessment> assessments = new ArrayList<>();
    List<Page.Verdict> verdicts = new ArrayList<>();
    List<Page.SurestView> surest = new ArrayList<>();
    for (ReportData part : data) {
      Assessment assessment = Assessment.of(part, model, kernels);
      verdicts.add(Verdicts.of(assessment, assessment.key(assessments.size()), twoClasses));
      assessments.add(assessment);
      dataViews.add(part.dataset().reading(() -> DataViews.of(part)));
      surest.add(part.dataset().reading(() -> SurestViews.of(assessment)));
    }
    String unit = Costs.unit(model);
    Costs costs = run == null || run.costs().isEmpty() ? null : Costs.of(run.costs(), unit);
    float[] weights = pictures ? null : model.weights();
    String json =
        PageJson.of(
            costs,
            unit,
            twoClasses ? assessments : List.of(),
            pictures ? List.of() : WeightsViews.largestFeatures(weights),
            weights,
            model.kind().featureNames());
    String kind = run == null ? "Evaluation report" : "Training report";
    return new Page(
        heading() + " – " + kind,
        kind,
        heading(),
        headline(assessments, twoClasses),
        dataViews,
        costs == null ? null : costs.view(),
        verdicts,
        twoClasses,
        model.kind().classNames().get(1),
        List.of(WeightsViews.of(model)),
        surest,
        runTables(),
        AssetFiles.with(json));
  }

  private String heading() {
    if (model.kind().question().isPresent()) {
      return model.kind().question().get().toString();
    }
    List<String> names = model.kind().classNames();
    if (Labels.areNumbers(names)) {
      return model.provenance().data().source();
    }
    if (names.size() == 2) {
      return isolated(names.get(1)) + " or " + isolated(names.get(0)) + "?";
    }
    String first =
        names.stream().limit(5).map(PageBuilder::isolated).collect(Collectors.joining(", "));
    return names.size() > 5 ? first + ", …" : first;
  }

  // A name that is written from right to left takes nothing else with it.
  private static String isolated(String name) {
    return name.codePoints().allMatch(PageBuilder::isPlain) ? name : "\u2068" + name + "\u2069";
  }

  private static boolean isPlain(int character) {
    return character >= ' ' && character < 0x7f;
  }

  private List<Page.Fact> headline(List<Assessment> assessments, boolean twoClasses) {
    List<Page.Fact> facts = new ArrayList<>();
    for (Assessment assessment : assessments) {
      Evaluation evaluation = assessment.evaluation();
      facts.add(
          Page.Fact.of(assessment.name() + " accuracy", Numbers.percent(evaluation.accuracy())));
    }
    if (twoClasses) {
      Assessment last = assessments.get(assessments.size() - 1);
      facts.add(
          Page.Fact.of(
              last.name() + " area under ROC",
              last.roc().map(RocCurve::area).map(area -> Numbers.decimals(area, 3)).orElse("–")));
    }
    if (run != null) {
      Convergence end = run.convergence();
      String unit = Costs.unit(model);
      facts.add(
          Page.Fact.of(
              Character.toUpperCase(unit.charAt(0)) + unit.substring(1) + "s",
              Numbers.count(end.iterations())));
      facts.add(Page.Fact.of("Training took", Numbers.seconds(run.seconds())));
    }
    return facts;
  }

  private List<Page.FactTable> runTables() {
    Provenance provenance = model.provenance();
    List<Page.FactTable> tables = new ArrayList<>();
    List<Page.Fact> options = new ArrayList<>();
    for (Map.Entry<String, String> option : provenance.options().entrySet()) {
      options.add(Page.Fact.of(option.getKey(), option.getValue()));
    }
    tables.add(new Page.FactTable("Options", options));
    List<Page.Fact> result = new ArrayList<>();
    result.add(Page.Fact.code("Digest of the weights (SHA-256)", model.weightsSha256()));
    result.add(Page.Fact.of("Bias", Numbers.decimals(model.bias(), 8)));
    result.add(Page.Fact.of("Norm of the weights", Numbers.decimals(model.weightsNorm(), 7)));
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
                          "%s samples, cost %s after epoch %d, the best"
                              .formatted(
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
            "%s of %s"
                .formatted(
                    Numbers.count(provenance.data().samples()),
                    Numbers.count(provenance.data().features()))),
        Page.Fact.code("Digest of the data (SHA-256)", provenance.data().sha256()),
        Page.Fact.of("Lanewise", provenance.lanewise()),
        Page.Fact.of(
            "Computed by",
            "%s kernels%s, %s, engine %s"
                .formatted(
                    provenance.kernel(),
                    provenance.lanes() > 1 ? " of " + provenance.lanes() + " lanes" : "",
                    provenance.threads() == 1 ? "1 thread" : provenance.threads() + " threads",
                    provenance.engine())),
        Page.Fact.of("Java", provenance.java()),
        Page.Fact.of("System", provenance.system()),
        Page.Fact.of("Processor", provenance.cpu()));
  }
}
