// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cluster;

import dev.lanewise.exec.Compute;
import dev.lanewise.exec.Executor;
import dev.lanewise.exec.HessianMatrix;
import dev.lanewise.loss.ExactObjective;
import dev.lanewise.loss.Problem;
import dev.lanewise.loss.SampleSums;
import dev.lanewise.loss.ScaleSums;
import dev.lanewise.loss.Scales;
import dev.lanewise.loss.SumShapes;
import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.matrix.SampleMatrix;
import dev.lanewise.matrix.Workspace;
import dev.lanewise.nn.Parameters;
import dev.lanewise.reduce.BlockTree;
import dev.lanewise.reduce.Partial;
import dev.lanewise.reduce.PartialShape;
import dev.lanewise.reduce.ReductionPlan;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntConsumer;

/** The sums over samples in other processes: each is one request to all shards. */
final class ClusterSums implements SampleSums {

  private final ClusterSamples samples;
  private final ReductionPlan plan;
  private final Workspace workspace;
  private final Compute compute;
  private final Problem problem;
  private final byte[] spec;
  private final PartialShape shape;

  /** The sums of each leaf, by their shapes. */
  private final Map<PartialShape, Partial[]> partials = new HashMap<>();

  /** The squares of subsets, by their fraction. */
  private final Map<Integer, HessianMatrix> squares = new HashMap<>();

  /** The scores of the last evaluation, in float32 and in double. */
  private byte[] scores = {};

  private byte[] exact = {};

  /** D of the subset of the last border. */
  private float[] diagonal;

  ClusterSums(
      ClusterSamples samples, Workspace workspace, Compute compute, Problem problem, byte[] spec) {
    this.samples = samples;
    this.plan = samples.plan().reduction();
    this.workspace = workspace;
    this.compute = compute;
    this.problem = problem;
    this.spec = spec;
    this.shape = SumShapes.gradient(problem.layout());
    partials(shape);
  }

  private Partial[] partials(PartialShape of) {
    return partials.computeIfAbsent(
        of,
        key -> {
          Partial[] all = new Partial[plan.slots()];
          for (int slot = 0; slot < all.length; slot++) {
            all[slot] = new Partial(workspace, compute.kernels(), key);
          }
          return all;
        });
  }

  private byte[][] ask(Operation operation, Wire.Writing arguments) {
    return samples.ask(operation, spec, new Scores.Wanted(scores, exact), arguments);
  }

  /** Adds partials of a shape, with which answers begin. */
  private Partial add(PartialShape of, byte[][] answers) {
    Partial[] all = partials(of);
    for (int slot = 0; slot < all.length; slot++) {
      Partial partial = all[slot];
      Wire.read(
          answers[slot],
          in -> {
            partial.read(in);
            return null;
          });
    }
    for (ReductionPlan.Addition node : plan.additions()) {
      all[node.left()].add(all[node.right()]);
    }
    return all[0];
  }

  @Override
  public PartialShape shape() {
    return shape;
  }

  @Override
  public Partial gradient(Parameters model, boolean withLosses, int fraction) {
    scores = new byte[0];
    Partial sums =
        add(
            shape,
            ask(
                Operation.GRADIENT,
                out -> {
                  out.writeBoolean(withLosses);
                  out.writeInt(fraction);
                  Wire.write(out, model);
                }));
    scores = Scores.of(model);
    return sums;
  }

  @Override
  public Partial cost(Parameters model) {
    return add(
        SumShapes.cost(problem.layout()), ask(Operation.COST, out -> Wire.write(out, model)));
  }

  @Override
  public void reserveCost() {
    partials(SumShapes.cost(problem.layout()));
  }

  @Override
  public void reserveCurvature() {
    partials(SumShapes.coupling(problem.outputs()));
  }

  @Override
  public void reserveSquare() {
    if (workspace.isDryRun()) {
      partials(SumShapes.border(samples.features()));
      // Of all samples, if they are few; HessianMatrix counts its own copies.
      compute.executor(workspace, problem.x()).hessian(new double[samples.features()]);
    }
  }

  @Override
  public void reserveExact() {
    partials(SumShapes.exact(samples.features(), problem.outputs()));
  }

  @Override
  public void weights(Executor.WeightTask task) {
    task.run(0, shape.gradient().lines());
  }

  @Override
  public void each(int count, IntConsumer task) {
    for (int i = 0; i < count; i++) {
      task.accept(i);
    }
  }

  @Override
  public Scales scales() {
    PartialShape of = SumShapes.scales(samples.features());
    partials(of);
    if (workspace.isDryRun()) {
      return Scales.none();
    }
    float[] centre = ScaleSums.centre(problem, samples.sample(spec, ScaleSums.first(problem)));
    Partial sums = add(of, ask(Operation.SCALES, out -> Wire.write(out, centre)));
    return new ScaleSums(problem, centre).scales(sums, problem);
  }

