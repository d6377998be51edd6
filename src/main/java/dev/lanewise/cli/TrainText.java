// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import dev.lanewise.data.Dataset;
import dev.lanewise.model.Evaluation;
import dev.lanewise.model.Model;
import dev.lanewise.model.Predictions;
import dev.lanewise.options.StopReason;
import dev.lanewise.select.CurvePoint;
import dev.lanewise.select.PenaltyScores;
import dev.lanewise.train.Convergence;
import dev.lanewise.train.CostPoint;
import dev.lanewise.train.CostSwing;
import dev.lanewise.train.TrainingResult;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A training run told to people. */
final class TrainText implements TrainOutput {

  private static final int SPARKLINE = 50;

  /** Shorter times are not printed. */
  private static final double SHORT = 0.01;

  private final PrintWriter out;
  private final boolean quiet;

  /** A run told to people who do, or do not, want to know what it cost on the way. */
  TrainText(PrintWriter out, boolean quiet) {
    this.out = out;
    this.quiet = quiet;
  }

  @Override
  public void started(Dataset train, Dataset test) {
    Text.line(out, "Training data   %s", Describe.data(train));
    if (test != null) {
      Text.line(out, "Test data       %s", Describe.data(test));
    }
    Text.line(out, "Features        %s", Describe.scaling(train.schema()));
    if (train.classNames().size() > 2) {
      Text.line(out, "Classes         %s", Describe.classes(train));
    }
    train.question().ifPresent(asked -> Text.line(out, "Question        %s", asked));
  }

  @Override
  public void chosen(UsualTraining usual, boolean l2Given, boolean scaleGiven) {
    Text.line(out, "Chosen          %s", usual.text(l2Given, scaleGiven));
  }

  @Override
  public void picked(PenaltyScores scores, int picked) {
    PenaltyTable.print(scores, picked, out);
  }

  @Override
  public void curve(List<CurvePoint> points) {
    CurveTable.print(points, out);
  }

  @Override
  public void path(List<PathStep> path) {
    PenaltyTable.print(path, out);
  }

  @Override
  public void finished(FinishedTraining run) {
    TrainingResult result = run.result();
    Model model = result.model();
    boolean descended = run.options().solver().hasEngines();
    boolean inBatches = run.options().solver().usesBatches();
    String many = model.multiClass().map(way -> way.id() + ", ").orElse("");
    String kernel = Describe.kernel(result.kernel(), result.lanes(), result.threads());
    if (descended) {
      Text.line(
          out,
          "Training        %s%d iterations at %s, engine %s, %s",
          many,
          run.options().iterations(),
          run.options().learningRate(),
          result.engine(),
          kernel);
    } else if (inBatches) {
      String batches = Describe.sgd(run.options().solverOptions());
      Text.line(out, "Training        %s%s, %s", many, batches, kernel);
    } else {
      Text.line(out, "Training        %s%s, %s", many, run.options().solver().id(), kernel);
    }
    if (!quiet) {
      costs(result, inBatches);
    }
    if (!descended) {
      convergence(result.convergence(), inBatches, model.isLinear());
    }
    result
        .heldOut()
        .ifPresent(
            held ->
                Text.line(
                    out,
                    "Held out        %d samples, cost %s after epoch %d, the best",
                    held.samples(),
                    Text.number(held.cost(), 6),
                    held.bestEpoch()));
    CostSwing.of(run.options(), result)
        .ifPresent(
            swing ->
                Text.line(
                    out,
                    "Not settled     %s %s; accuracy is that of a moment",
                    swing,
                    inBatches ? "epochs" : "iterations"));
    List<String> names = model.schema().classNames();
    Text.line(out, "Train accuracy  %s", Describe.accuracy(run.trainEvaluation(), names));
    Evaluation test = run.testEvaluation();
    if (test != null) {
      Text.line(out, "Test accuracy   %s", Describe.accuracy(test, names));
    }
    if (model.multiClass().isPresent()) {
      Text.line(out, "Train macro F1  %.4f", run.trainEvaluation().macroF1());
      if (test != null) {
        Text.line(out, "Test macro F1   %.4f", test.macroF1());
      }
    } else if (model.isLinear()) {
      Text.line(out, "Bias            %s", Describe.biases(model));
    }
    Text.line(out, "Weights norm    %s", Text.number(model.weightsNorm(), 7));
    if (model.threshold() != Predictions.THRESHOLD) {
      Text.line(
          out,
          "Threshold       %s: above it the class is %s",
          model.threshold(),
          model.schema().classNames().get(1));
    }
    model
        .calibration()
        .ifPresent(
            calibration -> Text.line(out, "Calibrated      %s", Describe.calibration(calibration)));
    Text.line(out, "Weights SHA-256 %s", model.weightsSha256());
    model.summary().ifPresent(summary -> SummaryText.print(out, summary));
    if (run.modelFile() != null) {
      Text.line(out, "Model           %s", run.modelFile());
    }
    if (run.reportFile() != null) {
      Text.line(out, "Report          %s", run.reportFile());
    }
    if (run.plotFile() != null && !result.costs().isEmpty()) {
      Text.line(out, "Plot            %s", run.plotFile());
    }
    Text.line(
        out,
        "Seconds         %.3f to load, %s%.3f to train, %.3f in all",
        run.before().loadSeconds(),
        toCompile(run.before().warmUpSeconds()),
        result.seconds(),
        run.totalSeconds());
    if (!quiet) {
      next(run);
    }
    out.flush();
  }

