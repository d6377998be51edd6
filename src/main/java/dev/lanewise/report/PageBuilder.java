// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.report;

import dev.lanewise.data.Standardization;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.metric.ThresholdCounts;
import dev.lanewise.model.Evaluation;
import dev.lanewise.model.Model;
import dev.lanewise.model.Predictions;
import dev.lanewise.train.Convergence;
import dev.lanewise.train.TrainingResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/** Puts together what a page shows. */
final class PageBuilder {

  private final Model model;

  /** Null where only a model is reported, and the times with it. */
  private final TrainingResult run;

  private final RunTimes times;
  private final List<ReportData> data;
  private final List<Page.SelectionTable> selection;
  private final Kernels kernels;

  PageBuilder(
      Model model,
      TrainingResult run,
      RunTimes times,
      List<ReportData> data,
      List<Page.SelectionTable> selection,
      Kernels kernels) {
    this.model = model;
    this.run = run;
    this.times = times;
    this.data = data;
    this.selection = selection;
    this.kernels = kernels;
  }

  Page build() {
    boolean twoClasses = model.columns() == 1;
    Optional<Standardization> standardized = model.schema().standardization();
    List<Page.DataView> dataViews = new ArrayList<>();
    List<Assessment> assessments = new ArrayList<>();
    List<Page.SurestView> surest = new ArrayList<>();
    for (ReportData part : data) {
      Assessment assessment = Assessment.of(part, model, kernels);
      assessments.add(assessment);
      dataViews.add(
          part.dataset().reading(() -> DataViews.of(part.name(), part.dataset(), standardized)));
      surest.add(part.dataset().reading(() -> SurestViews.of(assessment, model)));
    }
    Optional<ShownClasses> shown =
        twoClasses
            ? Optional.empty()
            : Optional.of(ShownClasses.of(assessments.get(assessments.size() - 1)));
    List<Integer> classes = shown.map(ShownClasses::numbers).orElse(List.of());
    String unit = Costs.unit(model);
    Costs costs = run == null || run.costs().isEmpty() ? null : Costs.of(run, unit);
    String json = PageJson.of(costs, unit, assessments, classes, largestWeights(classes));
    String kind = run == null ? "Evaluation report" : "Training report";
    String heading = Headings.of(model.schema(), model.provenance().data().source());
    return new Page(
        new Page.Frame(
            heading + " – " + kind,
            kind,
            heading,
            headline(assessments, twoClasses),
            sections(costs != null, !selection.isEmpty(), model.summary().isPresent()),
            String.format(
                Locale.ROOT,
                "Curves and %s need scripts, which this browser does not run. Their values are in the tables beside them.",
                twoClasses ? "slider" : "the choice of a class"),
            AssetFiles.with(json)),
        dataViews,
        costs == null ? null : costs.view(model),
        twoClasses ? verdicts(assessments) : List.of(),
        model.schema().classNames().get(1),
        twoClasses ? threshold() : null,
        selection,
        shown.map(some -> many(assessments, some)).orElse(null),
        curves(assessments, classes),
        weights(classes),
        model.summary().map(StatisticsViews::of).orElse(null),
        surest,
        RunTables.of(model, run, times));
  }

  private static List<Page.SectionLink> sections(
      boolean cost, boolean selection, boolean statistics) {
    List<Page.SectionLink> sections = new ArrayList<>();
    sections.add(new Page.SectionLink("data", "Data"));
    if (cost) {
      sections.add(new Page.SectionLink("cost", "Cost"));
    }
    if (selection) {
      sections.add(new Page.SectionLink("selection", "Cross-validation"));
    }
    sections.add(new Page.SectionLink("accuracy", "Accuracy"));
    sections.add(new Page.SectionLink("curves", "Curves"));
    sections.add(new Page.SectionLink("weights", "Weights"));
    if (statistics) {
      sections.add(new Page.SectionLink("statistics", "Statistics"));
    }
    sections.add(new Page.SectionLink("surest", "Surest samples"));
    sections.add(new Page.SectionLink("run", "Run"));
    return sections;
  }

  private Page.WeightsView weights(List<Integer> classes) {
    if (!model.isLinear()) {
      return WeightsViews.ofNetwork(model);
    }
    return classes.isEmpty() ? WeightsViews.ofTwo(model) : WeightsViews.ofMany(model, classes);
  }

  private List<List<WeightsViews.Largest>> largestWeights(List<Integer> classes) {
    if (model.schema().shape().isPicture()) {
      return List.of();
    }
    List<Integer> neurons = classes.isEmpty() ? List.of(0) : classes;
    if (!model.isLinear()) {
      neurons = IntStream.range(0, WeightsViews.shownUnits(model)).boxed().toList();
    }
    return neurons.stream().map(k -> WeightsViews.largestOf(model, k)).toList();
  }

  private Page.Threshold threshold() {
    float threshold = model.threshold();
    return new Page.Threshold(
        threshold == Predictions.THRESHOLD ? "0.50" : Float.toString(threshold),
        Math.round(threshold * ThresholdCounts.STEPS));
  }

  private List<Page.Verdict> verdicts(List<Assessment> assessments) {
    List<Page.Verdict> verdicts = new ArrayList<>();
    for (Assessment assessment : assessments) {
      verdicts.add(Verdicts.of(assessment, assessment.key(verdicts.size()), threshold().step()));
    }
    return verdicts;
  }

  private static Page.ManyClasses many(List<Assessment> assessments, ShownClasses shown) {
    return new Page.ManyClasses(
        shown.note(), assessments.stream().map(one -> ManyVerdicts.of(one, shown)).toList());
  }

  private Page.CurvesView curves(List<Assessment> assessments, List<Integer> classes) {
    List<Page.CurveSet> sets = new ArrayList<>();
    for (Assessment assessment : assessments) {
      ClassCurves first =
          classes.isEmpty() ? assessment.curves() : assessment.curves(classes.get(0));
      sets.add(first.view(assessment.key(sets.size()), assessment.name()));
    }
    List<String> names = model.schema().classNames();
    return new Page.CurvesView(
        classes.stream().map(names::get).map(Headings::isolated).toList(), sets);
  }

  private List<Page.Fact> headline(List<Assessment> assessments, boolean twoClasses) {
    List<Page.Fact> facts = new ArrayList<>();
    for (Assessment assessment : assessments) {
      Evaluation evaluation = assessment.evaluation();
      facts.add(
          Page.Fact.of(assessment.name() + " accuracy", Numbers.percent(evaluation.accuracy())));
    }
    Assessment last = assessments.get(assessments.size() - 1);
    if (!twoClasses) {
      String macro = Numbers.decimals(last.evaluation().macroF1(), 3);
      facts.add(Page.Fact.of(last.name() + " macro F1", macro));
    }
    facts.add(
        Page.Fact.of(
            last.name() + (twoClasses ? "" : " mean") + " area under ROC",
            (twoClasses ? last.curves().rocArea() : last.meanRocArea())
                .map(area -> Numbers.decimals(area, 3))
                .orElse("–")));
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
}
