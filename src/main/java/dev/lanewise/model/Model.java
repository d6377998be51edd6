package dev.lanewise.model;

import dev.lanewise.data.DataException;
import dev.lanewise.data.Dataset;
import dev.lanewise.data.SampleKind;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.kernel.Stage;
import dev.lanewise.matrix.FloatMatrix;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;

/**
 * A trained model of two classes: a = g(w . x + b), and class 1 where a &gt; 0.5.
 *
 * <p>Immutable; it may be shared between threads.
 */
public final class Model {

  private final float[] weights;
  private final float bias;
  private final SampleKind kind;
  private final Provenance provenance;

  /**
   * A model.
   *
   * @param weights w, d finite values; copied
   * @param bias b, finite
   * @param kind the samples it serves: of d features and two classes
   * @param provenance how the model came about
   * @throws IllegalArgumentException if these do not fit together, or a value is not finite
   */
  public Model(float[] weights, float bias, SampleKind kind, Provenance provenance) {
    this.weights = weights.clone();
    this.bias = bias;
    this.kind = Objects.requireNonNull(kind, "kind");
    this.provenance = Objects.requireNonNull(provenance, "provenance");
    if (this.weights.length != kind.shape().size()) {
      throw new IllegalArgumentException(
          "%d weights for a sample of %s".formatted(this.weights.length, kind.shape()));
    }
    if (kind.classNames().size() != 2) {
      throw new IllegalArgumentException("two class names, not " + kind.classNames());
    }
    boolean finite = Float.isFinite(bias);
    for (float weight : this.weights) {
      finite &= Float.isFinite(weight);
    }
    if (!finite) {
      throw new IllegalArgumentException("a weight or the bias is not finite");
    }
  }

  /**
   * The probability of class 1 for every sample, by equations (1) and (2).
   *
   * @param dataset m samples of d features, scaled as the model's training data were; labels do not
   *     matter
   * @param kernels what computes; changes no bit
   * @return m probabilities
   * @throws DataException if the samples are of another kind, or their file was changed meanwhile
   */
  public Predictions predict(Dataset dataset, Kernels kernels) {
    kind.requireFeatures(dataset, "the model");
    return dataset.reading(() -> predictions(dataset, kernels));
  }

  private Predictions predictions(Dataset dataset, Kernels kernels) {
    int samples = dataset.samples();
    try (Arena arena = Arena.ofShared()) {
      FloatMatrix w = FloatMatrix.allocate(arena, weights.length, 1);
      w.setColumn(0, weights);
      FloatMatrix z = FloatMatrix.allocate(arena, samples, 1);
      FloatMatrix a = FloatMatrix.allocate(arena, samples, 1);
      Stage stage = Stage.forPass(arena, kernels, dataset.features());
      for (int from = 0, to; from < samples; from = to) {
        to = Math.min(samples - from, stage.width()) + from;
        kernels.forward(stage.samples(from, to), from, to, w, bias, z);
      }
      kernels.sigmoid(z, 0, samples, a);
      return new Predictions(z.column(0), a.column(0));
    }
  }

  /**
   * w: the weights.
   *
   * @return a new array of d weights
   */
  public float[] weights() {
    return weights.clone();
  }

  /**
   * b: the bias.
   *
   * @return b
   */
  public float bias() {
    return bias;
  }

  /**
   * |w|: the Euclidean norm of the weights, summed in double.
   *
   * @return at least 0
   */
  public double weightsNorm() {
    double sum = 0;
    for (float weight : weights) {
      sum += (double) weight * weight;
    }
    return Math.sqrt(sum);
  }

  /**
   * The identity of the trained numbers: SHA-256 of the d weights, then the bias, as little-endian
   * float32.
   *
   * @return 64 hexadecimal digits
   */
  public String weightsSha256() {
    ByteBuffer bytes =
        ByteBuffer.allocate((weights.length + 1) * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (float weight : weights) {
      bytes.putFloat(weight);
    }
    bytes.putFloat(bias);
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.array()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /**
   * The samples that the model serves.
   *
   * @return their shape, scaling and class names
   */
  public SampleKind kind() {
    return kind;
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
