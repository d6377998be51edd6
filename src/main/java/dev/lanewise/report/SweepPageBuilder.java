// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.report;

import dev.lanewise.data.Dataset;
import dev.lanewise.data.Standardization;
import dev.lanewise.model.Evaluation;
import dev.lanewise.select.SweepResult;
import dev.lanewise.select.SweepRun;
import dev.lanewise.train.TrainingResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Puts together what the page of a sweep shows. */
final class SweepPageBuilder {

  private static final String KIND = "Report of a sweep";

  /** So many runs that failed are named beside the curves; the table has them all. */
  private static final int NAMED = 10;

  private final SweepResult result;
  private final Dataset train;
  private final Optional<Dataset> test;
  private final Optional<Standardization> standardized;
  private final RunTimes times;
  private final boolean seeded;
  private final boolean folded;

  SweepPageBuilder(
      SweepResult result,
      Dataset train,
      Optional<Dataset> test,
      Optional<Standardization> standardized,
      RunTimes times) {
    this.standardized = standardized;
    this.result = result;
    this.train = train;
    this.test = test;
    this.times = times;
    this.seeded = result.runs().stream().map(run -> run.setting().seed()).distinct().count() > 1;
    this.folded = result.runs().stream().anyMatch(run -> run.folds().isPresent());
  }

  SweepPage build() {
    SweepCurves curves = SweepCurves.of(result);
    boolean drawn = !curves.lines().isEmpty();
    String heading = Headings.of(train.schema(), train.origin().source());
    List<Page.SectionLink> sections = new ArrayList<>();
    sections.add(new Page.SectionLink("runs", "Runs"));
    if (drawn) {
      sections.add(new Page.SectionLink("cost", "Cost"));
    }
    sections.add(new Page.SectionLink("data", "Data"));
    sections.add(new Page.SectionLink("run", "The best run"));
    List<Page.DataView> data = new ArrayList<>();
    data.add(train.reading(() -> DataViews.of("Training", train, standardized)));
    test.ifPresent(some -> data.add(some.reading(() -> DataViews.of("Test", some, standardized))));
    return new SweepPage(
        new Page.Frame(
            heading + " – " + KIND,
            KIND,
            heading,
            headline(),
            sections,
            "Curves need scripts, which this browser does not run. Their values are in the table beside them.",
            AssetFiles.with(PageJson.ofRuns("iteration", curves.lines()))),
        data,
        drawn ? curves.view() : null,
        failed(),
        columns(),
        rows(),
        best().isPresent() ? order() : "",
        tables());
  }

  private Optional<SweepRun> best() {
    return result.best().isPresent()
        ? Optional.of(result.runs().get(result.best().getAsInt()))
        : Optional.empty();
  }

  private List<Page.Fact> headline() {
    List<Page.Fact> facts = new ArrayList<>();
    facts.add(Page.Fact.of("Runs", Numbers.count(result.runs().size())));
    long failed = result.runs().stream().filter(run -> !run.succeeded()).count();
    if (failed > 0) {
      facts.add(Page.Fact.of("Failed", Numbers.count(failed)));
    }
    best()
        .ifPresent(
            run -> {
              double rate = run.setting().learningRate();
              facts.add(Page.Fact.of("Best learning rate", Numbers.plain(rate)));
              facts.add(accuracy("Its training accuracy", run.train().orElseThrow().accuracy()));
              run.test()
                  .ifPresent(some -> facts.add(accuracy("Its test accuracy", some.accuracy())));
              run.folds()
                  .ifPresent(
                      score -> facts.add(accuracy("Its accuracy on folds", score.accuracy())));
            });
    facts.add(Page.Fact.of("All took", Numbers.seconds(times.total())));
    return facts;
  }

  private static Page.Fact accuracy(String name, double accuracy) {
    return Page.Fact.of(name, Numbers.percent(accuracy));
  }

