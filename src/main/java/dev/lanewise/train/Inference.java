// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.train;

import dev.lanewise.data.Dataset;
import dev.lanewise.data.FeatureNames;
import dev.lanewise.data.Standardization;
import dev.lanewise.exec.Workers;
import dev.lanewise.loss.Likelihood;
import dev.lanewise.loss.Problem;
import dev.lanewise.matrix.Workspace;
import dev.lanewise.model.Model;
import dev.lanewise.options.StopReason;
import dev.lanewise.statistics.Coefficient;
import dev.lanewise.statistics.ErrorKind;
import dev.lanewise.statistics.FitMeasures;
import dev.lanewise.statistics.Summary;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The statistics of a fit. It takes the parameters of a model, which are float32, and goes on to
 * the optimum in double, on the features before they were standardised: so the statistics have more
 * digits than the model, and are in the units of the data.
 */
final class Inference {

  // The second derivative, its inverse and the middle of a robust covariance: 100 MB.
  private static final int MOST_PARAMETERS = 2048;

  private static final int MOST_STEPS = 20;

  // The square of the distance from the optimum, in standard errors.
  private static final double NEAR = 1e-18;

  // Of sums in double, relative to themselves.
  private static final double NOISE = 1e-12;
  private static final double LEAST_STEP = 1e-3;

  // So many features are named.
  private static final int NAMED = 5;

  private final Dataset train;
  private final Hyperparameters options;
  private final ErrorKind errors;
  private final double[] weights;
  private final Likelihood likelihood;
  private final int classes;
  private final int n;

  /** From the units of the features to those that the penalty is on. */
  private final double[] deviations;

  private final double[] means;

  private Inference(Dataset train, Hyperparameters options, ErrorKind errors, Workers workers) {
    this.train = train;
    this.options = options;
    this.errors = errors;
    this.classes = train.classNames().size();
    this.weights = weights(train, options);
    Dataset raw = train.unstandardized();
    if (raw.standardization().isPresent()) {
      throw new NoSummaryException(
          "the features were standardised before samples were selected, and their own units are"
              + " lost; select first");
    }
    this.likelihood =
        new Likelihood(
            workers, raw.features(), train.labels(), weights, classes, options.intercept());
    this.n = train.width() + 1;
    Optional<Standardization> by = train.standardization();
    this.means = by.map(Standardization::means).orElseGet(() -> new double[n - 1]);
    this.deviations = by.map(Standardization::deviations).orElseGet(() -> ones(n - 1));
  }

  private static double[] ones(int count) {
    double[] ones = new double[count];
    Arrays.fill(ones, 1);
    return ones;
  }

  private static double[] weights(Dataset train, Hyperparameters options) {
    try (Arena arena = Arena.ofConfined()) {
      Problem problem = TrainingProblem.of(Workspace.of(arena), train, options);
      return problem.sampleWeights();
    }
  }

  /** Why there can be no statistics, whatever comes of training; empty if there may be. */
  static Optional<String> obstacle(Hyperparameters options, Dataset train) {
    int classes = train.classNames().size();
    if (!options.hidden().isNone()) {
      return Optional.of("a network with hidden layers has no coefficients to test");
    }
    if (!options.solver().reachesOptimum()) {
      return Optional.of(
          "statistics are those of the optimum, which "
              + options.solver().id()
              + " does not reach; take newton or lbfgs");
    }
    if (options.penalty().l1() > 0) {
      return Optional.of("with an l1 penalty coefficients have no standard errors; take none");
    }
    if (options.isOneVersusRest(train)) {
      return Optional.of("one versus the rest is no likelihood of all classes; take softmax");
    }
    if (classes > 2 && options.penalty().l2() > 0) {
      return Optional.of(
          "with more than two classes the penalty is on all classes alike, and there are no"
              + " statistics of one class against another; take no penalty");
    }
    if (!options.intercept()
        && train.standardization().filter(Standardization::isCentred).isPresent()) {
      return Optional.of(
          "features that were taken from their means bring an intercept back in the units of the"
              + " data; do not centre them");
    }
    long parameters = (classes - 1L) * (train.width() + 1L);
    if (parameters > MOST_PARAMETERS) {
      return Optional.of(
          String.format(
              Locale.ROOT,
              "%d coefficients are more than the %d there are statistics of; take fewer features",
              parameters,
              MOST_PARAMETERS));
    }
    return Optional.empty();
  }

