// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.spark;

import dev.lanewise.data.Standardization;
import dev.lanewise.model.Model;
import dev.lanewise.model.ModelFile;
import dev.lanewise.model.Scorer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.ml.classification.ProbabilisticClassificationModel;
import org.apache.spark.ml.linalg.DenseVector;
import org.apache.spark.ml.linalg.Matrix;
import org.apache.spark.ml.linalg.Matrices;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader$;
import org.apache.spark.ml.util.DefaultParamsWriter$;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * A trained classifier for Spark ML: a model of Lanewise, whose file it can write and read. A label
 * is the number that is the name of its class.
 */
public final class LanewiseClassificationModel
    extends ProbabilisticClassificationModel<Vector, LanewiseClassificationModel>
    implements MLWritable {

  private static final long serialVersionUID = 1;
  private static final String FILE = "model.h5";
  private static final String VECTORS = "lanewise_vectors";

  private final String uid;

  /** The model file: a model itself is not serialisable. */
  private final byte[] file;

  /** The label of each class of the model. */
  private final int[] labels;

  private transient volatile Loaded loaded;
  private transient LanewiseTrainingSummary summary;

  /** A model and what scores rows by it. */
  private record Loaded(Model model, Scorer scorer) {}

  LanewiseClassificationModel(String uid, Model model) {
    this.uid = uid;
    this.file = bytes(model);
    this.labels = labels(model.schema().classNames());
    super();
    this.loaded = new Loaded(model, model.scorer());
    if (model.multiClass().isEmpty() && model.threshold() != 0.5f) {
      setThresholds(thresholds(model.threshold()));
    }
  }

  private static byte[] bytes(Model model) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ModelFile.write(model, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static int[] labels(List<String> names) {
    return names.stream()
        .mapToInt(
            name -> {
              if (!name.matches("[0-9]{1,5}")) {
                throw new RowException(
                    "the model has a class '" + name
                        + "', and Spark ML has whole numbers from 0 on; index the labels first");
              }
              return Integer.parseInt(name);
            })
        .toArray();
  }

  // Class 1 is predicted where p1 / t1 > p0 / t0.
  private double[] thresholds(double threshold) {
    double[] all = new double[numClasses()];
    Arrays.fill(all, 1);
    all[labels[0]] = 1 - threshold;
    all[labels[1]] = threshold;
    return all;
  }

  /**
   * Returns a model for Spark.
   *
   * @param model that was trained anywhere; its classes are named by numbers from 0 on
   * @return the same model
   * @throws RowException if a class has another name
   */
  public static LanewiseClassificationModel of(Model model) {
    return new LanewiseClassificationModel(Identifiable$.MODULE$.randomUID("lanewise"), model);
  }

  /**
   * Reads a model file of Lanewise.
   *
   * @param path of the file, in any file system that Hadoop knows
   * @return the model
   * @throws dev.lanewise.data.DataException if the file is no model
   */
  public static LanewiseClassificationModel fromModelFile(String path) {
    return of(read(new org.apache.hadoop.fs.Path(path), new Configuration()));
  }

  private static Model read(org.apache.hadoop.fs.Path path, Configuration configuration) {
    try (var in = path.getFileSystem(configuration).open(path)) {
      return ModelFile.read(in, path.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Writes the model file of Lanewise, which {@code lanewise predict} reads.
   *
   * @param path of the file; an existing file is replaced
   */
  public void writeModelFile(Path path) {
    try {
      Files.write(path, file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Returns the model.
   *
   * @return the model of Lanewise
   */
  public Model model() {
    return loaded().model();
  }

  private Loaded loaded() {
    Loaded now = loaded;
    if (now == null) {
      Model model = ModelFile.read(new ByteArrayInputStream(file), FILE);
      now = new Loaded(model, model.scorer());
      loaded = now;
    }
    return now;
  }

  void remember(LanewiseTrainingSummary of) {
    summary = of;
  }

  /**
   * Tells whether the model comes from a training in this process.
   *
   * @return whether there is a {@link #summary}
   */
  public boolean hasSummary() {
    return summary != null;
  }

  /**
   * Returns how the training went.
   *
   * @return the summary
   * @throws IllegalStateException if the model was read from a file
   */
  public LanewiseTrainingSummary summary() {
    if (summary == null) {
      throw new IllegalStateException("a model that was read from a file has no summary");
    }
    return summary;
  }

  @Override
  public String uid() {
    return uid;
  }

  // Scala's tuples are covariant, Java's are not: both inherited forms want this.
  @Override
  @SuppressWarnings({"rawtypes", "unchecked"})
  public scala.Tuple3 findSummaryModel() {
    return new scala.Tuple3(this, getProbabilityCol(), getPredictionCol());
  }

  @Override
  public int numClasses() {
    return Arrays.stream(labels).max().orElse(1) + 1;
  }

  @Override
  public int numFeatures() {
    return model().schema().shape().size();
  }

  /**
   * Returns the coefficients in the units of the features column, of a model without hidden layers.
   *
   * @return a row for each class; of two classes one row
   * @throws IllegalStateException if there are hidden layers
   */
  public Matrix coefficientMatrix() {
    double[][] w = coefficients();
    double[] values = new double[w.length * w[0].length];
    for (int k = 0; k < w.length; k++) {
      for (int i = 0; i < w[k].length; i++) {
        values[i * w.length + k] = w[k][i];
      }
    }
    return Matrices.dense(w.length, w[0].length, values);
  }

  private double[][] coefficients() {
    Model model = model();
    if (!model.isLinear()) {
      throw new IllegalStateException("a network with hidden layers has no coefficients");
    }
    Optional<Standardization> standardization = model.schema().standardization();
    double factor = model.schema().scaling().factor();
    double[] deviations = standardization.map(Standardization::deviations).orElse(null);
    double[][] w = new double[model.columns()][];
    for (int k = 0; k < w.length; k++) {
      float[] weights = model.weights(k);
      w[k] = new double[weights.length];
      for (int i = 0; i < weights.length; i++) {
        w[k][i] = factor * weights[i] / (deviations == null ? 1 : deviations[i]);
      }
    }
    return w;
  }

  /**
   * Returns the intercepts in the units of the features column, of a model without hidden layers.
   *
   * @return a number for each class; of two classes one number
   * @throws IllegalStateException if there are hidden layers
   */
  public Vector interceptVector() {
    Model model = model();
    double[][] w = coefficients();
    double[] means = model.schema().standardization().map(Standardization::means).orElse(null);
    double factor = model.schema().scaling().factor();
    double[] b = new double[w.length];
    for (int k = 0; k < b.length; k++) {
      b[k] = model.bias(k);
      for (int i = 0; means != null && i < means.length; i++) {
        b[k] -= w[k][i] / factor * means[i];
      }
    }
    return Vectors.dense(b);
  }

  @Override
  public StructType transformSchema(StructType schema) {
    return VectorColumn.restored(
        super.transformSchema(VectorColumn.asVector(schema, getFeaturesCol())),
        schema,
        getFeaturesCol());
  }

  @Override
  public Dataset<Row> transform(Dataset<?> rows) {
    if (!VectorColumn.isOther(rows, getFeaturesCol())) {
      return super.transform(rows);
    }
    LanewiseClassificationModel ofVectors = copy(new ParamMap());
    ofVectors.setFeaturesCol(VECTORS);
    Dataset<Row> converted = rows.withColumn(VECTORS, VectorColumn.of(rows, getFeaturesCol()));
    return ofVectors.transform(converted).drop(VECTORS);
  }

  @Override
  public Vector predictRaw(Vector features) {
    Scorer scorer = loaded().scorer();
    float[] z = new float[scorer.outputs()];
    scorer.scores(features instanceof DenseVector dense ? dense.values() : features.toArray(), z);
    double[] raw = new double[numClasses()];
    Arrays.fill(raw, Double.NEGATIVE_INFINITY); // of labels that are no class
    if (z.length == 1) {
      raw[labels[0]] = -(double) z[0];
      raw[labels[1]] = z[0];
    } else {
      for (int k = 0; k < z.length; k++) {
        raw[labels[k]] = z[k];
      }
    }
    return Vectors.dense(raw);
  }

  @Override
  public Vector raw2probabilityInPlace(Vector raw) {
    Scorer scorer = loaded().scorer();
    double[] values = ((DenseVector) raw).values();
    float[] z = new float[scorer.outputs()];
    for (int k = 0; k < z.length; k++) {
      z[k] = (float) values[labels[z.length == 1 ? 1 : k]];
    }
    float[] p = new float[labels.length];
    scorer.probabilitiesOf(z, p);
    Arrays.fill(values, 0);
    for (int k = 0; k < p.length; k++) {
      values[labels[k]] = p[k];
    }
    return raw;
  }

  @Override
  public LanewiseClassificationModel copy(ParamMap extra) {
    LanewiseClassificationModel copy = new LanewiseClassificationModel(uid, model());
    copy.summary = summary;
    return copyValues(copy, extra).setParent(parent());
  }

  @Override
  public MLWriter write() {
    return new Writer(this);
  }

  /** Writes params as Spark ML does, and the model file beside them. */
  private static final class Writer extends MLWriter {

    private final LanewiseClassificationModel model;

    Writer(LanewiseClassificationModel model) {
      this.model = model;
    }

    @Override
    public void saveImpl(String path) {
      DefaultParamsWriter$.MODULE$.saveMetadata(model, path, sparkSession());
      var target = new org.apache.hadoop.fs.Path(path, FILE);
      Configuration configuration = sparkSession().sparkContext().hadoopConfiguration();
      try (var out = target.getFileSystem(configuration).create(target)) {
        out.write(model.file);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Reads what a {@link Writer} wrote. */
  private static final class Reader extends MLReader<LanewiseClassificationModel> {

    @Override
    public LanewiseClassificationModel load(String path) {
      String name = LanewiseClassificationModel.class.getName();
      var metadata = DefaultParamsReader$.MODULE$.loadMetadata(path, sparkSession(), name);
      Model read =
          read(
              new org.apache.hadoop.fs.Path(path, FILE),
              sparkSession().sparkContext().hadoopConfiguration());
      LanewiseClassificationModel model = new LanewiseClassificationModel(metadata.uid(), read);
      metadata.getAndSetParams(model, scala.Option.empty());
      return model;
    }

    private static Model read(org.apache.hadoop.fs.Path path, Configuration configuration) {
      return LanewiseClassificationModel.read(path, configuration);
    }
  }

  /**
   * Returns a reader of saved models.
   *
   * @return the reader
   */
  public static MLReader<LanewiseClassificationModel> read() {
    return new Reader();
  }

  /**
   * Reads a saved model.
   *
   * @param path of a folder
   * @return the model
   */
  public static LanewiseClassificationModel load(String path) {
    return read().load(path);
  }
}
