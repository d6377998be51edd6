// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.examples;

import dev.lanewise.data.Dataset;
import dev.lanewise.data.Datasets;
import dev.lanewise.data.ReadOptions;
import dev.lanewise.export.OnnxExport;
import dev.lanewise.kernel.KernelChoice;
import dev.lanewise.kernel.KernelRequest;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.model.Model;
import dev.lanewise.model.Predictions;
import dev.lanewise.train.LogisticRegression;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

final class OutputsExample {

  static int run(Path trainFile, Path manyRows, Path onnxFile) {
    Kernels kernels = KernelChoice.choose(KernelRequest.auto(), System.err::println);
    try (Dataset data = Datasets.read(trainFile, ReadOptions.labelled());
        Dataset standardized = data.standardized()) {
      Model model = new LogisticRegression().fit(standardized).model();
      OnnxExport.write(model, onnxFile);

      AtomicInteger positives = new AtomicInteger();
      Datasets.readInParts(
          manyRows,
          ReadOptions.unlabelled(),
          part -> {
            Predictions predictions = model.predict(part.data(), kernels);
            for (int j = 0; j < predictions.size(); j++) {
              positives.addAndGet(predictions.predictedClass(j));
            }
          });
      return positives.get();
    }
  }
}