  /**
   * Computes the statistics.
   *
   * @throws NoSummaryException if there are none
   */
  static Summary of(
      Dataset train,
      Hyperparameters options,
      TrainingResult result,
      ErrorKind errors,
      Workers workers) {
    obstacle(options, train)
        .ifPresent(
            why -> {
              throw new NoSummaryException(why);
            });
    return new Inference(train, options, errors, workers).of(result.model(), result.convergence());
  }

  private Summary of(Model model, Convergence end) {
    if (end.stopReason() == StopReason.NO_OPTIMUM) {
      throw separable();
    }
    if (end.converged()) {
      return of(start(model), end.iterations());
    }
    // Weights of collinear features have no optimum of their own, but the fit has one.
    double[] zeros = new double[likelihood.parameters()];
    if (new Step(zeros).factor.rank() < coefficientCount()) {
      return of(zeros, end.iterations());
    }
    throw new NoSummaryException(
        "training has not converged; allow more iterations, or scale the features");
  }

  /** How many coefficients there are, and how many of them are intercepts. */
  private int coefficientCount() {
    return likelihood.parameters() - (options.intercept() ? 0 : classes - 1);
  }

  private int intercepts() {
    return options.intercept() ? classes - 1 : 0;
  }

  /** Of two classes, names features that separate them, each by itself. */
  private NoSummaryException separable() {
    List<String> found = new ArrayList<>();
    double[][] least = new double[classes][n - 1];
    double[][] most = new double[classes][n - 1];
    for (int k = 0; k < classes; k++) {
      Arrays.fill(least[k], Double.POSITIVE_INFINITY);
      Arrays.fill(most[k], Double.NEGATIVE_INFINITY);
    }
    int[] labels = train.labels();
    for (int j = 0; j < labels.length; j++) {
      double[] sample = train.features().doubles(j);
      for (int i = 0; i < n - 1 && weights[j] > 0; i++) {
        least[labels[j]][i] = Math.min(least[labels[j]][i], sample[i]);
        most[labels[j]][i] = Math.max(most[labels[j]][i], sample[i]);
      }
    }
    for (int i = 0; i < n - 1 && classes == 2 && found.size() < NAMED; i++) {
      boolean varies = likelihood.unit(i) > 0;
      boolean up = separates(most[0][i], least[1][i]);
      if (varies && (up || separates(most[1][i], least[0][i]))) {
        found.add("'" + names().get(i) + "'");
      }
    }
    return new NoSummaryException(
        "the classes are separable, at least in part, or one has no samples: coefficients have no"
            + " finite estimate; leave out the features that separate them"
            + (found.isEmpty() ? "" : " (" + String.join(", ", found) + ")")
            + ", or take an l2 penalty");
  }

  /** Whether one class has no number above the other's; without an intercept 0 lies between. */
  private boolean separates(double most, double least) {
    return options.intercept() ? most <= least : most <= 0 && least >= 0;
  }

  private Summary of(double[] start, int iterations) {
    Step at = new Step(start);
    for (int step = 0; step < MOST_STEPS; step++) {
      if (at.distance <= NEAR) {
        return summary(at, iterations);
      }
      at = at.next();
    }
    throw new NoSummaryException(
        "the optimum was not found in double: the features are close to collinear, or the classes"
            + " to separable; leave out features, or take an l2 penalty");
  }

  /** Parameters, and Newton's step from there. */
  private final class Step {

    private final double[] at;
    private final double value;
    private final double penalised;
    private final double[] roots;
    private final SymmetricFactor factor;
    private final double[] change;

    /** The square of the length of the step, in standard errors. */
    private final double distance;

