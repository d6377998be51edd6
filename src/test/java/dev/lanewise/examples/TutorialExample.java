// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.examples;

import dev.lanewise.data.Dataset;
import dev.lanewise.data.Datasets;
import dev.lanewise.data.ReadOptions;
import dev.lanewise.kernel.KernelChoice;
import dev.lanewise.kernel.KernelRequest;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.model.Evaluation;
import dev.lanewise.model.Model;
import dev.lanewise.model.ModelFile;
import dev.lanewise.model.Predictions;
import dev.lanewise.train.Hyperparameters;
import dev.lanewise.train.LogisticRegression;
import dev.lanewise.train.TrainingResult;
import java.nio.file.Path;

final class TutorialExample {

  static Evaluation run(Path trainFile, Path testFile, Path modelFile) {
    Kernels kernels = KernelChoice.choose(KernelRequest.auto(), System.err::println);
    try (Dataset train = Datasets.read(trainFile, ReadOptions.labelled());
        Dataset test = Datasets.read(testFile, ReadOptions.labelled())) {

      Hyperparameters options =
          Hyperparameters.tutorial().withIterations(2000).withLearningRate(0.005);
      TrainingResult result = new LogisticRegression(options).fit(train);
      result.costs().forEach(point -> System.out.println(point.iteration() + " " + point.cost()));

      Model model = result.model();
      ModelFile.write(model, modelFile);

      Predictions predictions = ModelFile.read(modelFile).predict(test, kernels);
      System.out.println("test picture 0 is a cat: " + predictions.probability(0));
      return Evaluation.of(model, test, kernels);
    }
  }
}
