package dev.lanewise.cli;

import dev.lanewise.data.Dataset;
import dev.lanewise.model.Evaluation;
import dev.lanewise.model.Model;
import dev.lanewise.train.Convergence;
import dev.lanewise.train.CostPoint;
import dev.lanewise.train.SolverChoice;
import dev.lanewise.train.TrainingResult;
import java.io.PrintWriter;

/** A training run told to people. */
final class TrainText implements TrainOutput {

  private final PrintWriter out;

  TrainText(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void started(Dataset train, Dataset test) {
    Text.line(out, "Training data   %s", Describe.data(train));
    if (test != null) {
      Text.line(out, "Test data       %s", Describe.data(test));
    }
    train.question().ifPresent(asked -> Text.line(out, "Question        %s", asked));
  }

  @Override
  public void finished(FinishedTraining run) {
    TrainingResult result = run.result();
    Model model = result.model();
    boolean descended = run.options().solver() == SolverChoice.GD;
    String kernel = Describe.kernel(result.kernel(), result.lanes(), result.threads());
    if (descended) {
      Text.line(
          out,
          "Training        %d iterations at %s, engine %s, %s",
          run.options().iterations(),
          run.options().learningRate(),
          result.engine(),
          kernel);
    } else {
      Text.line(out, "Training        %s, %s", run.options().solver().id(), kernel);
    }
    for (CostPoint point : result.costs()) {
      Text.line(out, "Cost after iteration %d: %.6f", point.iteration(), point.cost());
    }
    if (!descended) {
      convergence(result.convergence());
    }
    Text.line(out, "Train accuracy  %s", Describe.accuracy(run.trainEvaluation()));
    Evaluation test = run.testEvaluation();
    if (test != null) {
      Text.line(out, "Test accuracy   %s", Describe.accuracy(test));
    }
    Text.line(out, "Bias            %.8f", model.bias());
    Text.line(out, "Weights norm    %.7f", model.weightsNorm());
    Text.line(out, "Weights SHA-256 %s", model.weightsSha256());
    if (run.modelFile() != null) {
      Text.line(out, "Model           %s", run.modelFile());
    }
    Text.line(
        out,
        "Seconds         %.3f to load, %.3f to train, %.3f in all",
        run.loadSeconds(),
        result.seconds(),
        run.totalSeconds());
    out.flush();
  }

  private void convergence(Convergence end) {
    Text.line(
        out,
        "%s %d iterations, %.1f passes over the data (%s)",
        end.converged() ? "Converged      " : "Not converged  ",
        end.iterations(),
        end.passes(),
        end.stopReason().id());
    Text.line(
        out,
        "Objective       %.9f, gradient %.1e (%.1e of that at zero weights)",
        end.objective(),
        end.gradientNorm(),
        end.relativeGradientNorm());
  }
}
