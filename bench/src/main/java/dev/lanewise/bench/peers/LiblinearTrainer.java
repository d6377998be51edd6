// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.bench.peers;

import de.bwaldvogel.liblinear.Feature;
import de.bwaldvogel.liblinear.FeatureNode;
import de.bwaldvogel.liblinear.Linear;
import de.bwaldvogel.liblinear.Model;
import de.bwaldvogel.liblinear.Parameter;
import de.bwaldvogel.liblinear.Problem;
import de.bwaldvogel.liblinear.SolverType;
import dev.lanewise.data.Dataset;
import dev.lanewise.reference.Neuron;
import java.util.Arrays;

/**
 * The Java port of liblinear. It always has a penalty, here with C = 1, and penalises the bias too.
 * Its solvers stop by a tolerance: 16, 8, 4 and so on, the coarsest that reaches the cost.
 */
final class LiblinearTrainer implements Trainer {

  private static final double C = 1;

  private final SolverType solver;
  private final Problem problem = new Problem();

  LiblinearTrainer(SolverType solver, Dataset data) {
    this.solver = solver;
    int d = data.width();
    problem.l = data.samples();
    problem.n = d + 1;
    problem.bias = 1;
    problem.y = Arrays.stream(data.labels()).asDoubleStream().toArray();
    problem.x = new Feature[problem.l][d + 1];
    for (int j = 0; j < problem.l; j++) {
      float[] column = data.features().column(j);
      for (int i = 0; i < d; i++) {
        problem.x[j][i] = new FeatureNode(i + 1, column[i]);
      }
      problem.x[j][d] = new FeatureNode(d + 1, problem.bias);
    }
    Linear.disableDebugOutput();
  }

  private static double tolerance(int effort) {
    return Math.scalb(16.0, -effort);
  }

  @Override
  public Object train(int effort) {
    return Linear.train(problem, new Parameter(solver, C, tolerance(effort)));
  }

  @Override
  public Neuron neuron(Object learned) {
    Model model = (Model) learned;
    // Its weights speak for the class that it saw first.
    double sign = model.getLabels()[0] == 1 ? 1 : -1;
    double[] all = Arrays.stream(model.getFeatureWeights()).map(weight -> sign * weight).toArray();
    return new Neuron(Arrays.copyOf(all, all.length - 1), all[all.length - 1]);
  }

  @Override
  public int leastEffort() {
    return 0;
  }

  @Override
  public int mostEffort() {
    return 30;
  }

  @Override
  public String words(int effort) {
    return "tolerance " + tolerance(effort);
  }
}
