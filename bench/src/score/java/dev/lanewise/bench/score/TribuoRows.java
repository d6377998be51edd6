// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.bench.score;

import java.util.Locale;
import org.tribuo.ImmutableFeatureMap;
import org.tribuo.MutableDataset;
import org.tribuo.Prediction;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.classification.sgd.linear.LinearSGDModel;
import org.tribuo.classification.sgd.linear.LinearSGDTrainer;
import org.tribuo.classification.sgd.objectives.LogMulticlass;
import org.tribuo.impl.ArrayExample;
import org.tribuo.math.la.DenseMatrix;
import org.tribuo.math.optimisers.SGD;
import org.tribuo.provenance.SimpleDataSourceProvenance;

/**
 * Tribuo's linear model. It cannot be made of weights, so it is trained a little, and its examples
 * are made beforehand.
 */
final class TribuoRows implements RowModel {

  private final LinearProblem problem;
  private final LinearSGDModel model;
  private final String[] names;
  private final double[][] rows;
  private final ArrayExample<Label>[] examples;

  @SuppressWarnings({"unchecked", "rawtypes"})
  TribuoRows(LinearProblem problem) {
    this.problem = problem;
    this.rows = problem.doubles();
    names = new String[problem.features()];
    for (int i = 0; i < names.length; i++) {
      names[i] = String.format(Locale.ROOT, "%08d", i);
    }
    LabelFactory factory = new LabelFactory();
    MutableDataset<Label> dataset =
        new MutableDataset<>(new SimpleDataSourceProvenance("rows", factory), factory);
    examples = new ArrayExample[LinearProblem.ROWS];
    for (int j = 0; j < examples.length; j++) {
      String label = Integer.toString(j % problem.classes());
      examples[j] = new ArrayExample<>(new Label(label), names, rows[j]);
      dataset.add(new ArrayExample<>(new Label(label), names, rows[j]));
    }
    model =
        new LinearSGDTrainer(new LogMulticlass(), SGD.getSimpleSGD(0.01), 2, -1, 1, 1)
            .train(dataset);
  }

  @Override
  public Caller caller() {
    return row -> {
      Prediction<Label> prediction = model.predict(examples[row]);
      return prediction.getOutputScores().get("1").getScore();
    };
  }

  @Override
  public double expected(int row) {
    DenseMatrix weights = model.getWeightsCopy();
    ImmutableFeatureMap features = model.getFeatureIDMap();
    double sum = 0;
    double one = 0;
    for (int k = 0; k < problem.classes(); k++) {
      int id = model.getOutputIDInfo().getID(new Label(Integer.toString(k)));
      // The bias is the last feature.
      double z = weights.get(id, names.length);
      for (int i = 0; i < names.length; i++) {
        z += weights.get(id, features.getID(names[i])) * rows[row][i];
      }
      sum += Math.exp(z);
      one = k == 1 ? Math.exp(z) : one;
    }
    return one / sum;
  }
}