  private String failed() {
    List<String> names =
        result.runs().stream()
            .filter(run -> !run.succeeded())
            .map(run -> SweepCurves.name(run.setting(), seeded) + " (" + iterations(run) + ")")
            .toList();
    if (names.isEmpty()) {
      return "";
    }
    String first = String.join("; ", names.subList(0, Math.min(NAMED, names.size())));
    return "Failed, and so without a curve: "
        + first
        + (names.size() > NAMED
            ? String.format(Locale.ROOT, " and %d more.", names.size() - NAMED)
            : ".");
  }

  private static String iterations(SweepRun run) {
    return Numbers.count(run.setting().iterations()) + " iterations";
  }

  private List<String> columns() {
    List<String> columns = new ArrayList<>(List.of("Learning rate", "Iterations"));
    if (seeded) {
      columns.add("Seed");
    }
    // What decides comes first: a phone shows no more than a few columns.
    if (folded) {
      columns.addAll(List.of("Folds cost", "Its deviation", "Folds accuracy"));
    }
    if (test.isPresent()) {
      columns.addAll(List.of("Test accuracy", "Test cost"));
    }
    columns.addAll(List.of("Training cost", "Training accuracy"));
    columns.add("Seconds");
    return columns;
  }

  private List<SweepPage.RunRow> rows() {
    List<SweepPage.RunRow> rows = new ArrayList<>();
    int columns = columns().size();
    for (int place = 0; place < result.runs().size(); place++) {
      SweepRun run = result.runs().get(place);
      List<String> values = new ArrayList<>();
      values.add(Numbers.plain(run.setting().learningRate()));
      values.add(Numbers.count(run.setting().iterations()));
      if (seeded) {
        values.add(Long.toString(run.setting().seed()));
      }
      if (run.succeeded()) {
        run.folds().ifPresent(score -> folds(values, score));
        run.test()
            .ifPresent(
                some -> {
                  values.add(Numbers.percent(some.accuracy()));
                  values.add(Numbers.decimals(some.cost(), 6));
                });
        Evaluation training = run.train().orElseThrow();
        values.add(Numbers.decimals(training.cost(), 6));
        values.add(Numbers.percent(training.accuracy()));
        values.add(Numbers.decimals(run.result().orElseThrow().seconds(), 3));
      }
      boolean best = result.best().isPresent() && result.best().getAsInt() == place;
      rows.add(
          new SweepPage.RunRow(best, values, run.failure().orElse(""), columns - values.size()));
    }
    return rows;
  }

  private static void folds(List<String> values, SweepRun.FoldScore score) {
    boolean diverged = Double.isNaN(score.logLoss());
    values.add(diverged ? "diverged" : Numbers.decimals(score.logLoss(), 6));
    values.add(diverged ? "–" : Numbers.decimals(score.deviation(), 6));
    values.add(diverged ? "–" : Numbers.percent(score.accuracy()));
  }

  private String order() {
    if (folded) {
      return "The best run is marked: the lowest log-loss on samples held out, the mean over the"
          + " folds.";
    }
    return test.isPresent()
        ? "The best run is marked: the highest accuracy on the test data, and of several the lowest"
            + " cost there. This accuracy is too high for new samples, because it was chosen for."
        : "The best run is marked: the lowest cost on the training data.";
  }

  private List<Page.FactTable> tables() {
    List<Page.FactTable> tables = new ArrayList<>();
    best()
        .flatMap(SweepRun::result)
        .ifPresent(end -> tables.addAll(RunTables.of(end.model(), end, null)));
    double seconds =
        result.runs().stream()
            .flatMap(run -> run.result().stream())
            .mapToDouble(TrainingResult::seconds)
            .sum();
    tables.add(
        new Page.FactTable(
            "Times",
            List.of(
                Page.Fact.of("To load the data", Numbers.seconds(times.load())),
                Page.Fact.of("To train, runs added up", Numbers.seconds(seconds)),
                Page.Fact.of("In all", Numbers.seconds(times.total())))));
    return tables;
  }
}
