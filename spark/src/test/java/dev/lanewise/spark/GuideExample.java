// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.spark;

import java.nio.file.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The program of docs/guide/spark.md, but for the name of the model file. */
final class GuideExample {

  private GuideExample() {}

  static Dataset<Row> run(Dataset<Row> rows, Path file) {
    LanewiseClassifier classifier =
        new LanewiseClassifier()
            .setFeaturesCol("features") // vectors, arrays of numbers, or binary
            .setLabelCol("label")
            .setOrderCol("number") // numbers or orders the rows
            .setRegParam(0.01);
    LanewiseClassificationModel model = classifier.fit(rows);
    LanewiseTrainingSummary summary = model.summary();
    System.out.println(summary.weightsSha256() + " after " + summary.passes() + " passes");
    Dataset<Row> predictions = model.transform(rows);
    model.writeModelFile(file); // lanewise evaluate, predict and reproduce read it
    return predictions;
  }
}