    Step(double[] at) {
      this.at = at;
      Likelihood.Evaluation found = likelihood.evaluate(at);
      double[] slope = found.gradient();
      double[][] h = found.hessian();
      double[] ridge = ridge();
      double penalty = 0;
      this.roots = new double[at.length];
      for (int c = 0; c < at.length; c++) {
        slope[c] += ridge[c] * at[c];
        h[c][c] += ridge[c];
        penalty += ridge[c] / 2 * at[c] * at[c];
        roots[c] = h[c][c] > 0 ? Math.sqrt(h[c][c]) : 1;
      }
      for (int c = 0; c < at.length; c++) {
        for (int r = c; r < at.length; r++) {
          h[c][r] /= roots[c] * roots[r];
        }
        slope[c] /= roots[c];
      }
      this.value = found.value();
      this.penalised = value + penalty;
      this.factor = new SymmetricFactor(h);
      this.change = factor.solve(slope);
      double sum = 0;
      for (int c = 0; c < at.length; c++) {
        sum += change[c] * slope[c];
        change[c] /= roots[c];
      }
      this.distance = sum;
    }

    /** As far as the likelihood grows. */
    Step next() {
      Step next = to(1);
      for (double t = 0.5; next.penalised > penalised * (1 + NOISE) && t > LEAST_STEP; t /= 2) {
        next = to(t);
      }
      return next;
    }

    private Step to(double t) {
      double[] there = at.clone();
      for (int c = 0; c < there.length; c++) {
        there[c] -= t * change[c];
      }
      return new Step(there);
    }
  }

  /** The parameters of the model in the coordinates of the likelihood. */
  private double[] start(Model model) {
    double[] at = new double[likelihood.parameters()];
    for (int k = 1; k < classes; k++) {
      float[] own = model.weights(classes == 2 ? 0 : k);
      float[] base = classes == 2 ? new float[n - 1] : model.weights(0);
      double bias = model.bias(classes == 2 ? 0 : k) - (classes == 2 ? 0.0 : model.bias(0));
      for (int i = 0; i < n - 1; i++) {
        double slope = ((double) own[i] - base[i]) / deviations[i];
        at[(k - 1) * n + i + 1] = slope * likelihood.unit(i);
        bias += slope * (likelihood.centre(i) - means[i]);
      }
      at[(k - 1) * n] = bias;
    }
    return at;
  }

  private double[] ridge() {
    double[] ridge = new double[likelihood.parameters()];
    for (int c = 0; c < ridge.length; c++) {
      double unit = c % n == 0 ? 0 : likelihood.unit(c % n - 1);
      if (unit > 0) {
        double scale = deviations[c % n - 1] / unit;
        ridge[c] = options.penalty().l2() * scale * scale;
      }
    }
    return ridge;
  }

  private Summary summary(Step end, int iterations) {
    double[][] inverse = end.factor.inverse();
    boolean whole = end.factor.rank() == coefficientCount();
    double condition = whole ? end.factor.condition(inverse) : Double.POSITIVE_INFINITY;
    List<Coefficient> coefficients =
        whole ? coefficients(end.at, covariance(inverse, end.roots)) : List.of();
    FitMeasures fit =
        new FitMeasures(
            -end.value,
            likelihood.withoutFeatures(),
            likelihood.weight(),
            end.factor.rank(),
            intercepts(),
            iterations,
            condition);
    return new Summary(train.classNames().getFirst(), coefficients, errors, fit, notes(end.factor));
  }

  /** The covariance of the parameters, in the coordinates of the likelihood. */
  private double[][] covariance(double[][] inverse, double[] roots) {
    for (int c = 0; c < roots.length; c++) {
      for (int r = 0; r < roots.length; r++) {
        inverse[c][r] /= roots[c] * roots[r];
      }
    }
    if (errors == ErrorKind.MODEL) {
      return inverse;
    }
    double[][] middle = likelihood.gradientProducts();
    for (int c = 0; c < middle.length; c++) {
      for (int r = 0; r < c; r++) {
        middle[c][r] = middle[r][c];
      }
    }
    double[][] robust = times(inverse, times(middle, inverse));
    long rows = Arrays.stream(weights).filter(weight -> weight > 0).count();
    double factor = errors == ErrorKind.HC1 ? rows / (double) (rows - coefficientCount()) : 1;
    for (double[] column : robust) {
      for (int r = 0; r < column.length; r++) {
        column[r] *= factor;
      }
    }
    return robust;
  }

