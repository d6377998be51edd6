package dev.lanewise.sgd;

import dev.lanewise.checkpoint.Resumable;
import dev.lanewise.checkpoint.State;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.matrix.SampleMatrix;
import dev.lanewise.pass.CrossEntropy;
import dev.lanewise.pass.Team;
import dev.lanewise.random.SplitMix64;
import dev.lanewise.solve.Point;
import java.lang.foreign.Arena;

/**
 * Goes through samples in batches, in a new order each epoch, and takes a step after each batch.
 *
 * <p>Where a batch has work for several threads, they share out its samples on the way forward and
 * the features on the way back: the chains are the same.
 */
@SuppressWarnings("exports") // for packages of this module alone
public final class Batches implements Resumable {

  // Draws of another kind than those of weights and of parts, from the same seed.
  private static final long SALT = 0x73687566666C6521L; // "shuffle!"

  // Multiply-adds of one way: tens of microseconds, where telling a thread takes about one.
  private static final long WORK_OF_A_THREAD = 1 << 17;

  private final Kernels kernels;
  private final Team team;
  private final Penalised problem;
  private final int batchSize;
  private final int[] order;
  private SplitMix64 random;
  private final Move move;
  private final Panel panel;
  private final int members;

  /** y and s of the batch, z, and e, each of a batch's size. */
  private final FloatMatrix labels;

  private final FloatMatrix weights;
  private final CrossEntropy crossEntropy;

  /** g, d x K. */
  private final FloatMatrix gradient;

  private final Team.Task forward = this::forward;
  private final Team.Task back = this::back;

  // The batch that is looked at, and of it what the panel holds.
  private Point at;
  private int first;
  private int samples;
  private int from;
  private int to;

  /**
   * Batches.
   *
   * @param arena owns the memory; shared, if the team has several members
   * @param kernels what computes
   * @param team who computes
   * @param problem what is to be made small
   * @param learned the samples to learn from; a batch has no more than there are
   * @param options how
   * @param seed of the orders
   */
  public Batches(
      Arena arena,
      Kernels kernels,
      Team team,
      Penalised problem,
      int[] learned,
      SgdOptions options,
      long seed) {
    this.kernels = kernels;
    this.team = team;
    this.problem = problem;
    this.batchSize = Math.min(options.batchSize(), learned.length);
    this.order = learned.clone();
    this.random = new SplitMix64(seed ^ SALT);
    int features = problem.x().rows();
    this.members = members(problem.x(), batchSize, team.size());
    this.panel = new Panel(arena, kernels, problem.x(), batchSize, members);
    this.labels = FloatMatrix.allocate(arena, batchSize, 1);
    this.weights = problem.weights() == null ? null : FloatMatrix.allocate(arena, batchSize, 1);
    this.crossEntropy = new CrossEntropy(arena, kernels, labels, weights, problem.columns());
    this.gradient = FloatMatrix.allocate(arena, features, problem.columns());
    this.move = move(arena, kernels, problem, learned.length, options.optimizer());
  }

  private static Move move(
      Arena arena, Kernels kernels, Penalised problem, int samples, Optimizer optimizer) {
    int features = problem.x().rows();
    double squares = problem.l2() / samples;
    double sizes = problem.l1() / samples;
    if (optimizer instanceof Optimizer.Adam adam) {
      return new AdamMove(arena, kernels, adam, features, problem.columns(), squares, sizes);
    }
    Optimizer.Sgd sgd = (Optimizer.Sgd) optimizer;
    return sgd.momentum() == 0
        ? new PlainMove(kernels, squares, sizes)
        : new MomentumMove(arena, kernels, sgd, features, problem.columns(), squares, sizes);
  }

  private static int members(SampleMatrix x, int batchSize, int most) {
    return Math.clamp((long) x.rows() * batchSize / WORK_OF_A_THREAD, 1, most);
  }

