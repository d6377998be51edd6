// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cluster;

import dev.lanewise.data.Dataset;
import dev.lanewise.data.DatasetDigest;
import dev.lanewise.data.FeatureShape;
import dev.lanewise.data.Origin;
import dev.lanewise.data.Scaling;
import dev.lanewise.data.Standardization;
import dev.lanewise.data.StandardizationSums;
import dev.lanewise.exec.Compute;
import dev.lanewise.loss.Problem;
import dev.lanewise.loss.SampleSource;
import dev.lanewise.loss.SampleSums;
import dev.lanewise.matrix.ByteMatrix;
import dev.lanewise.matrix.DoubleMatrix;
import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.matrix.SampleMatrix;
import dev.lanewise.matrix.Workspace;
import dev.lanewise.reduce.BlockTree;
import dev.lanewise.reduce.ReductionPlan;
import java.io.DataInputStream;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.Supplier;

/**
 * Training samples in the shards of other processes. Describes them as a {@link Dataset} without
 * features, and computes the sums over them. Labels and weights are in this process, too: 8 to 16
 * bytes a sample.
 *
 * <p>For use by one thread.
 */
public final class ClusterSamples implements SampleSource {

  private final ClusterPlan plan;
  private final int features;
  private final Storage storage;
  private final float scale;
  private final Transport transport;

  private int[] labels;
  private float[] weights;
  private Standardization standardization;

  /**
   * Samples in shards.
   *
   * @param plan of the shards
   * @param features d
   * @param storage how the shards keep features
   * @param scale the factor of a byte; not used for floats and doubles
   * @param transport asks the shards
   */
  public ClusterSamples(
      ClusterPlan plan, int features, Storage storage, float scale, Transport transport) {
    this.plan = plan;
    this.features = features;
    this.storage = storage;
    this.scale = scale;
    this.transport = transport;
  }

  /** Asks all shards; returns the answer of each leaf by its slot. */
  byte[][] ask(Operation operation, byte[] spec, Scores.Wanted wanted, Wire.Writing arguments) {
    byte[] request =
        Wire.bytes(
            out -> {
              out.writeByte(operation.ordinal());
              Wire.write(out, spec);
              wanted.write(out);
              arguments.to(out);
            });
    byte[][] bySlot = new byte[plan.reduction().slots()][];
    for (byte[] answer : transport.ask(request, operation.description())) {
      Wire.read(
          answer,
          in -> {
            while (in.available() > 0) {
              bySlot[in.readInt()] = Wire.readBytes(in);
            }
            return null;
          });
    }
    for (byte[] answer : bySlot) {
      if (answer == null) {
        throw new IllegalStateException(
            String.format(
                Locale.ROOT,
                "%s: a shard has not answered, expected answers of all %d",
                operation.description(),
                plan.shards()));
      }
    }
    return bySlot;
  }

  private byte[][] ask(Operation operation, Wire.Writing arguments) {
    return ask(operation, new byte[0], new Scores.Wanted(new byte[0], new byte[0]), arguments);
  }

  /** Adds the results of the leaves in the order of the tree. */
  <T> T add(T[] bySlot, BinaryOperator<T> add) {
    for (ReductionPlan.Addition node : plan.reduction().additions()) {
      bySlot[node.left()] = add.apply(bySlot[node.left()], bySlot[node.right()]);
    }
    return bySlot[0];
  }

  /** Reads the answers of all leaves. */
  static <T> T[] read(byte[][] bySlot, T[] results, Wire.Reading<T> reading) {
    for (int slot = 0; slot < bySlot.length; slot++) {
      results[slot] = Wire.read(bySlot[slot], reading);
    }
    return results;
  }

  ClusterPlan plan() {
    return plan;
  }

  int features() {
    return features;
  }

  /**
   * Describes the samples; asks all shards once, for labels, weights and the digest of the data.
   *
   * @param classNames the name of each label of the shards
   * @param shape of a sample
   * @param scaling how numbers became features
   * @param origin where the samples came from
   * @return a data set without features; close it
   * @throws dev.lanewise.data.DataException as {@link Dataset#elsewhere}
   */
  public Dataset describe(
      List<String> classNames, FeatureShape shape, Scaling scaling, Origin origin) {
    labels = new int[plan.samples()];
    byte[][] answers = ask(Operation.DESCRIBE, out -> {});
    byte[][] hashes = read(answers, new byte[answers.length][], this::describe);
    byte[] tree = add(hashes, DatasetDigest::node);
    String sha256 = DatasetDigest.root(tree, features, plan.samples(), weights != null);
    return Dataset.elsewhere(features, labels, weights, classNames, shape, scaling, origin, sha256);
  }

  private byte[] describe(DataInputStream in) throws IOException {
    int first = in.readInt();
    int count = in.readInt();
    for (int j = 0; j < count; j++) {
      labels[first + j] = in.readInt();
    }
    if (in.readBoolean()) {
      if (weights == null) {
        weights = new float[labels.length];
      }
      float[] some = Wire.readFloats(in);
      System.arraycopy(some, 0, weights, first, count);
    }
    return Wire.readBytes(in);
  }

