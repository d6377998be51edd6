// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import dev.lanewise.data.Dataset;
import dev.lanewise.data.DatasetPart;
import dev.lanewise.data.Datasets;
import dev.lanewise.data.ReadOptions;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.model.Explanations;
import dev.lanewise.model.Explanations.Contribution;
import dev.lanewise.model.Model;
import dev.lanewise.model.Predictions;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;

/** Predicts files a part at a time, and prints each part before the next is read. */
final class PredictionRun {

  // Samples whose contributions are held at once.
  private static final int EXPLAINED = 1024;

  private final Model model;
  private final KernelOptions kernel;
  private final TopOption top;
  private final PredictionStyle style;
  private final boolean explains;
  private final PrintWriter out;

  // Chosen for the first part of a file, by the size of the whole.
  private Kernels kernels;
  private long samples;

  PredictionRun(
      Model model,
      KernelOptions kernel,
      TopOption top,
      PredictionStyle style,
      boolean explains,
      PrintWriter out) {
    this.model = model;
    this.kernel = kernel;
    this.top = top;
    this.style = style;
    this.explains = explains;
    this.out = out;
  }

  /** Predicts all samples of a file. */
  void predict(Path file, ReadOptions options) {
    Datasets.readInParts(file, options, part -> predict(file, part));
  }

  private void predict(Path file, DatasetPart part) {
    Dataset data = part.data();
    if (part.first() == 0) {
      kernels = kernel.choose((double) data.width() * part.total() * model.columns());
    }
    // Of many classes a part may have more probabilities than should be held at once.
    int step = explains ? Math.min(EXPLAINED, model.samplesAtOnce()) : model.samplesAtOnce();
    for (int from = 0, to; from < data.samples(); from = to) {
      to = Math.min(data.samples() - from, step) + from;
      Dataset samplesOfStep = data.part(from, to);
      print(
          part.files().isEmpty() ? null : part.files().subList(from, to),
          file,
          part.first() + from,
          model.predict(samplesOfStep, kernels),
          explains ? Explanations.of(model, samplesOfStep) : null);
    }
  }

  /**
   * Prints predictions.
   *
   * @param files the file of each sample, or null if all are in one
   * @param first the number of the first sample in the file
   */
  private void print(
      List<Path> files, Path file, int first, Predictions predictions, Explanations explanations) {
    predictions
        .firstUndefined()
        .ifPresent(
            sample -> {
              throw Overflow.of(file.toString(), first + sample);
            });
    List<String> names = model.schema().classNames();
    int count = top.of(1, names.size());
    StringBuilder lines = new StringBuilder();
    // Not before the first samples are known to be of the model's kind.
    if (samples == 0) {
      lines.append(style.header(count, names));
    }
    float[] shown = new float[count];
    float[] all = new float[names.size()];
    for (int j = 0; j < predictions.size(); j++) {
      int[] best = predictions.top(j, count);
      for (int i = 0; i < count; i++) {
        shown[i] = predictions.probability(j, best[i]);
      }
      for (int k = 0; k < all.length; k++) {
        all[k] = predictions.probability(j, k);
      }
      List<Contribution> reasons = explanations == null ? List.of() : explanations.of(j, best[0]);
      style.add(
          lines,
          files == null ? file : files.get(j),
          files == null ? first + j : 0,
          names,
          best,
          shown,
          all,
          reasons);
    }
    samples += predictions.size();
    out.append(lines);
    out.flush();
    // Nobody reads on, or the disk is full.
    if (out.checkError()) {
      throw new OutputLostException();
    }
  }

  /** How many samples were predicted. */
  long samples() {
    return samples;
  }
}
