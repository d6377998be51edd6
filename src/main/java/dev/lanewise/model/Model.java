// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.model;

import dev.lanewise.data.DataException;
import dev.lanewise.data.Dataset;
import dev.lanewise.data.Schema;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.kernel.Stage;
import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.matrix.Memory;
import dev.lanewise.matrix.SampleMatrix;
import dev.lanewise.matrix.Workspace;
import dev.lanewise.metric.Calibration;
import dev.lanewise.metric.TemperatureCalibration;
import dev.lanewise.nn.Layers;
import dev.lanewise.nn.Layout;
import dev.lanewise.nn.Parameters;
import dev.lanewise.options.Activation;
import dev.lanewise.statistics.Summary;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * A trained model: a list of layers, the last of which gives z. Of two classes z is one number, and
 * a = g(z); class 1 where a is above the {@link #threshold()}. Of K classes, three or more, there
 * are K, which {@link MultiClass} turns into K probabilities; the class with the largest is
 * predicted. The neuron of logistic regression is the list of one layer.
 *
 * <p>Immutable; it may be shared between threads.
 */
public final class Model {

  // Scores and probabilities of this many floats each are in memory at a time.
  private static final int MOST_OUTPUTS = 1 << 20;

  // Samples of a network whose activations are kept at once.
  private static final int SAMPLES_OF_NETWORK = 256;

  // As many numbers as a Java array has, and a data set of a model's file.
  private static final int MOST_WEIGHTS = Integer.MAX_VALUE - 8;

  private final List<DenseLayer> layers;

  /** The weights of the last layer by columns: one for two classes, else one a class. */
  private final float[][] weights;

  private final float[] biases;

  /** Of hidden layers; null without them. */
  private final Activation activation;

  /** Null for two classes. */
  private final MultiClass multiClass;

  private final Schema schema;
  private final Provenance provenance;

  /** Of two classes, class 1 is predicted above this probability. */
  private final float threshold;

  /** Null if scores are taken as they are. */
  private final Calibration calibration;

  /** Null if nobody asked for the statistics of the fit. */
  private final Summary summary;

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
    this(
        List.of(new DenseLayer(new float[][] {weights}, new float[] {bias})),
        null,
        null,
        schema,
        provenance,
        Predictions.THRESHOLD,
        null,
        null);
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
        List.of(new DenseLayer(weights, biases)),
        null,
        Objects.requireNonNull(multiClass, "multiClass"),
        schema,
        provenance,
        Predictions.THRESHOLD,
        null,
        null);
  }

  /**
   * A model of three classes or more.
   *
   * @param layer a unit for each class
   * @param multiClass how K scores become probabilities
   * @param schema the samples it serves: of d features and K classes
   * @param provenance how the model came about
   * @throws IllegalArgumentException if these do not fit together, or there are fewer than three
   *     classes
   */
  public Model(DenseLayer layer, MultiClass multiClass, Schema schema, Provenance provenance) {
    this(
        List.of(layer),
        null,
        Objects.requireNonNull(multiClass, "multiClass"),
        schema,
        provenance,
        Predictions.THRESHOLD,
        null,
        null);
  }

  /**
   * A model with hidden layers.
   *
   * @param layers from the features to the outputs, two or more
   * @param activation of the units of all layers but the last
   * @param schema the samples it serves
   * @param provenance how the model came about
   * @return the model; of three classes or more, by softmax
   * @throws IllegalArgumentException if these do not fit together
   */
  public static Model network(
      List<DenseLayer> layers, Activation activation, Schema schema, Provenance provenance) {
    Objects.requireNonNull(activation, "activation");
    if (layers.size() < 2) {
      throw new IllegalArgumentException("a network has a hidden layer");
    }
    MultiClass multiClass = schema.classNames().size() > 2 ? MultiClass.SOFTMAX : null;
    return new Model(
        layers, activation, multiClass, schema, provenance, Predictions.THRESHOLD, null, null);
  }

  private Model(
      List<DenseLayer> layers,
      Activation activation,
      MultiClass multiClass,
      Schema schema,
      Provenance provenance,
      float threshold,
      Calibration calibration,
      Summary summary) {
    this.threshold = threshold;
    this.calibration = calibration;
    this.summary = summary;
    this.layers = List.copyOf(layers);
    this.activation = activation;
    this.weights = layers.getLast().weights();
    this.biases = layers.getLast().biases();
    this.multiClass = multiClass;
    this.schema = Objects.requireNonNull(schema, "schema");
    this.provenance = Objects.requireNonNull(provenance, "provenance");
    checkClasses();
    checkLayers();
  }

  private void checkClasses() {
    int classes = schema.classNames().size();
    if (multiClass == null && (classes != 2 || weights.length != 1)) {
      throw new IllegalArgumentException("two class names, not " + schema.classNames());
    }
    if (multiClass != null && (classes < 3 || classes != weights.length)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "%d columns of weights for %d classes", weights.length, classes));
    }
  }

  private void checkLayers() {
    int inputs = schema.shape().size();
    if (layers.getFirst().inputs() != inputs) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%d weights for a sample of %s",
              layers.getFirst().inputs(),
              schema.shape()));
    }
    for (DenseLayer layer : layers) {
      if (layer.inputs() != inputs) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT, "a layer of %d inputs after one of %d units", layer.inputs(), inputs));
      }
      checkSize(inputs, layer.units());
      inputs = layer.units();
    }
  }

  /**
   * The same model with another threshold.
   *
   * @param probability class 1 is predicted above it; at least 0 and below 1, or 1 to predict it
   *     never
   * @return a new model of the same weights
   * @throws IllegalArgumentException if it is no such probability
   * @throws IllegalStateException if there are more classes than two
   */
  public Model withThreshold(float probability) {
    requireTwo();
    if (!(probability >= 0 && probability <= 1)) {
      throw new IllegalArgumentException(
          "a threshold is a probability from 0 to 1, not " + probability);
    }
    return new Model(
        layers, activation, multiClass, schema, provenance, probability, calibration, summary);
  }

  /**
   * The threshold on the probability of class 1 of two.
   *
   * @return class 1 is predicted above it; 0.5 unless {@link #withThreshold} made the model
   */
  public float threshold() {
    return threshold;
  }

  /**
   * The same model with the statistics of its fit.
   *
   * @param statistics coefficients with standard errors, and measures of the fit
   * @return a new model of the same weights
   */
  public Model withSummary(Summary statistics) {
    Objects.requireNonNull(statistics, "statistics");
    return new Model(
        layers, activation, multiClass, schema, provenance, threshold, calibration, statistics);
  }

  /**
   * The statistics of the fit.
   *
   * @return empty unless {@link #withSummary} made the model
   */
  public Optional<Summary> summary() {
    return Optional.ofNullable(summary);
  }

  /**
   * The same model with the arguments of the command that trained it.
   *
   * @param words as for {@link Provenance#withArguments}
   * @return a new model of the same weights
   */
  public Model withArguments(List<String> words) {
    return new Model(
        layers,
        activation,
        multiClass,
        schema,
        provenance.withArguments(words),
        threshold,
        calibration,
        summary);
  }

  /**
   * The same model with calibrated probabilities. An earlier calibration is replaced.
   *
   * @param correction the calibration of its scores; empty if they are not calibrated
   * @return a new model of the same weights
   * @throws IllegalArgumentException if it is not for the classes of the model: of more than two by
   *     softmax there are temperatures only, and of one versus the rest none
   */
  public Model withCalibration(Optional<? extends Calibration> correction) {
    boolean fits =
        multiClass == null
            || multiClass == MultiClass.SOFTMAX
                && correction.stream().allMatch(TemperatureCalibration.class::isInstance);
    if (correction.isPresent() && !fits) {
      throw new IllegalArgumentException(
          "more than two classes are calibrated by temperature, and with softmax only");
    }
    return new Model(
        layers,
        activation,
        multiClass,
        schema,
        provenance,
        threshold,
        correction.orElse(null),
        summary);
  }

  /**
   * The calibration of the probabilities.
   *
   * @return empty unless {@link #withCalibration} made the model
   */
  public Optional<Calibration> calibration() {
    return Optional.ofNullable(calibration);
  }

  /**
   * Refuses more weights than a layer can have.
   *
   * @param inputs the features, or the units of the layer before
   * @param units of the layer; of the last, 1 for two classes, else the number of classes
   * @throws IllegalArgumentException if there are more weights than a Java array holds
   */
  public static void checkSize(int inputs, int units) {
    if ((long) inputs * units > MOST_WEIGHTS) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%d inputs for each of %d units are more than the %d weights a layer may have; take"
                  + " fewer",
              inputs,
              units,
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
          return data.reading(() -> predictFeatures(data.features(), kernels));
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

  /** Predicts samples whose features are those that the model was trained on. */
  Predictions predictFeatures(SampleMatrix features, Kernels kernels) {
    try (Arena arena = Arena.ofShared()) {
      int samples = features.columns();
      FloatMatrix z = FloatMatrix.allocate(arena, samples, weights.length);
      Workspace workspace = Workspace.of(arena);
      Parameters parameters = parameters(workspace);
      if (isLinear()) {
        Stage stage = Stage.forPass(workspace, kernels, features, 1);
        for (int from = 0, to; from < samples; from = to) {
          to = Math.min(samples - from, stage.width()) + from;
          SampleMatrix x = stage.samples(from, to);
          kernels.forward(x, from, to, parameters.weights(), parameters.biases(), z);
        }
      } else {
        network(workspace, features, kernels, parameters, z);
      }
      calibrate(z);
      return new Predictions(
          multiClass, columns(z), columns(probabilities(arena, kernels, z)), threshold);
    }
  }

  private void calibrate(FloatMatrix z) {
    for (int k = 0; calibration != null && k < z.columns(); k++) {
      for (int j = 0; j < z.rows(); j++) {
        z.set(j, k, (float) calibration.score(z.get(j, k)));
      }
    }
  }

  private void network(
      Workspace workspace,
      SampleMatrix features,
      Kernels kernels,
      Parameters parameters,
      FloatMatrix z) {
    Stage stage = Stage.floats(workspace, kernels, features);
    int width = Math.min(stage.width(), SAMPLES_OF_NETWORK);
    Layers network = new Layers(workspace, kernels, parameters.layout(), activation, width);
    network.pack(parameters, 0, parameters.layout().paddedUnits());
    for (int from = 0, to; from < features.columns(); from = to) {
      to = Math.min(features.columns() - from, width) + from;
      FloatMatrix x = stage.columns(from, to);
      network.moveTo(from);
      for (int l = 0; l < network.count(); l++) {
        network.forward(l, parameters, x, from, to);
      }
      network.copyOutputs(from, to, z);
    }
  }

  /** The numbers of all layers, off the heap. */
  private Parameters parameters(Workspace workspace) {
    List<Integer> hidden =
        layers.subList(0, layers.size() - 1).stream().map(DenseLayer::units).toList();
    Parameters parameters =
        new Parameters(workspace, Layout.network(schema.shape().size(), hidden, weights.length));
    for (int l = 0; l < layers.size(); l++) {
      for (int k = 0; k < layers.get(l).units(); k++) {
        parameters.weights(l).setColumn(k, layers.get(l).weights()[k]);
        parameters.biases(l).set(k, 0, layers.get(l).biases()[k]);
      }
    }
    return parameters;
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
    return new Scorer(layers, activation, multiClass, schema, threshold, calibration);
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
   * The layers, from the features to the outputs.
   *
   * @return one layer for logistic and softmax regression
   */
  public List<DenseLayer> layers() {
    return layers;
  }

  /**
   * Tells whether there are no hidden layers.
   *
   * @return true for logistic and softmax regression
   */
  public boolean isLinear() {
    return layers.size() == 1;
  }

  /**
   * The activation function of hidden units.
   *
   * @return empty without hidden layers
   */
  public Optional<Activation> activation() {
    return Optional.ofNullable(activation);
  }

  /**
   * How many numbers were learned.
   *
   * @return the weights and biases of all layers
   */
  public long parameterCount() {
    return layers.stream().mapToLong(layer -> (layer.inputs() + 1L) * layer.units()).sum();
  }

  /**
   * How many outputs there are.
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
   * @throws IllegalStateException if there are more classes, each with weights of its own, or
   *     hidden layers
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
   * @throws IllegalStateException if there are hidden layers: {@link #layers()}
   */
  public float[] weights(int column) {
    requireLinear();
    return weights[column].clone();
  }

  /**
   * b: the bias of a model of two classes.
   *
   * @return b
   * @throws IllegalStateException if there are more classes, each with a bias of its own, or hidden
   *     layers
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
   * @throws IllegalStateException if there are hidden layers: {@link #layers()}
   */
  public float bias(int column) {
    requireLinear();
    return biases[column];
  }

  private void requireLinear() {
    if (!isLinear()) {
      throw new IllegalStateException("a model with hidden layers has weights in each layer");
    }
  }

  private void requireTwo() {
    requireLinear();
    if (multiClass != null) {
      throw new IllegalStateException(
          "a model of " + weights.length + " classes; say which, from 0 on");
    }
  }

  /**
   * |w|: the Euclidean norm of all weights, summed in double, column after column, layer after
   * layer.
   *
   * @return at least 0
   */
  public double weightsNorm() {
    double sum = 0;
    for (DenseLayer layer : layers) {
      for (float[] column : layer.weights()) {
        for (float weight : column) {
          sum += (double) weight * weight;
        }
      }
    }
    return Math.sqrt(sum);
  }

  /**
   * The identity of the trained numbers: SHA-256, layer after layer, of the weights of each column,
   * one column after the other, then the biases, as little-endian float32.
   *
   * @return 64 hexadecimal digits
   */
  public String weightsSha256() {
    MessageDigest digest = sha256();
    for (DenseLayer layer : layers) {
      for (float[] column : layer.weights()) {
        digest.update(littleEndian(column));
      }
      digest.update(littleEndian(layer.biases()));
    }
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