  /**
   * Makes the shards standardise their features from now on, in two requests.
   *
   * @param data as {@link #describe} returned it
   * @return the same that knows how it is standardised
   */
  public Dataset standardize(Dataset data) {
    byte[][] sums = ask(Operation.MEANS, out -> {});
    StandardizationSums whole =
        add(
            read(
                sums,
                new StandardizationSums[sums.length],
                in -> {
                  double[][] arrays = Wire.readMatrix(in);
                  return new StandardizationSums(arrays[0], arrays[1], arrays[2], arrays[3]);
                }),
            StandardizationSums::add);
    double[] means = whole.means(plan.samples());
    byte[][] squares = ask(Operation.DEVIATIONS, out -> Wire.write(out, means));
    double[] ofAll =
        add(
            read(squares, new double[squares.length][], Wire::readDoubles),
            (left, right) -> {
              for (int i = 0; i < left.length; i++) {
                left[i] += right[i];
              }
              return left;
            });
    standardization = whole.learn(ofAll, plan.samples());
    return data.standardizedElsewhere(standardization);
  }

  /**
   * Copies all samples into this process, as the shards keep them.
   *
   * @param data as {@link #describe} returned it
   * @return the same data set with features, not standardised; close it
   */
  public Dataset collect(Dataset data) {
    Arena arena = Arena.ofShared();
    try {
      SampleMatrix x = storage.allocate(arena, features, plan.samples(), scale);
      subset(new byte[0], 1, x);
      Dataset copy =
          new Dataset(
              arena,
              x,
              data.labels(),
              data.classNames(),
              data.shape(),
              data.scaling(),
              data.origin());
      return data.weights().map(copy::withWeights).orElse(copy);
    } catch (RuntimeException | Error e) {
      if (arena.scope().isAlive()) {
        arena.close();
      }
      throw e;
    }
  }

  /** Collects the first samples of each block, with the labels of a problem. */
  SampleMatrix subset(byte[] spec, int fraction, Workspace workspace) {
    int size = BlockTree.subsetSize(plan.samples(), fraction);
    boolean bytes = storage == Storage.BYTES && standardization == null;
    SampleMatrix x =
        bytes ? workspace.bytes(features, size, scale) : workspace.floats(features, size);
    if (!workspace.isDryRun()) {
      subset(spec, fraction, x);
    }
    return x;
  }

  private void subset(byte[] spec, int fraction, SampleMatrix x) {
    byte[][] answers =
        ask(
            Operation.SUBSET,
            spec,
            new Scores.Wanted(new byte[0], new byte[0]),
            out -> out.writeInt(fraction));
    for (byte[] answer : answers) {
      Wire.read(
          answer,
          in -> {
            // The blocks before this one are full.
            for (int column = in.readInt() / fraction; in.available() > 0; column++) {
              put(x, column, in);
            }
            return null;
          });
    }
  }

  private void put(SampleMatrix x, int column, DataInputStream in) throws IOException {
    if (x instanceof ByteMatrix) {
      byte[] sample = new byte[features];
      in.readFully(sample);
      Storage.put(x, column, sample);
    } else if (x instanceof DoubleMatrix doubles) {
      doubles.putColumn(column, Wire.readDoubles(in));
    } else {
      ((FloatMatrix) x).setColumn(column, Wire.readFloats(in));
    }
  }

  /** Reads a sample as a problem has it. */
  float[] sample(byte[] spec, int number) {
    byte[][] answers =
        ask(
            Operation.SAMPLE,
            spec,
            new Scores.Wanted(new byte[0], new byte[0]),
            out -> out.writeInt(number));
    return Arrays.stream(answers)
        .map(answer -> Wire.read(answer, in -> in.readBoolean() ? Wire.readFloats(in) : null))
        .filter(sample -> sample != null)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no shard has sample " + number));
  }

  @Override
  public SampleSums sums(
      Workspace workspace, Compute compute, Problem problem, Supplier<double[]> classWeights) {
    return new ClusterSums(
        this, workspace, compute, problem, spec(workspace, problem, classWeights));
  }

  private byte[] spec(Workspace workspace, Problem problem, Supplier<double[]> classWeights) {
    if (workspace.isDryRun()) {
      return new byte[0];
    }
    ProblemSpec spec =
        new ProblemSpec(
            problem.hidden(),
            problem.outputs(),
            problem.pixels(),
            labels(problem),
            problem.weights() != null,
            classWeights.get(),
            Optional.ofNullable(standardization));
    return Wire.bytes(spec::write);
  }

  /** Returns the label in a problem of each label of the shards. */
  private int[] labels(Problem problem) {
    int[] map = new int[Arrays.stream(labels).max().orElseThrow() + 1];
    Arrays.fill(map, -1);
    for (int j = 0; j < labels.length; j++) {
      int label = problem.label(j);
      if (map[labels[j]] >= 0 && map[labels[j]] != label) {
        throw new IllegalStateException("samples of one class have labels of two in the problem");
      }
      map[labels[j]] = label;
    }
    return map;
  }

  @Override
  public boolean isLocal() {
    return false;
  }
}