  /** The product of two matrices by columns. */
  private static double[][] times(double[][] a, double[][] b) {
    double[][] product = new double[b.length][a.length];
    for (int c = 0; c < b.length; c++) {
      for (int k = 0; k < a.length; k++) {
        for (int r = 0; r < a.length; r++) {
          product[c][r] = Math.fma(a[k][r], b[c][k], product[c][r]);
        }
      }
    }
    return product;
  }

  /** In the units of the file: x is a number of the file times the factor of the scaling. */
  private List<Coefficient> coefficients(double[] at, double[][] covariance) {
    double factor = train.scaling().factor();
    List<String> names = names();
    List<Coefficient> found = new ArrayList<>();
    for (int k = 0; k < classes - 1; k++) {
      String outcome = train.classNames().get(k + 1);
      int first = k * n;
      // The intercept is at features of 0, not at their means.
      double[] shift = new double[n];
      shift[0] = 1;
      for (int i = 1; i < n; i++) {
        shift[i] = -likelihood.centre(i - 1) / likelihood.unit(i - 1);
      }
      double intercept = 0;
      double variance = 0;
      for (int i = 0; i < n; i++) {
        intercept = Math.fma(shift[i], at[first + i], intercept);
        double row = 0;
        for (int r = 0; r < n; r++) {
          row = Math.fma(covariance[first + i][first + r], shift[r], row);
        }
        variance = Math.fma(shift[i], row, variance);
      }
      if (options.intercept()) {
        found.add(new Coefficient(outcome, Coefficient.INTERCEPT, intercept, Math.sqrt(variance)));
      }
      for (int i = 1; i < n; i++) {
        double unit = likelihood.unit(i - 1) / factor;
        double error = Math.sqrt(covariance[first + i][first + i]);
        found.add(new Coefficient(outcome, names.get(i - 1), at[first + i] / unit, error / unit));
      }
    }
    return found;
  }

  private List<String> names() {
    return train
        .featureNames()
        .map(FeatureNames::list)
        .orElseGet(() -> IntStream.range(0, n - 1).mapToObj(i -> "feature " + i).toList());
  }

  private List<String> notes(SymmetricFactor factor) {
    List<String> notes = new ArrayList<>();
    List<String> names = names();
    for (int c = 0; c < likelihood.parameters(); c++) {
      // Of several outcomes, a feature that depends on others does so in all.
      if (factor.isDependent(c) && c % n > 0 && c < n) {
        String name = names.get(c % n - 1);
        notes.add(
            likelihood.unit(c % n - 1) == 0 && !options.intercept()
                ? String.format(
                    Locale.ROOT,
                    "'%s' is 0 in all samples, so the data do not determine its coefficient; leave"
                        + " it out",
                    name)
                : likelihood.unit(c % n - 1) == 0
                    ? String.format(
                        Locale.ROOT,
                        "'%s' has one value in all samples, so the data do not tell its coefficient from"
                            + " the intercept; leave it out",
                        name)
                    : String.format(
                        Locale.ROOT,
                        "'%s' is a linear combination of the features before it, so the data do not"
                            + " determine their coefficients; leave one of them out",
                        name));
      }
    }
    if (factor.rank() < coefficientCount() && notes.isEmpty()) {
      notes.add("the data do not determine the coefficients; leave out features");
    }
    if (!options.intercept()) {
      notes.add(
          "without an intercept; the model without features gives all classes the same probability");
    }
    if (options.penalty().l2() > 0) {
      notes.add(
          String.format(
              Locale.ROOT,
              "the penalty l2 = %s pulls coefficients towards 0; standard errors, tests and intervals"
                  + " do not account for this bias",
              options.penalty().l2()));
    }
    if (!options.classWeights().isNone()) {
      notes.add(
          "class weights change the odds of the classes; the statistics are those of the weighted"
              + " samples");
    }
    return notes;
  }
}
