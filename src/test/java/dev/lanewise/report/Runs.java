// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.report;

import dev.lanewise.data.Dataset;
import dev.lanewise.data.FeatureShape;
import dev.lanewise.data.Origin;
import dev.lanewise.data.Scaling;
import dev.lanewise.kernel.KernelChoice;
import dev.lanewise.kernel.KernelRequest;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.model.Evaluation;
import dev.lanewise.options.HiddenLayers;
import dev.lanewise.options.SgdOptions;
import dev.lanewise.train.Hyperparameters;
import dev.lanewise.train.LogisticRegression;
import dev.lanewise.train.TrainingListener;
import dev.lanewise.train.TrainingResult;
import java.lang.foreign.Arena;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Small runs to report. */
final class Runs {

  static final Kernels KERNELS = KernelChoice.choose(KernelRequest.scalar(), line -> {});

  private Runs() {}

  static TrainingResult train(Dataset data, int iterations) {
    Hyperparameters options =
        Hyperparameters.tutorial().withIterations(iterations).withCostEvery(1);
    return new LogisticRegression(options).fit(data, KERNELS, TrainingListener.SILENT);
  }

  /** A network with some samples held out. */
  static TrainingResult network(Dataset data, int... units) {
    Hyperparameters options =
        Hyperparameters.defaults()
            .withSgd(SgdOptions.USUAL_OF_NETWORKS.withBatchSize(16).withHoldout(0.25, 20))
            .withIterations(12)
            .withHidden(HiddenLayers.of(units));
    return new LogisticRegression(options).fit(data, KERNELS, TrainingListener.SILENT);
  }

  static Report report(TrainingResult result, Dataset train, Dataset test) {
    return Report.of(result, new RunTimes(0.25, 1.5))
        .with("Training", train, Evaluation.of(result.model(), train, KERNELS))
        .with("Test", test, Evaluation.of(result.model(), test, KERNELS));
  }

  /**
   * A cloud of samples for each class, each around a place of its own; some classes may be empty.
   */
  static Dataset blobs(
      int samples, FeatureShape shape, List<String> classNames, int classes, long seed) {
    Random random = new Random(seed);
    Arena arena = Arena.ofShared();
    FloatMatrix features = FloatMatrix.allocate(arena, shape.size(), samples);
    int[] labels = new int[samples];
    for (int j = 0; j < samples; j++) {
      labels[j] = j % classes;
      float[] sample = new float[shape.size()];
      Random place = new Random(labels[j]);
      for (int i = 0; i < sample.length; i++) {
        sample[i] =
            (float) (random.nextGaussian() + 3 * place.nextGaussian() / Math.sqrt(sample.length));
      }
      features.setColumn(j, sample);
    }
    Origin origin = new Origin("blobs", "memory", "X", "y");
    return new Dataset(arena, features, labels, classNames, shape, Scaling.NONE, origin);
  }

  /** The names of so many classes. */
  static List<String> names(int classes) {
    return IntStream.range(0, classes).mapToObj(k -> "class " + k).toList();
  }

  /** Two clouds of samples, class 1 a little above class 0. */
  static Dataset clouds(
      int samples, FeatureShape shape, List<String> classNames, String source, long seed) {
    Random random = new Random(seed);
    Arena arena = Arena.ofShared();
    FloatMatrix features = FloatMatrix.allocate(arena, shape.size(), samples);
    int[] labels = new int[samples];
    for (int j = 0; j < samples; j++) {
      labels[j] = random.nextInt(2);
      float[] sample = new float[shape.size()];
      for (int i = 0; i < sample.length; i++) {
        sample[i] = (float) (random.nextGaussian() + (labels[j] - 0.5) / Math.sqrt(sample.length));
      }
      features.setColumn(j, sample);
    }
    Origin origin = new Origin(source, "memory", "X", "y");
    return new Dataset(arena, features, labels, classNames, shape, Scaling.NONE, origin);
  }
}
