package dev.lanewise.train;

import dev.lanewise.checkpoint.Resumable;
import dev.lanewise.checkpoint.State;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.pass.Team;
import dev.lanewise.sgd.Batches;
import dev.lanewise.sgd.HeldOut;
import dev.lanewise.sgd.Optimizer;
import dev.lanewise.sgd.Parts;
import dev.lanewise.sgd.Penalised;
import dev.lanewise.sgd.Schedule;
import dev.lanewise.sgd.SgdOptions;
import dev.lanewise.solve.Gauge;
import dev.lanewise.solve.Point;
import dev.lanewise.solve.StopReason;
import dev.lanewise.solve.VectorSpace;
import dev.lanewise.solve.Vectors;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A run of stochastic gradient descent: epochs, and what is looked at after each. */
final class SgdRun implements Run {

  /** The weights, those before an epoch, the best ones, zeros, and what the gauge takes. */
  static final int POINTS = 7;

  private final Hyperparameters options;
  private final SgdOptions sgd;
  private final Parts parts;

  private final Keeper keeper;

  SgdRun(Hyperparameters options, Parts parts, Keeper keeper) {
    this.keeper = keeper;
    this.options = options;
    this.sgd = options.solverOptions().sgd();
    this.parts = parts;
  }

  @Override
  public Outcome run(
      Arena arena,
      Kernels kernels,
      Team team,
      Problem problem,
      Point start,
      TrainingListener listener) {
    Problem learned = learned(arena, problem);
    return new Epochs(arena, kernels, team, problem, learned, start, listener).run();
  }

  /** The problem without the samples that are held out: they weigh nothing. */
  private Problem learned(Arena arena, Problem problem) {
    if (parts.heldOut().length == 0) {
      return problem;
    }
    FloatMatrix s = FloatMatrix.allocate(arena, problem.samples(), 1);
    double sum = 0;
    for (int j : parts.learned()) {
      s.set(j, 0, weight(problem, j));
      sum += s.get(j, 0);
    }
    double sumOfHeldOut = 0;
    for (int j : parts.heldOut()) {
      sumOfHeldOut += weight(problem, j);
    }
    if (sum == 0 || sumOfHeldOut == 0) {
      throw new TrainingException(
          String.format(
              Locale.ROOT,
              "every sample %s weighs 0; hold out another part, or take another seed",
              sum == 0 ? "that is not held out" : "held out"));
    }
    return new Problem(problem.x(), problem.y(), s, problem.penalty(), problem.columns());
  }

  private static float weight(Problem problem, int sample) {
    return problem.weights() == null ? 1 : problem.weights().get(sample, 0);
  }

  /** What the epochs of one run share. */
  private final class Epochs implements Resumable {

    private final Problem learned;
    private final TrainingListener listener;
    private final VectorSpace space;
    private final Cost objective;
    private final Gauge gauge;
    private final Batches batches;
    private final HeldOut heldOut;

    private final Point point;
    private final Point before;
    private final List<CostPoint> costs = new ArrayList<>();

    /** n, what the cost is divided by. */
    private final int samples = parts.learned().length;

    private double valueAtZero;
    private double normAtZero;
    private int epoch;

    /** Passes of the run that this one goes on from. */
    private double passesBefore;

    /** Whether the gauge has looked at the point. */
    private boolean looked;

    Epochs(
        Arena arena,
        Kernels kernels,
        Team team,
        Problem problem,
        Problem learned,
        Point start,
        TrainingListener listener) {
      this.learned = learned;
      this.listener = listener;
      this.space = new VectorSpace(arena, kernels, problem.x().rows(), problem.columns());
      this.objective = Cost.of(arena, kernels, team, learned);
      this.gauge = new Gauge(space, objective);
      this.point = start;
      this.before = space.zero();
      Penalty penalty = problem.penalty();
      Penalised batched =
          new Penalised(
              problem.x(),
              problem.y(),
              problem.weights(),
              penalty.l1(),
              penalty.l2(),
              problem.columns());
      this.batches =
          new Batches(arena, kernels, team, batched, parts.learned(), sgd, options.seed());
      int[] held = parts.heldOut();
      this.heldOut =
          held.length == 0 ? null : new HeldOut(space, batched, held, sgd.patience(), point);
    }

    Outcome run() {
      gauge.look(before); // still all zeros
      valueAtZero = gauge.value();
      normAtZero = gauge.norm();
      epoch = keeper.begin(this, costs);
      if (epoch == options.iterations() && looked && heldOut == null) {
        // It looks once more, since what it saw was not kept.
        passesBefore--;
      }
      looked = false;
      StopReason reason = descend();
      if (reason == StopReason.ITERATIONS) {
        keeper.finished(epoch);
      }
      if (heldOut != null) {
        heldOut.restore(point);
        looked = false;
      }
      if (!looked) {
        gauge.look(point);
      }
      boolean converged = reason == StopReason.GRADIENT && !learned.lacksClass();
      warn(reason, converged);
      return new Outcome(
          point,
          costs,
          "primal",
          new Convergence(
              gauge.value() / samples,
              gauge.norm() / samples,
              relativeNorm(),
              Double.NaN,
              converged,
              reason,
              epoch,
              passes()),
          heldOut == null
              ? null
              : new HeldOutCost(heldOut.samples(), heldOut.bestEpoch(), heldOut.bestCost()));
    }

