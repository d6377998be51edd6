// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.examples;

import dev.lanewise.api.Classifier;
import dev.lanewise.api.Extractor;
import dev.lanewise.api.Samples;
import dev.lanewise.api.TrainedClassifier;
import java.nio.file.Path;
import java.util.List;

public class Flowers {
  record Flower(double petalLength, double petalWidth, String species) {}

  public static void train(List<Flower> flowers, Path file) {
    Extractor<Flower> extractor =
        Extractor.of(Flower.class)
            .feature("petal length", Flower::petalLength)
            .feature("petal width", Flower::petalWidth)
            .label(Flower::species);
    Samples samples = Samples.of(flowers, extractor);
    Classifier classifier = Classifier.builder().l2(0.1).build();
    System.out.println(classifier.crossValidate(samples, 5));
    classifier.fit(samples).save(file);

    TrainedClassifier loaded = TrainedClassifier.load(file);
    System.out.println(loaded.predict(4.9, 1.7) + " of " + loaded.classes());
  }
}
