// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.bench.peers;

import dev.lanewise.data.Dataset;
import dev.lanewise.reference.Neuron;
import java.util.Locale;
import org.tribuo.ImmutableFeatureMap;
import org.tribuo.MutableDataset;
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
 * Tribuo's linear stochastic gradient descent: one step a sample. It has a row of weights for each
 * of the two classes, whose difference moves twice as far, so it takes half the tutorial's rate.
 */
final class TribuoTrainer implements Trainer {

  private static final double RATE = 0.005 / 2;
  private static final int NO_LOGGING = -1;
  private static final int ONE_SAMPLE = 1;
  private static final long SEED = 1;

  private final MutableDataset<Label> dataset;
  private final String[] names;

  TribuoTrainer(Dataset data) {
    LabelFactory factory = new LabelFactory();
    dataset = new MutableDataset<>(new SimpleDataSourceProvenance("samples", factory), factory);
    int d = data.width();
    names = new String[d];
    for (int i = 0; i < d; i++) {
      names[i] = String.format(Locale.ROOT, "%08d", i);
    }
    int[] labels = data.labels();
    for (int j = 0; j < labels.length; j++) {
      float[] column = data.features().column(j);
      double[] values = new double[d];
      for (int i = 0; i < d; i++) {
        values[i] = column[i];
      }
      dataset.add(new ArrayExample<>(label(labels[j]), names, values));
    }
    if (!dataset.isDense()) {
      throw new IllegalStateException("Tribuo takes the samples for sparse");
    }
  }

  private static Label label(int number) {
    return new Label(Integer.toString(number));
  }

  @Override
  public Object train(int effort) {
    return new LinearSGDTrainer(
            new LogMulticlass(), SGD.getSimpleSGD(RATE), effort, NO_LOGGING, ONE_SAMPLE, SEED)
        .train(dataset);
  }

  @Override
  public Neuron neuron(Object learned) {
    LinearSGDModel model = (LinearSGDModel) learned;
    DenseMatrix weights = model.getWeightsCopy();
    ImmutableFeatureMap features = model.getFeatureIDMap();
    int one = model.getOutputIDInfo().getID(label(1));
    int zero = model.getOutputIDInfo().getID(label(0));
    double[] w = new double[names.length];
    for (int i = 0; i < w.length; i++) {
      int column = features.getID(names[i]);
      w[i] = weights.get(one, column) - weights.get(zero, column);
    }
    // The bias is the last feature.
    return new Neuron(w, weights.get(one, w.length) - weights.get(zero, w.length));
  }

  @Override
  public int leastEffort() {
    return 1;
  }

  @Override
  public int mostEffort() {
    return 200;
  }

  @Override
  public String words(int effort) {
    return effort + " epochs";
  }
}