  private static String toCompile(double seconds) {
    return seconds < SHORT ? "" : String.format(Locale.ROOT, "%.3f to compile kernels, ", seconds);
  }

  private void next(FinishedTraining run) {
    if (run.modelFile() == null) {
      Text.line(
          out,
          "Next            --model FILE saves the model, --report FILE writes a page about it");
      return;
    }
    Text.line(out, "Next            lanewise evaluate --model %s --data FILE", run.modelFile());
    Text.line(out, "                lanewise predict --model %s FILE", run.modelFile());
    if (run.reportFile() == null) {
      Text.line(out, "                lanewise report --model %s --data FILE", run.modelFile());
    }
  }

  private void costs(TrainingResult result, boolean inBatches) {
    List<CostPoint> costs = result.costs();
    Map<Integer, Double> ofHeldOut =
        result.heldOut().stream()
            .flatMap(held -> held.costs().stream())
            .collect(Collectors.toMap(CostPoint::iteration, CostPoint::cost));
    for (CostPoint point : costs) {
      Double heldOut = ofHeldOut.get(point.iteration());
      Text.line(
          out,
          "Cost after %s %d: %s%s",
          inBatches ? "epoch" : "iteration",
          point.iteration(),
          Text.number(point.cost(), 6),
          heldOut == null ? "" : ", held out " + Text.number(heldOut, 6));
    }
    if (costs.size() > 1) {
      Text.line(
          out,
          "Cost            %s",
          Sparkline.of(
              costs.stream().mapToDouble(CostPoint::cost).toArray(),
              SPARKLINE,
              Terminal.showsBlocks()));
    }
  }

  private void convergence(Convergence end, boolean inBatches, boolean isLinear) {
    Text.line(
        out,
        "%s %d %s, %.1f passes over the data (%s)",
        end.converged() ? "Converged      " : "Not converged  ",
        end.iterations(),
        inBatches ? "epochs" : "iterations",
        end.passes(),
        end.stopReason().id());
    Text.line(
        out,
        "Objective       %s, gradient %.1e (%.1e of %s)",
        Text.number(end.objective(), 9),
        end.gradientNorm(),
        end.relativeGradientNorm(),
        !inBatches
            ? "its scale"
            : isLinear ? "that at zero weights" : "that at the initial weights");
    if (!inBatches && end.stopReason() != StopReason.NO_OPTIMUM) {
      double gap = end.objectiveGap();
      Text.line(
          out,
          "Above optimum   %s",
          Double.isFinite(gap)
              ? String.format(Locale.ROOT, "about %.1e, by Newton's method", gap)
              : "by an unknown amount");
    }
  }
}