    private StopReason descend() {
      while (epoch < options.iterations()) {
        space.copy(point, before);
        double rate = sgd.schedule().rate(options.learningRate(), epoch, options.iterations());
        boolean whole = batches.epoch(point, rate);
        epoch++;
        if (!whole || !Double.isFinite(Vectors.dot(point.weights(), point.weights()))) {
          throw diverged(whole ? "a weight is no longer finite" : "the bias is no longer finite");
        }
        look();
        listener.iterationCompleted(epoch);
        if (sgd.tolerance() > 0 && gauge.norm() <= sgd.tolerance() * normAtZero) {
          return StopReason.GRADIENT;
        }
        if (heldOut != null && heldOut.isEnough(point)) {
          return StopReason.EARLY_STOPPING;
        }
        if (isUnmoved()) {
          return StopReason.NO_PROGRESS;
        }
        keeper.completed(epoch);
      }
      return StopReason.ITERATIONS;
    }

    /** Looks at the cost and the gradient, if they are wanted after this epoch. */
    private void look() {
      boolean withCost = options.costEvery() > 0 && epoch % options.costEvery() == 0;
      looked = withCost || sgd.tolerance() > 0;
      if (!looked) {
        return;
      }
      gauge.look(point);
      double cost = gauge.value() / samples;
      if (!Double.isFinite(cost) || !Double.isFinite(gauge.norm())) {
        throw diverged(
            Double.isFinite(cost) ? "the gradient is no longer a number" : "the cost is " + cost);
      }
      if (withCost) {
        costs.add(new CostPoint(epoch, cost));
        listener.costComputed(epoch, cost);
      }
      listener.iterated(epoch, cost, gauge.norm() / samples, passes());
    }

    /** Between epochs. */
    @Override
    public void transfer(State state) {
      state.matrix("weights", point.weights());
      state.floats("bias", point.bias());
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
      boolean unmoved = point.weights().segment().mismatch(before.weights().segment()) < 0;
      for (int k = 0; k < point.bias().length; k++) {
        unmoved &= point.bias()[k] == before.bias()[k];
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

    /** What was before the epoch is finite, and after the first not where it began. */
    private DivergedException diverged(String what) {
      return new DivergedException(
          String.format(Locale.ROOT, "diverged at epoch %d: %s; %s", epoch, what, advice()),
          "primal",
          epoch > 1 ? before : null);
    }

    private String advice() {
      double rate = options.learningRate();
      if (sgd.optimizer() instanceof Optimizer.Sgd) {
        double momentum = ((Optimizer.Sgd) sgd.optimizer()).momentum();
        return StableRate.adviceForBatches(learned, samples, momentum, rate);
      }
      return String.format(
          Locale.ROOT, "try a learning rate below %s, or scale the features", rate);
    }

    /** What makes the end worth little, though the cost is not that high; null for nothing. */
    private String doubt() {
      CostPoint last = new CostPoint(epoch, gauge.value() / samples);
      return CostSwing.of(SolverChoice.SGD, costs, last, valueAtZero / samples)
          .map(swing -> swing + " epochs: the weights depend on where training stops")
          .orElseGet(() -> Descent.hugeWeight(point));
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
      } else if (gauge.value() > valueAtZero) {
        listener.warning(
            String.format(
                Locale.ROOT,
                "after %d epochs the cost, %.3g, is above the %.3g of zero weights:"
                    + " try a learning rate below %s, or scale the features",
                epoch,
                gauge.value() / samples,
                valueAtZero / samples,
                options.learningRate()));
      } else if (doubt != null) {
        listener.warning(doubt + ": " + advice());
      } else if (!converged && sgd.tolerance() > 0) {
        String boundless = SolverRun.boundless(learned, objective, point);
        listener.warning(boundless == null ? adviceForMore() : boundless);
      }
    }

    private double relativeNorm() {
      return gauge.norm() == 0 ? 0 : gauge.norm() / normAtZero;
    }

    private String adviceForMore() {
      return String.format(
          Locale.ROOT,
          "not converged after %d epochs: the gradient is %.1e of that at zero weights, the"
              + " tolerance %.1e; allow more epochs, let the learning rate decay (--schedule), take"
              + " larger batches, or go to the optimum with another solver",
          epoch,
          relativeNorm(),
          sgd.tolerance());
    }
  }
}
