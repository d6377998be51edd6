// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.bench;

import dev.lanewise.data.Dataset;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.model.DenseLayer;
import dev.lanewise.model.Model;
import dev.lanewise.options.HiddenLayers;
import dev.lanewise.reference.Network;
import dev.lanewise.reference.Samples;
import dev.lanewise.train.CostPoint;
import dev.lanewise.train.EngineChoice;
import dev.lanewise.train.Execution;
import dev.lanewise.train.Hyperparameters;
import dev.lanewise.train.Initialization;
import dev.lanewise.train.LogisticRegression;
import dev.lanewise.train.TrainingListener;
import dev.lanewise.train.TrainingResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A whole training run of a network by gradient descent on all samples, data in memory: the
 * course's 2500 iterations, with the cost every 100.
 */
public class NetworkRun extends KernelBenchmark {

  private static final int ITERATIONS = 2500;

  // Iterations of the reference, which takes seconds for each.
  private static final int VERIFIED = 3;

  // Of a cost: pixels are float32 in the reference.
  private static final double TOLERANCE = 1e-6;

  /** Features and samples. */
  @Param(Shape.TUTORIAL)
  public String shape;

  /** The units of the hidden layers, with hyphens between them. */
  @Param({"7", "20-7-5"})
  public String hidden;

  /** The engine. */
  @Param("gram")
  public String engine;

  /** How many threads compute. */
  @Param("1")
  public int threads;

  private Kernels kernels;
  private Dataset data;
  private LogisticRegression trainer;

  /** Called by JMH. */
  public NetworkRun() {}

  /** Makes the problem, and verifies a few iterations. */
  @Setup
  public void setUp() {
    kernels = timed();
    data = Pixels.bytes(Shape.of(shape));
    trainer = trainer(ITERATIONS, 100);
    verify();
  }

  private LogisticRegression trainer(int iterations, int costEvery) {
    int[] units = Arrays.stream(hidden.split("-")).mapToInt(Integer::parseInt).toArray();
    Hyperparameters options =
        Hyperparameters.tutorial()
            .withHidden(HiddenLayers.of(units))
            .withInitialization(Initialization.NUMPY_FAN_IN, 1)
            .withEngine(EngineChoice.valueOf(engine.toUpperCase(Locale.ROOT)))
            .withLearningRate(0.0075)
            .withIterations(iterations)
            .withCostEvery(costEvery);
    return new LogisticRegression(options, Execution.ofThreads(threads));
  }

  private void verify() {
    LogisticRegression few = trainer(VERIFIED, 1);
    TrainingResult ours = few.fit(data, kernels, TrainingListener.SILENT);
    Model others = few.fit(data, counterpart(), TrainingListener.SILENT).model();
    for (int l = 0; l < others.layers().size(); l++) {
      for (int k = 0; k < others.layers().get(l).units(); k++) {
        float[] expected = others.layers().get(l).weights(k);
        Verify.sameBits("w", ours.model().layers().get(l).weights(k), expected);
      }
    }
    List<DenseLayer> start =
        trainer(0, 0).fit(data, kernels, TrainingListener.SILENT).model().layers();
    List<double[][]> weights = new ArrayList<>();
    for (DenseLayer layer : start) {
      double[][] ofUnits = new double[layer.units()][layer.inputs()];
      for (int k = 0; k < ofUnits.length; k++) {
        float[] unit = layer.weights(k);
        Arrays.setAll(ofUnits[k], i -> unit[i]);
      }
      weights.add(ofUnits);
    }
    HiddenLayers layers = few.hyperparameters().hidden();
    Network network = new Network(layers.activation(), weights.toArray(double[][][]::new));
    double[][] x = Samples.of(data);
    for (CostPoint point : ours.costs()) {
      Verify.close("cost", network.cost(x, data.labels()), point.cost(), TOLERANCE);
      network.descend(x, data.labels(), few.hyperparameters().learningRate());
    }
  }

  /** Frees the memory. */
  @TearDown
  public void tearDown() {
    data.close();
  }

  /**
   * What is timed.
   *
   * @return the model
   */
  @Benchmark
  public Model networkRun() {
    return trainer.fit(data, kernels, TrainingListener.SILENT).model();
  }
}
