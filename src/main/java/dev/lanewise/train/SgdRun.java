// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.train;

import dev.lanewise.checkpoint.Resumable;
import dev.lanewise.checkpoint.State;
import dev.lanewise.exec.Compute;
import dev.lanewise.exec.GramSource;
import dev.lanewise.loss.DataObjective;
import dev.lanewise.loss.LocalSums;
import dev.lanewise.loss.NetworkObjective;
import dev.lanewise.loss.Objective;
import dev.lanewise.loss.Problem;
import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.matrix.Workspace;
import dev.lanewise.nn.ParameterSpace;
import dev.lanewise.nn.Parameters;
import dev.lanewise.optim.Probe;
import dev.lanewise.optim.sgd.Batches;
import dev.lanewise.optim.sgd.HeldOut;
import dev.lanewise.optim.sgd.HoldOut;
import dev.lanewise.options.Optimizer;
import dev.lanewise.options.Schedule;
import dev.lanewise.options.SgdOptions;
import dev.lanewise.options.StopReason;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** A run of stochastic gradient descent: its epochs, and what is checked after each. */
final class SgdRun implements Run {

  private final Hyperparameters options;
  private final SgdOptions sgd;
  private final HoldOut holdOut;

  private final Checkpointer checkpointer;

  SgdRun(Hyperparameters options, HoldOut holdOut, Checkpointer checkpointer) {
    this.checkpointer = checkpointer;
    this.options = options;
    this.sgd = options.solverOptions().sgd();
    this.holdOut = holdOut;
  }

  @Override
  public Prepared prepare(
      Workspace workspace, Compute compute, Problem problem, Sums samples, Parameters start) {
    Problem learned = learned(workspace, problem);
    Epochs epochs = new Epochs(workspace, compute, problem, learned, start);
    return epochs::run;
  }

  /** Returns the problem in which held-out samples have weight 0. */
  private Problem learned(Workspace workspace, Problem problem) {
    if (holdOut.heldOut().length == 0) {
      return problem;
    }
    FloatMatrix s = workspace.floats(problem.samples(), 1);
    Problem learned = problem.withWeights(s);
    if (workspace.isDryRun()) {
      return learned;
    }
    double sum = 0;
    for (int j : holdOut.learned()) {
      s.set(j, 0, (float) problem.weight(j));
      sum += s.get(j, 0);
    }
    double sumOfHeldOut = 0;
    for (int j : holdOut.heldOut()) {
      sumOfHeldOut += problem.weight(j);
    }
    if (sum == 0 || sumOfHeldOut == 0) {
      throw new TrainingException(
          String.format(
              Locale.ROOT,
              "every sample %s weighs 0; hold out another fraction, or take another seed",
              sum == 0 ? "that is not held out" : "held out"));
    }
    return learned;
  }

  /** The epochs of one run. */
  private final class Epochs implements Resumable {

    private final Problem learned;
    private final LocalSums sums;
    private final Objective objective;
    private final Probe probe;
    private final Batches batches;
    private final HeldOut heldOut;

    private final Parameters parameters;
    private final Parameters before;
    private final List<CostPoint> costs = new ArrayList<>();

    /** n, what the cost is divided by. */
    private final int samples = holdOut.learned().length;

    private TrainingListener listener = TrainingListener.SILENT;
    private double valueAtZero;
    private double normAtZero;
    private int epoch;

    /** The passes of the run that this one resumes. */
    private double passesBefore;

    /** Whether the probe has evaluated the current parameters. */
    private boolean looked;

    Epochs(
        Workspace workspace, Compute compute, Problem problem, Problem learned, Parameters start) {
      this.learned = learned;
      ParameterSpace space = new ParameterSpace(workspace, compute.kernels(), problem.layout());
      this.sums = new LocalSums(workspace, compute, learned);
      this.objective =
          problem.hidden().isNone()
              ? new DataObjective(workspace, compute, learned, sums, GramSource.OWN, null)
              : new NetworkObjective(workspace, compute, learned, sums);
      this.probe = new Probe(space, objective);
      this.parameters = start;
      this.before = space.zero();
      this.batches =
          new Batches(workspace, compute, problem, holdOut.learned(), sgd, options.seed());
      int[] held = holdOut.heldOut();
      this.heldOut =
          held.length == 0 ? null : new HeldOut(workspace, compute, problem, held, sgd.patience());
    }