  /**
   * The memory that batches and a held-out part take.
   *
   * @param x X, d x m
   * @param options how
   * @param most the size of the team
   * @param columns K of the weights, 1 for one neuron
   * @return the size in bytes
   */
  public static long byteSize(SampleMatrix x, SgdOptions options, int most, int columns) {
    int batchSize = Math.min(options.batchSize(), x.columns());
    long ofSamples = FloatMatrix.byteSize(x.columns(), 1);
    return Panel.byteSize(x, batchSize, members(x, batchSize, most))
        + Panel.byteSize(x, x.columns(), 1)
        + 2 * FloatMatrix.byteSize(batchSize, 1)
        + CrossEntropy.byteSize(batchSize, columns)
        + 2 * ofSamples
        + CrossEntropy.byteSize(x.columns(), columns)
        + 5 * FloatMatrix.byteSize(x.rows(), columns);
  }

  /**
   * How many batches an epoch has.
   *
   * @return at least 1
   */
  public int count() {
    return (order.length - 1) / batchSize + 1;
  }

  /**
   * Goes through all samples once, in a new order.
   *
   * @param point is moved
   * @param rate the learning rate
   * @return false if a bias stopped being a number on the way: the rest was not gone through
   */
  public boolean epoch(Point point, double rate) {
    at = point;
    random.shuffle(order);
    for (first = 0; first < order.length; first += samples) {
      samples = Math.min(batchSize, order.length - first);
      step(rate);
      for (float bias : at.bias()) {
        if (!Float.isFinite(bias)) {
          return false;
        }
      }
    }
    return true;
  }

  /** Between epochs. */
  @Override
  public void transfer(State state) {
    state.order("order", order);
    random = new SplitMix64(state.integer("random", random.state()));
    move.transfer(state);
  }

  private void step(double rate) {
    gradient.clear();
    gatherNumbers(problem.y(), labels);
    if (weights != null) {
      gatherNumbers(problem.weights(), weights);
    }
    move.begin(rate, samples);
    for (from = 0; from < samples; from = to) {
      to = Math.min(samples, from + panel.width());
      panel.moveTo(from);
      share(forward);
      share(back);
    }
    float[] bias = at.bias();
    for (int k = 0; k < bias.length; k++) {
      bias[k] =
          move.bias(k, bias[k], kernels.sum(crossEntropy.errors(), k, 0, samples)); // (7), (9)
    }
  }

  private void gatherNumbers(FloatMatrix all, FloatMatrix ofBatch) {
    for (int place = 0; place < samples; place++) {
      ofBatch.set(place, 0, all.get(order[first + place], 0));
    }
  }

  private void share(Team.Task task) {
    if (members == 1) {
      task.run(0);
    } else {
      team.run(task);
    }
  }

  /** Equations (1) and (2), and the bracket of (6) and (7), for a member's samples. */
  private void forward(int member) {
    if (member >= members) {
      return;
    }
    int begin = from + (to - from) * member / members;
    int end = from + (to - from) * (member + 1) / members;
    if (begin == end) {
      return;
    }
    panel.gather(member, order, first, begin, end);
    crossEntropy.forward(panel.columns(), begin, end, at.weights(), at.bias());
    crossEntropy.compare(begin, end, false);
  }

  /** Equation (6), and (8) once it is complete, for a member's features. */
  private void back(int member) {
    if (member >= members) {
      return;
    }
    int lines = gradient.paddedRows() / FloatMatrix.LANES;
    int fromRow = (int) ((long) lines * member / members) * FloatMatrix.LANES;
    int toRow = (int) ((long) lines * (member + 1) / members) * FloatMatrix.LANES;
    if (fromRow == toRow) {
      return;
    }
    FloatMatrix errors = crossEntropy.errors();
    kernels.gradient(panel.columns(), from, to, errors, fromRow, toRow, gradient);
    if (to == samples) {
      move.weights(at.weights(), gradient, fromRow, toRow);
    }
  }
}
