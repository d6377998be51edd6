// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.spark;

import dev.lanewise.kernel.KernelRequest;
import dev.lanewise.options.Activation;
import dev.lanewise.options.HiddenLayers;
import dev.lanewise.options.Penalty;
import dev.lanewise.train.Checkpointing;
import dev.lanewise.train.Execution;
import dev.lanewise.train.Hyperparameters;
import dev.lanewise.train.SolverChoice;
import dev.lanewise.train.SolverOptions;
import dev.lanewise.train.TrainingListener;
import dev.lanewise.train.TrainingResult;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.ml.classification.ProbabilisticClassifier;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntArrayParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.StructType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logistic regression, softmax regression and networks with hidden layers for Spark ML. The model
 * has the bits of the one that a single machine would have trained on the same rows in the same
 * order, whatever the partitions and executors.
 *
 * <p>Params have the names and the meaning of those of {@link
 * org.apache.spark.ml.classification.LogisticRegression}; there is always an intercept. The
 * features are vectors, arrays of numbers, or binary (bytes without a sign, which are pixels). With
 * standardization, deviations are those of all rows, without their weights.
 */
public final class LanewiseClassifier
    extends ProbabilisticClassifier<Vector, LanewiseClassifier, LanewiseClassificationModel>
    implements DefaultParamsWritable {

  private static final long serialVersionUID = 1;
  private static final Logger LOG = LoggerFactory.getLogger(LanewiseClassifier.class);

  private final String uid;

  // Made when first asked for, because the constructor of the superclass asks for them.
  private Param<String> weightCol;
  private Param<String> orderCol;
  private BooleanParam requireOrder;
  private Param<String> solver;
  private IntParam maxIter;
  private DoubleParam tol;
  private DoubleParam learningRate;
  private DoubleParam regParam;
  private DoubleParam elasticNetParam;
  private BooleanParam standardization;
  private Param<String> family;
  private IntArrayParam hiddenLayers;
  private Param<String> activation;
  private LongParam seed;
  private Param<String> featureScale;
  private IntParam maxSparseFeatures;
  private IntParam partitions;
  private IntParam driverThreads;
  private Param<String> checkpointDir;
  private Param<String> kernel;

  /** A classifier with a random uid. */
  public LanewiseClassifier() {
    this(Identifiable$.MODULE$.randomUID("lanewise"));
  }

  /**
   * A classifier.
   *
   * @param uid its identity in pipelines
   */
  public LanewiseClassifier(String uid) {
    this.uid = uid; // before super(), which makes params that ask for it
    super();
    setDefault(requireOrder(), false);
    setDefault(solver(), "lbfgs");
    setDefault(maxIter(), 100);
    setDefault(tol(), 1e-6);
    setDefault(learningRate(), 0.005);
    setDefault(regParam(), 0.0);
    setDefault(elasticNetParam(), 0.0);
    setDefault(standardization(), true);
    setDefault(family(), "auto");
    setDefault(hiddenLayers(), new int[0]);
    setDefault(activation(), "relu");
    setDefault(seed(), 0L);
    setDefault(featureScale(), "auto");
    setDefault(maxSparseFeatures(), LayoutOptions.MOST_OF_SPARSE);
    setDefault(partitions(), 0);
    setDefault(driverThreads(), Execution.DEFAULT.threads());
    setDefault(kernel(), "auto");
  }

  @Override
  public String uid() {
    return uid;
  }

  /**
   * Returns the column of sample weights; by default all samples weigh 1.
   *
   * @return the param
   */
  public Param<String> weightCol() {
    if (weightCol == null) {
      weightCol = new Param<>(this, "weightCol", "weight column; all weights are 1 without it");
    }
    return weightCol;
  }

  /**
   * Returns the column that numbers or orders the rows.
   *
   * @return the param
   */
  public Param<String> orderCol() {
    if (orderCol == null) {
      orderCol =
          new Param<>(
              this, "orderCol", "column that numbers or orders the rows; else the order of files");
    }
    return orderCol;
  }

  /**
   * Returns whether rows without an order are rejected.
   *
   * @return the param
   */
  public BooleanParam requireOrder() {
    if (requireOrder == null) {
      requireOrder = new BooleanParam(this, "requireOrder", "whether rows without an order are rejected");
    }
    return requireOrder;
  }

  /**
   * Returns the solver: lbfgs, newton or gd.
   *
   * @return the param
   */
  public Param<String> solver() {
    if (solver == null) {
      solver =
          new Param<>(
              this,
              "solver",
              "the solver: lbfgs, newton or gd",
              ParamValidators.inArray(new String[] {"lbfgs", "newton", "gd"}));
    }
    return solver;
  }

  /**
   * Returns the maximum number of iterations.
   *
   * @return the param
   */
  public IntParam maxIter() {
    if (maxIter == null) {
      maxIter = new IntParam(this, "maxIter", "maximum number of iterations (>= 0)", ParamValidators.gtEq(0));
    }
    return maxIter;
  }

  /**
   * Returns where lbfgs and newton stop: the largest element of the gradient in its own unit.
   *
   * @return the param
   */
  public DoubleParam tol() {
    if (tol == null) {
      tol = new DoubleParam(this, "tol", "the largest element of the gradient, in its own unit, at the end", ParamValidators.gt(0));
    }
    return tol;
  }

  /**
   * Returns how far a step of gd goes.
   *
   * @return the param
   */
  public DoubleParam learningRate() {
    if (learningRate == null) {
      learningRate = new DoubleParam(this, "learningRate", "how far a step of gd goes", ParamValidators.gt(0));
    }
    return learningRate;
  }

  /**
   * Returns the penalty, as Spark ML divides it by the sum of weights.
   *
   * @return the param
   */
  public DoubleParam regParam() {
    if (regParam == null) {
      regParam = new DoubleParam(this, "regParam", "regularization parameter (>= 0)", ParamValidators.gtEq(0));
    }
    return regParam;
  }

  /**
   * Returns the part of the penalty that is on sizes, from 0 to 1.
   *
   * @return the param
   */
  public DoubleParam elasticNetParam() {
    if (elasticNetParam == null) {
      elasticNetParam =
          new DoubleParam(
              this,
              "elasticNetParam",
              "0 is an L2 penalty, 1 an L1 penalty",
              ParamValidators.inRange(0, 1));
    }
    return elasticNetParam;
  }

  /**
   * Returns whether features are standardised for training, and so for the penalty.
   *
   * @return the param
   */
  public BooleanParam standardization() {
    if (standardization == null) {
      standardization = new BooleanParam(this, "standardization", "whether to standardize the features before fitting");
    }
    return standardization;
  }

  /**
   * Returns auto, binomial or multinomial.
   *
   * @return the param
   */
  public Param<String> family() {
    if (family == null) {
      family =
          new Param<>(
              this,
              "family",
              "auto, binomial or multinomial",
              ParamValidators.inArray(new String[] {"auto", "binomial", "multinomial"}));
    }
    return family;
  }

  /**
   * Returns the units of each hidden layer; none by default.
   *
   * @return the param
   */
  public IntArrayParam hiddenLayers() {
    if (hiddenLayers == null) {
      hiddenLayers = new IntArrayParam(this, "hiddenLayers", "units of each hidden layer; none without it");
    }
    return hiddenLayers;
  }

  /**
   * Returns the activation of hidden layers: relu, tanh, sigmoid or identity.
   *
   * @return the param
   */
  public Param<String> activation() {
    if (activation == null) {
      activation =
          new Param<>(
              this,
              "activation",
              "of hidden layers: relu, tanh, sigmoid or identity",
              ParamValidators.inArray(new String[] {"relu", "tanh", "sigmoid", "identity"}));
    }
    return activation;
  }

  /**
   * Returns the seed of the initial weights of hidden layers.
   *
   * @return the param
   */
  public LongParam seed() {
    if (seed == null) {
      seed = new LongParam(this, "seed", "of the initial weights of hidden layers");
    }
    return seed;
  }

  /**
   * Returns how numbers become features: auto, none or pixels.
   *
   * @return the param
   */
  public Param<String> featureScale() {
    if (featureScale == null) {
      featureScale =
          new Param<>(
              this,
              "featureScale",
              "auto: bytes of binary columns are pixels, divided by 255; none: as they are; pixels:"
                  + " numbers from 0 to 255",
              ParamValidators.inArray(new String[] {"auto", "none", "pixels"}));
    }
    return featureScale;
  }

  /**
   * Returns the most features of sparse vectors, which are made dense.
   *
   * @return the param
   */
  public IntParam maxSparseFeatures() {
    if (maxSparseFeatures == null) {
      maxSparseFeatures =
          new IntParam(this, "maxSparseFeatures", "sparse vectors of more features are rejected", ParamValidators.gtEq(1));
    }
    return maxSparseFeatures;
  }

  /**
   * Returns how many tasks share the samples; changes no bit.
   *
   * @return the param
   */
  public IntParam partitions() {
    if (partitions == null) {
      partitions =
          new IntParam(this, "partitions", "tasks that share the samples; 0: the default parallelism", ParamValidators.gtEq(0));
    }
    return partitions;
  }

  /**
   * Returns the threads of the driver; changes no bit.
   *
   * @return the param
   */
  public IntParam driverThreads() {
    if (driverThreads == null) {
      driverThreads = new IntParam(this, "driverThreads", "threads of the driver", ParamValidators.gtEq(1));
    }
    return driverThreads;
  }

  /**
   * Returns the folder of the driver where gd keeps the run, and goes on from if it is there.
   *
   * @return the param
   */
  public Param<String> checkpointDir() {
    if (checkpointDir == null) {
      checkpointDir =
          new Param<>(this, "checkpointDir", "folder of the driver where gd keeps the run");
    }
    return checkpointDir;
  }

  /**
   * Sets {@link #checkpointDir}.
   *
   * @param value a folder that exists
   * @return this
   */
  public LanewiseClassifier setCheckpointDir(String value) {
    return (LanewiseClassifier) set(checkpointDir(), value);
  }

  /**
   * Returns the kernels: auto, simd or scalar; changes no bit.
   *
   * @return the param
   */
  public Param<String> kernel() {
    if (kernel == null) {
      kernel =
          new Param<>(
              this,
              "kernel",
              "auto, simd or scalar; scalar needs no Vector API",
              ParamValidators.inArray(new String[] {"auto", "simd", "scalar"}));
    }
    return kernel;
  }

  /**
   * Sets {@link #weightCol}.
   *
   * @param value the name of a column
   * @return this
   */
  public LanewiseClassifier setWeightCol(String value) {
    return (LanewiseClassifier) set(weightCol(), value);
  }

  /**
   * Sets {@link #orderCol}.
   *
   * @param value the name of a column
   * @return this
   */
  public LanewiseClassifier setOrderCol(String value) {
    return (LanewiseClassifier) set(orderCol(), value);
  }

  /**
   * Sets {@link #requireOrder}.
   *
   * @param value whether an order is required
   * @return this
   */
  public LanewiseClassifier setRequireOrder(boolean value) {
    return (LanewiseClassifier) set(requireOrder(), value);
  }

  /**
   * Sets {@link #solver}.
   *
   * @param value lbfgs, newton or gd
   * @return this
   */
  public LanewiseClassifier setSolver(String value) {
    return (LanewiseClassifier) set(solver(), value);
  }

  /**
   * Sets {@link #maxIter}.
   *
   * @param value at least 0
   * @return this
   */
  public LanewiseClassifier setMaxIter(int value) {
    return (LanewiseClassifier) set(maxIter(), value);
  }

  /**
   * Sets {@link #tol}.
   *
   * @param value above 0
   * @return this
   */
  public LanewiseClassifier setTol(double value) {
    return (LanewiseClassifier) set(tol(), value);
  }

  /**
   * Sets {@link #learningRate}.
   *
   * @param value above 0
   * @return this
   */
  public LanewiseClassifier setLearningRate(double value) {
    return (LanewiseClassifier) set(learningRate(), value);
  }

  /**
   * Sets {@link #regParam}.
   *
   * @param value at least 0
   * @return this
   */
  public LanewiseClassifier setRegParam(double value) {
    return (LanewiseClassifier) set(regParam(), value);
  }

  /**
   * Sets {@link #elasticNetParam}.
   *
   * @param value from 0 to 1
   * @return this
   */
  public LanewiseClassifier setElasticNetParam(double value) {
    return (LanewiseClassifier) set(elasticNetParam(), value);
  }

  /**
   * Sets {@link #standardization}.
   *
   * @param value whether features are standardised
   * @return this
   */
  public LanewiseClassifier setStandardization(boolean value) {
    return (LanewiseClassifier) set(standardization(), value);
  }

  /**
   * Sets {@link #family}.
   *
   * @param value auto, binomial or multinomial
   * @return this
   */
  public LanewiseClassifier setFamily(String value) {
    return (LanewiseClassifier) set(family(), value);
  }

  /**
   * Sets {@link #hiddenLayers}.
   *
   * @param value the units of each layer
   * @return this
   */
  public LanewiseClassifier setHiddenLayers(int... value) {
    return (LanewiseClassifier) set(hiddenLayers(), value);
  }

  /**
   * Sets {@link #activation}.
   *
   * @param value relu, tanh, sigmoid or identity
   * @return this
   */
  public LanewiseClassifier setActivation(String value) {
    return (LanewiseClassifier) set(activation(), value);
  }

  /**
   * Sets {@link #seed}.
   *
   * @param value any number
   * @return this
   */
  public LanewiseClassifier setSeed(long value) {
    return (LanewiseClassifier) set(seed(), value);
  }

  /**
   * Sets {@link #featureScale}.
   *
   * @param value auto, none or pixels
   * @return this
   */
  public LanewiseClassifier setFeatureScale(String value) {
    return (LanewiseClassifier) set(featureScale(), value);
  }

  /**
   * Sets {@link #maxSparseFeatures}.
   *
   * @param value at least 1
   * @return this
   */
  public LanewiseClassifier setMaxSparseFeatures(int value) {
    return (LanewiseClassifier) set(maxSparseFeatures(), value);
  }

  /**
   * Sets {@link #partitions}.
   *
   * @param value at least 0
   * @return this
   */
  public LanewiseClassifier setPartitions(int value) {
    return (LanewiseClassifier) set(partitions(), value);
  }

  /**
   * Sets {@link #driverThreads}.
   *
   * @param value at least 1
   * @return this
   */
  public LanewiseClassifier setDriverThreads(int value) {
    return (LanewiseClassifier) set(driverThreads(), value);
  }

  /**
   * Sets {@link #kernel}.
   *
   * @param value auto, simd or scalar
   * @return this
   */
  public LanewiseClassifier setKernel(String value) {
    return (LanewiseClassifier) set(kernel(), value);
  }

  @Override
  public StructType transformSchema(StructType schema) {
    return VectorColumn.restored(
        super.transformSchema(VectorColumn.asVector(schema, getFeaturesCol())),
        schema,
        getFeaturesCol());
  }

  private <T> T value(Param<T> param) {
    return getOrDefault(param);
  }

  private Optional<String> column(Param<String> param) {
    return isSet(param) && !value(param).isEmpty() ? Optional.of(value(param)) : Optional.empty();
  }

  private int number(IntParam param) {
    return (Integer) getOrDefault(param);
  }

  private double real(DoubleParam param) {
    return (Double) getOrDefault(param);
  }

  private boolean flag(BooleanParam param) {
    return (Boolean) getOrDefault(param);
  }

  @Override
  public LanewiseClassificationModel train(Dataset<?> rows) {
    RowColumns columns =
        new RowColumns(getFeaturesCol(), getLabelCol(), column(weightCol()), column(orderCol()));
    boolean scalar = value(kernel()).equals("scalar");
    LayoutOptions layout =
        new LayoutOptions(
            FeatureScale.valueOf(value(featureScale()).toUpperCase(Locale.ROOT)),
            flag(standardization()),
            number(partitions()),
            flag(requireOrder()),
            number(maxSparseFeatures()),
            !scalar);
    try (ClusterData data = ClusterData.layOut(rows.toDF(), columns, layout)) {
      checkClasses(data.data().classNames());
      TrainingResult result =
          data.fit(hyperparameters(data.data()), execution(), new Warnings(), checkpoints());
      LanewiseClassificationModel model = new LanewiseClassificationModel(uid, result.model());
      model.remember(new LanewiseTrainingSummary(result));
      return model;
    }
  }

  /** Passes warnings to the log. */
  private static final class Warnings implements TrainingListener {

    @Override
    public void warning(String message) {
      LOG.warn("{}", message);
    }
  }

  private void checkClasses(List<String> names) {
    for (String name : names) {
      if (!name.matches("[0-9]+")) {
        throw new RowException(
            "column " + getLabelCol() + " has the value " + name
                + ", expected whole numbers from 0 on; index other labels with StringIndexer");
      }
    }
    if (value(family()).equals("binomial") && names.size() > 2) {
      throw new IllegalArgumentException(
          "family binomial has 2 classes, not " + names.size() + "; take auto or multinomial");
    }
  }

  private Checkpointing checkpoints() {
    return column(checkpointDir())
        .map(folder -> Checkpoints.in(Path.of(folder, uid + ".checkpoint")))
        .orElse(Checkpointing.NONE);
  }

  private Execution execution() {
    KernelRequest request =
        switch (value(kernel())) {
          case "simd" -> KernelRequest.simd();
          case "scalar" -> KernelRequest.scalar();
          default -> KernelRequest.auto();
        };
    return new Execution(request, number(driverThreads()));
  }

  private Hyperparameters hyperparameters(dev.lanewise.data.Dataset data) {
    SolverChoice choice = SolverChoice.valueOf(value(solver()).toUpperCase(Locale.ROOT));
    SolverOptions usual = SolverOptions.of(choice);
    SolverOptions options =
        new SolverOptions(
            choice,
            number(maxIter()),
            choice.reachesOptimum() ? real(tol()) : usual.tolerance(),
            choice.reachesOptimum() ? usual.learningRate() : real(learningRate()),
            usual.engine(),
            usual.sgd());
    Hyperparameters all =
        Hyperparameters.of(choice)
            .withSolver(options)
            .withPenalty(penalty(data))
            .withCostEvery(1);
    int[] units = value(hiddenLayers());
    if (units.length == 0) {
      return all;
    }
    HiddenLayers hidden =
        new HiddenLayers(
            Arrays.stream(units).boxed().toList(),
            Activation.valueOf(value(activation()).toUpperCase(Locale.ROOT)),
            0);
    Hyperparameters network = all.withHidden(hidden);
    return network.withInitialization(network.initialization(), (Long) getOrDefault(seed()));
  }

  /**
   * Spark ML divides the losses by the sum of weights W and standardises by deviations of n - 1;
   * Lanewise divides by the number of samples and by deviations of n.
   */
  private Penalty penalty(dev.lanewise.data.Dataset data) {
    double lambda = real(regParam());
    double alpha = real(elasticNetParam());
    double samples = data.samples();
    double weight = samples;
    if (data.weights().isPresent()) {
      weight = 0;
      for (float each : data.weights().get()) {
        weight += each;
      }
    }
    double unit = flag(standardization()) && samples > 1 ? samples / (samples - 1) : 1;
    // Of two classes Spark's multinomial family has two vectors w/2 and -w/2.
    boolean twice = value(family()).equals("multinomial") && data.classNames().size() == 2;
    double l2 = lambda * (1 - alpha) * weight * unit / (twice ? 2 : 1);
    return new Penalty(lambda * alpha * weight * Math.sqrt(unit), l2);
  }

  @Override
  public LanewiseClassifier copy(ParamMap extra) {
    return (LanewiseClassifier) defaultCopy(extra);
  }

  /**
   * Returns a reader of saved classifiers.
   *
   * @return the reader
   */
  public static MLReader<LanewiseClassifier> read() {
    return new DefaultParamsReader<>();
  }

  /**
   * Reads a saved classifier.
   *
   * @param path of a folder
   * @return the classifier
   */
  public static LanewiseClassifier load(String path) {
    return read().load(path);
  }
}
