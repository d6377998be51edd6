// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.spark;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lanewise.model.ModelFile;
import dev.lanewise.model.Scorer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.evaluation.BinaryClassificationEvaluator;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.ml.functions;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.ml.tuning.CrossValidatorModel;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The estimator and its model, beside those of Spark ML. */
class LanewiseClassifierTest {

  private static final int FEATURES = 5;

  private static SparkSession session;
  private static Dataset<Row> two;
  private static Dataset<Row> four;

  @TempDir private static Path folder;

  @BeforeAll
  static void start() {
    session = Sessions.local(Map.of());
    two = rows(600, 2);
    four = rows(800, 4);
  }

  @AfterAll
  static void stop() {
    Sessions.stop(session);
  }

  private static Dataset<Row> rows(int count, int classes) {
    StructType schema =
        new StructType().add("number", DataTypes.LongType).add("label", DataTypes.DoubleType);
    for (int i = 0; i < FEATURES; i++) {
      schema = schema.add("x" + i, DataTypes.DoubleType);
    }
    schema = schema.add("weight", DataTypes.DoubleType);
    Random random = new Random(classes);
    List<Row> rows = new ArrayList<>();
    for (int j = 0; j < count; j++) {
      Object[] values = new Object[FEATURES + 3];
      int label = random.nextInt(classes);
      values[0] = (long) j;
      values[1] = (double) label;
      for (int i = 0; i < FEATURES; i++) {
        values[2 + i] = (i + 1) * (random.nextGaussian() + (i == label ? 1 : 0));
      }
      values[FEATURES + 2] = 0.5 + random.nextInt(3);
      rows.add(RowFactory.create(values));
    }
    return assembler().transform(session.createDataFrame(rows, schema)).cache();
  }

  private static VectorAssembler assembler() {
    String[] inputs = new String[FEATURES];
    for (int i = 0; i < FEATURES; i++) {
      inputs[i] = "x" + i;
    }
    return new VectorAssembler().setInputCols(inputs).setOutputCol("features");
  }

  private static LanewiseClassifier classifier() {
    return new LanewiseClassifier().setOrderCol("number").setPartitions(2).setMaxIter(500);
  }

  private static void assertNear(LanewiseClassificationModel ours, LogisticRegressionModel theirs) {
    double[] a = ours.coefficientMatrix().toArray();
    double[] b = theirs.coefficientMatrix().toArray();
    assertThat(a).hasSameSizeAs(b);
    double[] c = ours.interceptVector().toArray();
    double[] d = theirs.interceptVector().toArray();
    for (int i = 0; i < a.length; i++) {
      assertThat(a[i]).isCloseTo(b[i], within(2e-4 * (1 + Math.abs(b[i]))));
    }
    for (int i = 0; i < c.length; i++) {
      assertThat(c[i] - c[0]).isCloseTo(d[i] - d[0], within(1e-3));
    }
  }

  private static LogisticRegression peer() {
    return new LogisticRegression().setMaxIter(1000).setTol(1e-12);
  }

  @Test
  void penaltiesMeanWhatTheyMeanInSparkMl() {
    for (boolean standardization : new boolean[] {true, false}) {
      for (double elastic : new double[] {0, 0.5}) {
        LanewiseClassificationModel ours =
            classifier()
                .setRegParam(0.05)
                .setElasticNetParam(elastic)
                .setStandardization(standardization)
                .fit(two);
        LogisticRegressionModel theirs =
            peer()
                .setRegParam(0.05)
                .setElasticNetParam(elastic)
                .setStandardization(standardization)
                .fit(two);
        assertNear(ours, theirs);
        assertThat(ours.summary().converged()).isTrue();
      }
    }
  }

  @Test
  void manyClassesWeightsAndFamilyMeanTheSame() {
    assertNear(
        classifier().setRegParam(0.02).setSolver("newton").fit(four),
        peer().setRegParam(0.02).fit(four));
    assertNear(
        classifier().setRegParam(0.02).setWeightCol("weight").setStandardization(false).fit(two),
        peer().setRegParam(0.02).setWeightCol("weight").setStandardization(false).fit(two));
    LogisticRegressionModel twice = peer().setRegParam(0.1).setFamily("multinomial").fit(two);
    double[] both = twice.coefficientMatrix().transpose().toArray();
    double[] ours =
        classifier()
            .setRegParam(0.1)
            .setFamily("multinomial")
            .fit(two)
            .coefficientMatrix()
            .toArray();
    for (int i = 0; i < FEATURES; i++) {
      assertThat(ours[i]).isCloseTo(both[FEATURES + i] - both[i], within(1e-3));
    }
    assertThatThrownBy(() -> classifier().setFamily("binomial").fit(four))
        .hasMessageContaining("family binomial has 2 classes, not 4");
  }