  @Override
  public Partial product(Parameters v, int fraction) {
    return add(
        shape,
        ask(
            Operation.PRODUCT,
            out -> {
              out.writeInt(fraction);
              Wire.write(out, v);
            }));
  }

  @Override
  public Partial coupling(int fraction) {
    return add(
        SumShapes.coupling(problem.outputs()),
        ask(Operation.COUPLING, out -> out.writeInt(fraction)));
  }

  @Override
  public Partial border(double[] combination, int fraction) {
    byte[][] answers =
        ask(
            Operation.BORDER,
            out -> {
              out.writeInt(fraction);
              Wire.write(out, combination);
            });
    PartialShape of = SumShapes.border(samples.features());
    Partial[] all = partials(of);
    diagonal = new float[BlockTree.subsetSize(problem.samples(), fraction)];
    int[] starts = starts(fraction);
    for (int slot = 0; slot < all.length; slot++) {
      Partial partial = all[slot];
      int start = starts[slot];
      Wire.read(
          answers[slot],
          in -> {
            partial.read(in);
            float[] some = Wire.readFloats(in);
            System.arraycopy(some, 0, diagonal, start, some.length);
            return null;
          });
    }
    for (ReductionPlan.Addition node : plan.additions()) {
      all[node.left()].add(all[node.right()]);
    }
    return all[0];
  }

  /** Returns where the samples of each leaf begin in a subset: the blocks before it are full. */
  private int[] starts(int fraction) {
    int[] starts = new int[plan.slots()];
    for (int place = 0; place < samples.plan().shards(); place++) {
      for (ReductionPlan.Leaf leaf : plan.leaves(place)) {
        starts[leaf.slot()] = BlockTree.start(leaf.subtree().first()) / fraction;
      }
    }
    return starts;
  }

  /**
   * Computes it in this process: the samples of a subset, which is no larger than the second
   * derivative needs, are collected once.
   */
  @Override
  public void square(Scales scales, int fraction, double factor, double[][] result) {
    HessianMatrix square =
        squares.computeIfAbsent(
            fraction,
            key -> {
              double[] means = new double[samples.features()];
              for (int i = 0; i < means.length && scales != null; i++) {
                means[i] = scales.mean(i);
              }
              SampleMatrix subset = samples.subset(spec, key, workspace);
              return compute.executor(workspace, subset).hessian(means);
            });
    FloatMatrix d = workspace.floats(diagonal.length, 1);
    d.setColumn(0, diagonal);
    square.compute(d, 1, factor, result);
  }

  @Override
  public Partial exactGradient(double[][] w, Parameters model) {
    exact = Scores.exact(w, model);
    scores = exact;
    return add(
        SumShapes.exact(samples.features(), problem.outputs()),
        ask(Operation.EXACT_GRADIENT, out -> {}));
  }

  @Override
  public ExactObjective.Change change(double[][] w, double[] bias) {
    byte[][] answers =
        ask(
            Operation.CHANGE,
            out -> {
              Wire.write(out, w);
              Wire.write(out, bias);
            });
    return samples.add(
        ClusterSamples.read(
            answers,
            new ExactObjective.Change[answers.length],
            in -> new ExactObjective.Change(in.readDouble(), in.readDouble(), in.readDouble())),
        (left, right) ->
            new ExactObjective.Change(
                Math.max(left.probability(), right.probability()),
                Math.max(left.highest(), right.highest()),
                Math.min(left.lowest(), right.lowest())));
  }

  @Override
  public double predictionError(Parameters model) {
    byte[][] answers = ask(Operation.PREDICTION_ERROR, out -> Wire.write(out, model));
    scores = Scores.of(model);
    return samples.add(
        ClusterSamples.read(answers, new Double[answers.length], in -> in.readDouble()), Math::max);
  }

  @Override
  public double[][] exactHessian(Scales scales) {
    byte[][] answers = ask(Operation.EXACT_HESSIAN, scales::write);
    return samples.add(
        ClusterSamples.read(answers, new double[answers.length][][], Wire::readMatrix),
        ClusterSums::add);
  }

  private static double[][] add(double[][] left, double[][] right) {
    for (int i = 0; i < left.length; i++) {
      for (int r = 0; r < left[i].length; r++) {
        left[i][r] += right[i][r];
      }
    }
    return left;
  }

  @Override
  public boolean isSeparatedBy(Parameters model) {
    byte[][] answers = ask(Operation.SEPARATED, out -> Wire.write(out, model));
    scores = Scores.of(model);
    return samples.add(
        ClusterSamples.read(answers, new Boolean[answers.length], in -> in.readBoolean()),
        Boolean::logicalAnd);
  }
}