    Outcome run(TrainingListener toldOf) {
      listener = toldOf;
      if (heldOut != null) {
        heldOut.begin(parameters);
      }
      // Of a network the gradient at zero weights says nothing, since all units are equal there.
      probe.look(objective.isConvex() ? before : parameters); // before: still all zeros
      valueAtZero = objective.isConvex() ? probe.value() : learned.lossAtZero();
      normAtZero = probe.norm();
      epoch = checkpointer.begin(this, costs);
      if (epoch == options.iterations() && looked && heldOut == null) {
        // The result of its last evaluation is not in the checkpoint, so it is evaluated again.
        passesBefore--;
      }
      looked = false;
      StopReason reason = descend();
      if (reason == StopReason.ITERATIONS) {
        checkpointer.finished(epoch);
      }
      if (heldOut != null) {
        heldOut.restore(parameters);
        looked = false;
      }
      if (!looked) {
        probe.look(parameters);
      }
      boolean converged = reason == StopReason.GRADIENT && !learned.lacksClass();
      warn(reason, converged);
      return new Outcome(
          parameters,
          costs,
          "primal",
          new Convergence(
              probe.value() / samples,
              probe.norm() / samples,
              relativeNorm(),
              Double.NaN,
              converged,
              reason,
              epoch,
              passes()),
          heldOut == null
              ? null
              : new HeldOutCost(
                  heldOut.samples(), heldOut.bestEpoch(), heldOut.bestCost(), heldOutCosts()));
    }

    private List<CostPoint> heldOutCosts() {
      List<Double> all = heldOut.costs();
      return IntStream.range(0, all.size())
          .filter(after -> all.get(after) >= 0)
          .mapToObj(after -> new CostPoint(after, all.get(after)))
          .toList();
    }

    private StopReason descend() {
      while (epoch < options.iterations()) {
        before.copy(parameters);
        double rate = sgd.schedule().rate(options.learningRate(), epoch, options.iterations());
        boolean whole = batches.epoch(parameters, rate, epoch);
        epoch++;
        if (!whole || !parameters.isFinite()) {
          throw diverged(
              whole || !objective.isConvex()
                  ? Descent.notFinite(parameters)
                  : "the bias is no longer finite");
        }
        look();
        listener.iterationCompleted(epoch);
        if (sgd.tolerance() > 0 && probe.norm() <= sgd.tolerance() * normAtZero) {
          return StopReason.GRADIENT;
        }
        if (heldOut != null && heldOut.isEnough(parameters)) {
          return StopReason.EARLY_STOPPING;
        }
        if (isUnmoved()) {
          return StopReason.NO_PROGRESS;
        }
        checkpointer.completed(epoch);
      }
      return StopReason.ITERATIONS;
    }

    /** Evaluates the cost and the gradient, if they are wanted after this epoch. */
    private void look() {
      boolean withCost = options.costEvery() > 0 && epoch % options.costEvery() == 0;
      // The cost of a network alone takes a third of what its gradient takes.
      looked = withCost && objective.isConvex() || sgd.tolerance() > 0;
      if (looked) {
        probe.look(parameters);
      } else if (withCost) {
        probe.lookAtValue(parameters);
      } else {
        return;
      }
      double cost = probe.value() / samples;
      if (!Double.isFinite(cost) || looked && !Double.isFinite(probe.norm())) {
        throw diverged(
            Double.isFinite(cost) ? "the gradient is no longer a number" : "the cost is " + cost);
      }
      if (withCost) {
        costs.add(new CostPoint(epoch, cost));
        listener.costComputed(epoch, cost);
      }
      listener.iterated(epoch, cost, probe.norm() / samples, passes());
    }