  @Test
  void scoresRowsAsTheModelItselfDoes() {
    LanewiseClassificationModel model = classifier().setRegParam(0.02).fit(four);
    Scorer scorer = model.model().scorer();
    float[] expected = new float[4];
    for (Row row : model.transform(four).limit(50).collectAsList()) {
      Vector features = row.getAs("features");
      Vector probability = row.getAs("probability");
      scorer.probabilities(features.toArray(), expected);
      for (int k = 0; k < 4; k++) {
        assertThat((float) probability.apply(k)).isEqualTo(expected[k]);
      }
      assertThat((double) row.getAs("prediction"))
          .isEqualTo(scorer.predictedClass(features.toArray()));
    }
  }

  @Test
  void pipelinesAndModelsAreSavedAndRead() {
    Dataset<Row> raw = two.drop("features");
    Pipeline pipeline =
        new Pipeline()
            .setStages(
                new PipelineStage[] {assembler(), classifier().setRegParam(0.1).setHiddenLayers()});
    PipelineModel model = pipeline.fit(raw);
    String saved = folder.resolve("pipeline").toString();
    String savedModel = folder.resolve("pipeline-model").toString();
    assertSaves(() -> pipeline.write().overwrite().save(saved));
    assertSaves(() -> model.write().overwrite().save(savedModel));
    LanewiseClassifier read = (LanewiseClassifier) Pipeline.load(saved).getStages()[1];
    assertThat((Double) read.getOrDefault(read.regParam())).isEqualTo(0.1);
    assertThat(read.getOrDefault(read.orderCol())).isEqualTo("number");
    PipelineModel readModel = PipelineModel.load(savedModel);
    LanewiseClassificationModel before = (LanewiseClassificationModel) model.stages()[1];
    LanewiseClassificationModel after = (LanewiseClassificationModel) readModel.stages()[1];
    assertThat(after.model().weightsSha256()).isEqualTo(before.model().weightsSha256());
    assertThat(after.hasSummary()).isFalse();
    assertThat(before.summary().objectiveHistory()).hasSizeGreaterThan(2);
    assertThat(readModel.transform(raw).select("prediction").collectAsList())
        .isEqualTo(model.transform(raw).select("prediction").collectAsList());
  }

  private interface Saving {
    void save() throws Exception;
  }

