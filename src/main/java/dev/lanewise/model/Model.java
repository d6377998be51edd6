// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.model;

import dev.lanewise.data.DataException;
import dev.lanewise.data.Dataset;
import dev.lanewise.data.Schema;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.kernel.Stage;
import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.matrix.Memory;
import dev.lanewise.matrix.Workspace;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * A trained model. Of two classes it is one neuron: a = g(w . x + b), and class 1 where a &gt; 0.5.
 * Of K classes, three or more, it is K neurons, z_k = w_k . x + b_k, which {@link MultiClass} turns
 * into K probabilities; the class with the largest is predicted.
 *
 * <p>Immutable; it may be shared between threads.
 */
public final class Model {

  // Scores and probabilities of so many floats each are kept at once.
  private static final int MOST_OUTPUTS = 1 << 20;

  // As many numbers as a Java array has, and a data set of a model's file.
  private static final int MOST_WEIGHTS = Integer.MAX_VALUE - 8;

  /** By columns: one for two classes, else one a class. */
  private final float[][] weights;

  private final float[] biases;

  /** Null for two classes. */
  private final MultiClass multiClass;

  private final Schema schema;
  private final Provenance provenance;

  /**
   * A model of two classes.
   *
   * @param weights w, d finite values; copied
   * @param bias b, finite
   * @param schema the samples it serves: of d features and two classes
   * @param provenance how the model came about
   * @throws IllegalArgumentException if these do not fit together, or a value is not finite
   */
  public Model(float[] weights, float bias, Schema schema, Provenance provenance) {
    this(new float[][] {weights.clone()}, new float[] {bias}, schema, provenance, null);
    if (schema.classNames().size() != 2) {
      throw new IllegalArgumentException("two class names, not " + schema.classNames());
    }
  }