    /** Between epochs. */
    @Override
    public void transfer(State state) {
      state.parameters("", parameters);
      batches.transfer(state);
      if (heldOut != null) {
        heldOut.transfer(state);
      }
      looked = state.count("looked", looked ? 1 : 0, 0, 1) != 0;
      double passes =
          state.number("passes", passesBefore + objective.passes(), 0, Double.MAX_VALUE);
      if (state.isKept()) {
        passesBefore = passes - objective.passes();
      }
    }

    private boolean isUnmoved() {
      boolean unmoved = true;
      for (int l = 0; l < parameters.layout().layers().size(); l++) {
        MemorySegment w = parameters.weights(l).segment();
        unmoved &= w.mismatch(before.weights(l).segment()) < 0;
        // As numbers: of biases -0 and +0 are equal.
        for (int k = 0; k < parameters.biases(l).rows(); k++) {
          unmoved &= parameters.biases(l).get(k, 0) == before.biases(l).get(k, 0);
        }
      }
      return unmoved;
    }

    private double passes() {
      int m = learned.samples();
      double ofHeldOut = heldOut == null ? 0 : (double) (m - samples) / m;
      return passesBefore
          + objective.passes()
          + (double) epoch * samples / m
          + (heldOut == null ? 0 : (epoch + 1) * ofHeldOut);
    }

    /**
     * The parameters before the epoch are finite; before the first they are the start, no result.
     */
    private DivergedException diverged(String what) {
      return new DivergedException(
          String.format(Locale.ROOT, "diverged at epoch %d: %s; %s", epoch, what, advice()),
          "primal",
          epoch > 1 ? before : null);
    }

    private String advice() {
      double rate = options.learningRate();
      if (!objective.isConvex()) {
        return Descent.simpleAdvice(rate);
      }
      if (sgd.optimizer() instanceof Optimizer.Sgd) {
        double momentum = ((Optimizer.Sgd) sgd.optimizer()).momentum();
        return StableRate.adviceForBatches(learned, samples, momentum, rate);
      }
      return String.format(
          Locale.ROOT, "try a learning rate below %s, or scale the features", rate);
    }

    /** Returns a warning about a result whose cost is not high; null if there is none. */
    private String doubt() {
      CostPoint last = new CostPoint(epoch, probe.value() / samples);
      return CostSwing.of(SolverChoice.SGD, costs, last, valueAtZero / samples)
          .map(swing -> swing + " epochs: the weights depend on where training stops")
          .orElseGet(() -> Descent.hugeWeight(parameters));
    }

    private void warn(StopReason reason, boolean converged) {
      // A rate that decays may end in steps that are too small, and was to do so.
      boolean asked = sgd.tolerance() > 0 || sgd.schedule().kind() == Schedule.Kind.CONSTANT;
      String doubt = doubt();
      if (!converged && asked && reason == StopReason.NO_PROGRESS && doubt == null) {
        listener.warning(
            String.format(
                    Locale.ROOT,
                    "not converged: in epoch %d no weight moved, as steps at this learning rate are too",
                    epoch)
                + " small for float32; take a higher one, or one that decays less");
      } else if (probe.value() > valueAtZero) {
        listener.warning(
            String.format(
                Locale.ROOT,
                "after %d epochs the cost, %.3g, is above the %.3g of zero weights:"
                    + " try a learning rate below %s, or scale the features",
                epoch,
                probe.value() / samples,
                valueAtZero / samples,
                options.learningRate()));
      } else if (doubt != null) {
        listener.warning(doubt + ": " + advice());
      } else if (!converged && sgd.tolerance() > 0) {
        String boundless = SolverRun.boundless(learned, () -> sums.isSeparatedBy(parameters));
        listener.warning(boundless == null ? adviceForMore() : boundless);
      }
    }

    private double relativeNorm() {
      return probe.norm() == 0 ? 0 : probe.norm() / normAtZero;
    }

    private String adviceForMore() {
      return String.format(
          Locale.ROOT,
          "not converged after %d epochs: the gradient is %.1e of that at %s, the"
              + " tolerance %.1e; allow more epochs, let the learning rate decay (--schedule), take"
              + " larger batches, or go to the optimum with another solver",
          epoch,
          relativeNorm(),
          objective.isConvex() ? "zero weights" : "the initial weights",
          sgd.tolerance());
    }
  }
}