  private static void assertSaves(Saving saving) {
    try {
      saving.save();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void modelFilesGoBothWays() {
    LanewiseClassificationModel model = classifier().setRegParam(0.1).fit(two);
    Path file = folder.resolve("spark.h5");
    model.writeModelFile(file);
    assertThat(ModelFile.read(file).weightsSha256()).isEqualTo(model.model().weightsSha256());
    Path other = folder.resolve("laptop.h5");
    ModelFile.write(model.model().withThreshold(0.8f), other);
    LanewiseClassificationModel back = LanewiseClassificationModel.fromModelFile(other.toString());
    assertThat(back.model().weightsSha256()).isEqualTo(model.model().weightsSha256());
    long above =
        back.transform(two)
            .filter(functions.vector_to_array(col("probability"), "float64").getItem(1).gt(0.8f))
            .count();
    assertThat(back.transform(two).filter(col("prediction").equalTo(1.0)).count())
        .isEqualTo(above)
        .isPositive();
  }

  @Test
  void crossValidatorChoosesAPenalty() {
    LanewiseClassifier classifier = classifier();
    ParamMap[] grid =
        new ParamGridBuilder().addGrid(classifier.regParam(), new double[] {0.01, 10}).build();
    CrossValidatorModel best =
        new CrossValidator()
            .setEstimator(classifier)
            .setEvaluator(new BinaryClassificationEvaluator())
            .setEstimatorParamMaps(grid)
            .setNumFolds(2)
            .setParallelism(2)
            .setSeed(1)
            .fit(two);
    assertThat(best.avgMetrics()).hasSize(2);
    assertThat(best.bestModel()).isInstanceOf(LanewiseClassificationModel.class);
  }

  @Test
  void goesOnFromACheckpoint() {
    LanewiseClassifier classifier =
        classifier().setSolver("gd").setLearningRate(0.1).setCheckpointDir(folder.toString());
    classifier.copy(new ParamMap()).setMaxIter(10).fit(two);
    LanewiseClassificationModel resumed = classifier.copy(new ParamMap()).setMaxIter(25).fit(two);
    LanewiseClassificationModel whole =
        classifier().setSolver("gd").setLearningRate(0.1).setMaxIter(25).fit(two);
    assertThat(resumed.summary().weightsSha256()).isEqualTo(whole.summary().weightsSha256());
    assertThatThrownBy(() -> classifier.copy(new ParamMap()).setSolver("lbfgs").fit(two))
        .hasMessageContaining("checkpoints are for gd");
  }

  @Test
  void takesArraysAndBytes() {
    LanewiseClassifier classifier = classifier().setRegParam(0.1).setStandardization(false);
    String expected = classifier.fit(two).summary().weightsSha256();
    Dataset<Row> arrays =
        two.withColumn("features", functions.vector_to_array(col("features"), "float64"));
    LanewiseClassificationModel model = classifier.fit(arrays);
    assertThat(model.summary().weightsSha256()).isEqualTo(expected);
    assertThat(model.transform(arrays).schema()).isNotNull();
    assertThat(model.transform(arrays).select("prediction").collectAsList())
        .isEqualTo(model.transform(two).select("prediction").collectAsList());
    Pictures pictures = new Pictures(600, 20, 2, 4);
    Dataset<Row> bytes = pictures.frame(session);
    LanewiseClassificationModel ofBytes = classifier.setSolver("newton").setTol(1e-6).fit(bytes);
    assertThat(ofBytes.transform(bytes).filter("prediction = label").count()).isGreaterThan(400);
  }

  @Test
  void labelsMayHaveGaps() {
    Dataset<Row> gaps =
        four.withColumn("label", col("label").plus(col("label").gt(1).cast("int"))); // 0, 1, 3, 4
    LanewiseClassificationModel model = classifier().setRegParam(0.1).fit(gaps);
    assertThat(model.numClasses()).isEqualTo(5);
    Dataset<Row> scored = model.transform(gaps);
    assertThat(scored.filter("prediction = 2").count()).isZero();
    assertThat(scored.filter("prediction = label").count()).isGreaterThan(400);
  }

  private static void assertRejected(Dataset<Row> rows, String message) {
    assertThatThrownBy(() -> classifier().fit(rows)).hasMessageContaining(message);
  }

  private static Dataset<Row> frame(List<Row> rows) {
    return session.createDataFrame(
        rows,
        new StructType()
            .add("number", DataTypes.LongType)
            .add("label", DataTypes.DoubleType)
            .add("features", org.apache.spark.ml.linalg.SQLDataTypes.VectorType()));
  }

  private static Row row(long number, Double label, Vector features) {
    return RowFactory.create(number, label, features);
  }

  @Test
  void badRowsAreRejectedInOneLine() {
    Vector one = Vectors.dense(1, 2);
    Row a = row(0, 0.0, one);
    assertRejected(frame(List.of()), "has no rows");
    assertRejected(frame(List.of(a, row(1, 1.0, null))), "row 1: the features are null");
    assertRejected(
        frame(List.of(a, row(1, 1.0, Vectors.dense(1)))), "row 1 has 1 features, expected the 2");
    assertRejected(
        frame(List.of(a, row(1, 1.0, Vectors.dense(1, Double.NaN)))), "row 1: a feature is NaN");
    assertRejected(frame(List.of(a, row(1, null, one))), "column label is null in 1 rows");
    assertRejected(frame(List.of(a, row(1, 0.5, one))), "column label has the value 0.5");
    assertRejected(frame(List.of(a, row(1, -1.0, one))), "column label has the value -1");
    assertRejected(frame(List.of(a, row(0, 1.0, one))), "the value 0 in two rows");
    assertRejected(
        frame(List.of(a, row(1, 1.0, Vectors.sparse(1 << 20, new int[] {1}, new double[] {1})))),
        "sparse vector of 1048576");
    assertRejected(two.drop("features"), "`features`");
    assertThatThrownBy(() -> classifier().setOrderCol("nobody").fit(two))
        .hasMessageContaining("nobody");
    assertThatThrownBy(() -> classifier().setWeightCol("x0").fit(two))
        .hasMessageContaining("the weight is -")
        .hasMessageNotContaining("\n");
    assertThatThrownBy(() -> new LanewiseClassifier().setRequireOrder(true).fit(two.repartition(3)))
        .hasMessageContaining("has no order");
  }

  @Test
  void fewerRowsThanPartitions() {
    Dataset<Row> few =
        frame(
            List.of(
                row(0, 0.0, Vectors.dense(1, 2)),
                row(1, 1.0, Vectors.dense(2, 1)),
                row(2, 1.0, Vectors.dense(3, 1))));
    String one = classifier().setRegParam(1).setPartitions(1).fit(few).summary().weightsSha256();
    assertThat(classifier().setRegParam(1).setPartitions(16).fit(few).summary().weightsSha256())
        .isEqualTo(one);
  }
}
