// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.examples;

import dev.lanewise.api.Classifier;
import dev.lanewise.api.Extractor;
import dev.lanewise.api.Samples;
import dev.lanewise.api.TrainedClassifier;
import dev.lanewise.data.Dataset;
import dev.lanewise.train.Hyperparameters;
import java.io.IOException;
import java.io.InputStream;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** The short pieces of code in docs/guide/embedding.md, to be compiled. */
final class EmbeddingExample {

  enum Size {
    SMALL,
    LARGE
  }

  record Parcel(double weight, Size size) {}

  private EmbeddingExample() {}

  static List<Samples> samples(
      float[][] rows,
      List<Parcel> parcels,
      Extractor<Parcel> extractor,
      ResultSet resultSet,
      Dataset dataset)
      throws SQLException {
    Samples numbered = Samples.of(rows, new int[] {0, 1, 1}); // float[][] or double[][]
    Samples named = Samples.of(rows, new String[] {"no", "yes", "yes"});
    Samples constants = Samples.of(rows, new Size[] {Size.SMALL, Size.LARGE, Size.LARGE});
    Samples toPredict = Samples.unlabelled(rows);
    Samples records = Samples.of(parcels, extractor); // a Collection or a Stream
    Samples fromDatabase = Samples.of(resultSet, "size"); // all other columns are features
    Samples fromFile = Samples.of(dataset); // of Datasets.read; you close it
    return List.of(numbered, named, constants, toPredict, records, fromDatabase, fromFile);
  }

  static Classifier options() {
    return Classifier.builder()
        .hyperparameters(Hyperparameters.tutorial().withIterations(500))
        .build();
  }

  private static final class Service {}

  static TrainedClassifier load() throws IOException {
    TrainedClassifier classifier;
    try (InputStream in = Service.class.getResourceAsStream("/model.h5")) {
      classifier = TrainedClassifier.load(in);
    }
    return classifier;
  }
}
