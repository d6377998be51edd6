// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cluster;

import dev.lanewise.exec.Compute;
import dev.lanewise.loss.ExactObjective;
import dev.lanewise.loss.LocalSums;
import dev.lanewise.loss.Problem;
import dev.lanewise.loss.Scales;
import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.matrix.SampleMatrix;
import dev.lanewise.matrix.Workspace;
import dev.lanewise.nn.Parameters;
import dev.lanewise.reduce.BlockTree;
import dev.lanewise.reduce.Partial;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.Arrays;

/**
 * The sums over the samples of one leaf of a plan, for one problem. Every request carries the
 * scores that it is about, so that a leaf that was just built can answer it.
 */
final class LeafSums implements AutoCloseable {

  private final Arena arena = Arena.ofShared();
  private final Problem problem;
  private final LocalSums sums;
  private final Parameters model;
  private final Parameters scoresOf;

  private byte[] scores = {};

  /** The scores are those of one sample in so many. */
  private int fraction = 1;

  private byte[] exactScores = {};
  private boolean hasCost;

  LeafSums(Compute compute, ProblemSpec spec, SampleMatrix raw, int[] labels, float[] weights) {
    Workspace workspace = Workspace.of(arena);
    SampleMatrix x = raw;
    if (spec.standardization().isPresent()) {
      FloatMatrix copy = workspace.floats(raw.rows(), raw.columns());
      spec.standardization().get().apply(raw, copy);
      x = copy;
    }
    this.problem = spec.problem(workspace, x, labels, weights);
    this.sums = new LocalSums(workspace, compute, problem);
    this.model = new Parameters(workspace, problem.layout());
    this.scoresOf = new Parameters(workspace, problem.layout());
  }

  /** Returns the samples of the problem: standardised if it says so. */
  SampleMatrix samples() {
    return problem.x();
  }

  /** Answers a request: reads its arguments, and writes the result. */
  void answer(Operation operation, Scores.Wanted wanted, DataInputStream in, DataOutputStream out)
      throws IOException {
    switch (operation) {
      case SCALES:
        sums.scaleSums(Wire.readFloats(in)).write(out);
        break;
      case GRADIENT:
        gradient(in, out);
        break;
      case COST:
        sums.cost(readNetwork(in)).write(out);
        break;
      case PRODUCT:
        int ofProduct = in.readInt();
        moveTo(wanted, ofProduct);
        Wire.read(in, model);
        sums.product(model, ofProduct).write(out);
        break;
      case COUPLING:
        int ofCoupling = in.readInt();
        moveTo(wanted, ofCoupling);
        sums.coupling(ofCoupling).write(out);
        break;
      case BORDER:
        border(wanted, in, out);
        break;
      case EXACT_GRADIENT:
        exactGradient(wanted, out);
        break;
      case CHANGE:
        moveToExact(wanted.exact());
        ExactObjective.Change change = sums.change(Wire.readMatrix(in), Wire.readDoubles(in));
        out.writeDouble(change.probability());
        out.writeDouble(change.highest());
        out.writeDouble(change.lowest());
        break;
      case PREDICTION_ERROR:
        moveToExact(wanted.exact());
        out.writeDouble(sums.predictionError(read(in)));
        break;
      case EXACT_HESSIAN:
        moveToExact(wanted.exact());
        Wire.write(out, sums.exactHessian(Scales.read(in)));
        break;
      case SEPARATED:
        boolean isNetwork = !problem.hidden().isNone();
        out.writeBoolean(sums.isSeparatedBy(isNetwork ? readNetwork(in) : read(in)));
        break;
      default:
        throw new IllegalStateException("no sum of a problem: " + operation);
    }
  }

  private void gradient(DataInputStream in, DataOutputStream out) throws IOException {
    boolean withLosses = in.readBoolean();
    fraction = in.readInt();
    Wire.read(in, model);
    scores = Scores.of(model);
    sums.gradient(model, withLosses, fraction).write(out);
  }

  private void border(Scores.Wanted wanted, DataInputStream in, DataOutputStream out)
      throws IOException {
    int ofEach = in.readInt();
    moveTo(wanted, ofEach);
    sums.border(Wire.readDoubles(in), ofEach).write(out);
    FloatMatrix diagonal = sums.diagonal();
    float[] subset = new float[BlockTree.subsetSize(problem.samples(), ofEach)];
    for (int block = 0, at = 0; block < BlockTree.blocks(problem.samples()); block++) {
      int end = BlockTree.end(block, problem.samples(), ofEach);
      for (int j = BlockTree.start(block); j < end; j++, at++) {
        subset[at] = diagonal.get(j, 0);
      }
    }
    Wire.write(out, subset);
  }

  private void exactGradient(Scores.Wanted wanted, DataOutputStream out) throws IOException {
    evaluateExactly(wanted.exact()).write(out);
  }

  private Partial evaluateExactly(byte[] at) {
    sums.reserveCurvature();
    sums.reserveExact();
    double[][] w = Scores.readExact(at, scoresOf);
    Partial partial = sums.exactGradient(w, scoresOf);
    exactScores = at;
    scores = at;
    fraction = 1;
    return partial;
  }

  /** Reads parameters to compute the cost at. */
  private Parameters readNetwork(DataInputStream in) throws IOException {
    if (!hasCost) {
      sums.reserveCost();
      hasCost = true;
    }
    Wire.read(in, model);
    return model;
  }

  private Parameters read(DataInputStream in) throws IOException {
    sums.reserveCurvature();
    Wire.read(in, model);
    scores = Scores.of(model);
    fraction = 1;
    return model;
  }

  private void moveTo(Scores.Wanted wanted, int ofEach) {
    sums.reserveCurvature();
    byte[] at = wanted.scores();
    if (Arrays.equals(at, scores) && fraction <= ofEach) {
      return;
    }
    if (Scores.isExact(at)) {
      evaluateExactly(at);
    } else {
      Scores.read(at, scoresOf);
      sums.moveTo(scoresOf);
      scores = at;
      fraction = 1;
    }
  }

  private void moveToExact(byte[] at) {
    if (!Arrays.equals(at, exactScores)) {
      evaluateExactly(at);
    }
  }

  @Override
  public void close() {
    arena.close();
  }
}