  /**
   * A model of three classes or more.
   *
   * @param weights K columns w_k of d finite values; copied
   * @param biases K finite values b_k; copied
   * @param multiClass how K scores become probabilities
   * @param schema the samples it serves: of d features and K classes
   * @param provenance how the model came about
   * @throws IllegalArgumentException if these do not fit together, there are fewer than three
   *     classes, or a value is not finite
   */
  public Model(
      float[][] weights,
      float[] biases,
      MultiClass multiClass,
      Schema schema,
      Provenance provenance) {
    this(
        Arrays.stream(weights).map(float[]::clone).toArray(float[][]::new),
        biases.clone(),
        schema,
        provenance,
        Objects.requireNonNull(multiClass, "multiClass"));
    int classes = schema.classNames().size();
    if (classes < 3 || classes != this.weights.length) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "%d columns of weights for %d classes", this.weights.length, classes));
    }
  }

  // The arrays are the model's own.
  private Model(
      float[][] weights,
      float[] biases,
      Schema schema,
      Provenance provenance,
      MultiClass multiClass) {
    this.weights = weights;
    this.biases = biases;
    this.multiClass = multiClass;
    this.schema = Objects.requireNonNull(schema, "schema");
    this.provenance = Objects.requireNonNull(provenance, "provenance");
    boolean finite = biases.length == weights.length;
    if (!finite) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "%d biases for %d columns of weights", biases.length, weights.length));
    }
    for (int k = 0; k < weights.length; k++) {
      if (weights[k].length != schema.shape().size()) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT, "%d weights for a sample of %s", weights[k].length, schema.shape()));
      }
      finite &= Float.isFinite(biases[k]);
      for (float weight : weights[k]) {
        finite &= Float.isFinite(weight);
      }
    }
    if (!finite) {
      throw new IllegalArgumentException("a weight or the bias is not finite");
    }
    checkSize(schema.shape().size(), weights.length);
  }

  /**
   * Refuses more weights than a model can have.
   *
   * @param features d
   * @param columns 1 for two classes, else the number of classes
   * @throws IllegalArgumentException if d times the columns is more than a Java array holds
   */
  public static void checkSize(int features, int columns) {
    if ((long) features * columns > MOST_WEIGHTS) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%d features for each of %d classes are more than the %d weights a model may have",
              features,
              columns,
              MOST_WEIGHTS));
    }
  }

  /**
   * The probabilities of the classes for every sample, by equations (1) and (2).
   *
   * <p>It takes memory for K numbers a sample; of many samples and classes ask for some after the
   * other: {@link Dataset#part}, {@link #samplesAtOnce()}.
   *
   * @param dataset m samples of d features, scaled as the model's training data were, and
   *     standardised as these or not yet; labels do not matter
   * @param kernels what computes; changes no bit
   * @return m times K probabilities
   * @throws DataException if the samples have another schema, their file was changed meanwhile, or
   *     what is said of them does not fit into memory
   */
  public Predictions predict(Dataset dataset, Kernels kernels) {
    return schema.withFeatures(
        dataset,
        "the model",
        data -> {
          schema.requireFeatures(data, "the model");
          checkMemory(data);
          return data.reading(() -> predictions(data, kernels));
        });
  }

  // z and a: off the heap, where they are computed, and on it, where they are kept.
  private void checkMemory(Dataset dataset) {
    String what = String.format(Locale.ROOT, "predicting %d samples", dataset.samples());
    long kept = 2L * Float.BYTES * dataset.samples() * weights.length;
    // One versus the rest has exponents, too, and of many classes each sample a label.
    int columns = multiClass == MultiClass.OVR ? 3 * weights.length : 2 * weights.length;
    long computed = FloatMatrix.byteSize(dataset.samples(), columns + (multiClass == null ? 0 : 2));
    Memory.lackOnHeap(what, kept)
        .or(() -> Memory.lack(what, kept + computed))
        .ifPresent(
            problem -> {
              throw new DataException(dataset.origin().source(), problem);
            });
  }

  private Predictions predictions(Dataset dataset, Kernels kernels) {
    try (Arena arena = Arena.ofShared()) {
      FloatMatrix w = FloatMatrix.allocate(arena, schema.shape().size(), weights.length);
      FloatMatrix b = FloatMatrix.vector(arena, biases);
      for (int k = 0; k < weights.length; k++) {
        w.setColumn(k, weights[k]);
      }
      int samples = dataset.samples();
      FloatMatrix z = FloatMatrix.allocate(arena, samples, weights.length);
      Stage stage = Stage.forPass(Workspace.of(arena), kernels, dataset.features(), 1);
      for (int from = 0, to; from < samples; from = to) {
        to = Math.min(samples - from, stage.width()) + from;
        kernels.forward(stage.samples(from, to), from, to, w, b, z);
      }
      return new Predictions(multiClass, columns(z), columns(probabilities(arena, kernels, z)));
    }
  }

  private FloatMatrix probabilities(Arena arena, Kernels kernels, FloatMatrix z) {
    int samples = z.rows();
    FloatMatrix a = FloatMatrix.allocate(arena, samples, z.columns());
    if (multiClass == null) {
      kernels.sigmoid(z, 0, samples, a);
      return a;
    }
    FloatMatrix label = FloatMatrix.allocate(arena, samples, 1);
    FloatMatrix exponents = z;
    if (multiClass == MultiClass.OVR) {
      // g(z) = exp(-softplus(-z)): without it all probabilities could be 0.
      exponents = FloatMatrix.allocate(arena, samples, z.columns());
      fill(label, 1f);
      for (int k = 0; k < z.columns(); k++) {
        kernels.loss(z.part(k, k + 1), label, 0, samples, exponents.part(k, k + 1));
      }
      kernels.scale(exponents, -1f, 0, exponents.paddedRows());
    }
    // No class to take away, so that what remains are the probabilities.
    fill(label, -1f);
    kernels.softmax(exponents, label, 0, samples, a, FloatMatrix.allocate(arena, samples, 1));
    return a;
  }

  private static void fill(FloatMatrix vector, float value) {
    for (int j = 0; j < vector.rows(); j++) {
      vector.set(j, 0, value);
    }
  }

  private static float[][] columns(FloatMatrix matrix) {
    float[][] columns = new float[matrix.columns()][];
    for (int k = 0; k < columns.length; k++) {
      columns[k] = matrix.column(k);
    }
    return columns;
  }

  /**
   * Returns what scores one sample at a time, without allocating and on any number of threads.
   *
   * @return a scorer, which keeps a copy of the weights: make it once
   */
  public Scorer scorer() {
    return new Scorer(weights, biases, multiClass, schema);
  }

  /**
   * How many samples may be predicted at once without their scores and probabilities taking much
   * memory: some megabytes.
   *
   * @return at least 1
   */
  public int samplesAtOnce() {
    return Math.max(1, MOST_OUTPUTS / weights.length);
  }

  /**
   * How many columns of weights there are.
   *
   * @return 1 for two classes, else K, one a class
   */
  public int columns() {
    return weights.length;
  }

  /**
   * How the scores of K classes become probabilities.
   *
   * @return empty for two classes
   */
  public Optional<MultiClass> multiClass() {
    return Optional.ofNullable(multiClass);
  }

  /**
   * w: the weights of a model of two classes.
   *
   * @return a new array of d weights
   * @throws IllegalStateException if there are more classes, each with weights of its own
   */
  public float[] weights() {
    requireTwo();
    return weights[0].clone();
  }

  /**
   * w_k: the weights of a class.
   *
   * @param column from 0 to {@link #columns()} - 1
   * @return a new array of d weights
   * @throws IndexOutOfBoundsException if there is no such column
   */
  public float[] weights(int column) {
    return weights[column].clone();
  }

  /**
   * b: the bias of a model of two classes.
   *
   * @return b
   * @throws IllegalStateException if there are more classes, each with a bias of its own
   */
  public float bias() {
    requireTwo();
    return biases[0];
  }

  /**
   * b_k: the bias of a class.
   *
   * @param column from 0 to {@link #columns()} - 1
   * @return b_k
   * @throws IndexOutOfBoundsException if there is no such column
   */
  public float bias(int column) {
    return biases[column];
  }

  private void requireTwo() {
    if (multiClass != null) {
      throw new IllegalStateException(
          "a model of " + weights.length + " classes; say which, from 0 on");
    }
  }

  /**
   * |w|: the Euclidean norm of all weights, summed in double, column after column.
   *
   * @return at least 0
   */
  public double weightsNorm() {
    double sum = 0;
    for (float[] column : weights) {
      for (float weight : column) {
        sum += (double) weight * weight;
      }
    }
    return Math.sqrt(sum);
  }

  /**
   * The identity of the trained numbers: SHA-256 of the d weights of each column, one column after
   * the other, then the biases, as little-endian float32.
   *
   * @return 64 hexadecimal digits
   */
  public String weightsSha256() {
    MessageDigest digest = sha256();
    for (float[] column : weights) {
      digest.update(littleEndian(column));
    }
    digest.update(littleEndian(biases));
    return HexFormat.of().formatHex(digest.digest());
  }

  private static byte[] littleEndian(float[] values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return bytes.array();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /**
   * The samples that the model serves.
   *
   * @return their shape, scaling and class names
   */
  public Schema schema() {
    return schema;
  }

  /**
   * How the model came about.
   *
   * @return the provenance
   */
  public Provenance provenance() {
    return provenance;
  }
}
