// SPDX-License-Identifier: Apache-2.0
/**
 * Trains and applies classifiers: logistic regression, softmax regression and networks with hidden
 * layers. The same data and options give the same model, bit for bit, on every machine.
 *
 * <p>Begin with the package {@link dev.lanewise.api}. Most programs need these five classes only:
 *
 * <ul>
 *   <li>{@link dev.lanewise.api.Extractor} reads features, label and weight of your objects;
 *   <li>{@link dev.lanewise.api.Samples} holds the rows, with or without labels;
 *   <li>{@link dev.lanewise.api.Classifier} has the options, {@code fit} and {@code crossValidate};
 *   <li>{@link dev.lanewise.api.TrainedClassifier} predicts, evaluates, and is saved and loaded;
 *   <li>{@link dev.lanewise.train.Hyperparameters} has all options of training, for those that
 *       {@code Classifier.Builder} does not have.
 * </ul>
 *
 * <p>For more control, use the packages below {@code api}: {@link dev.lanewise.data} reads files
 * and tables into data sets off the Java heap, {@link dev.lanewise.train} trains, {@link
 * dev.lanewise.model} evaluates and stores models, {@link dev.lanewise.select} chooses penalties
 * and learning rates, and {@link dev.lanewise.export} writes ONNX and JSON. The packages {@code
 * kernel}, {@code matrix}, {@code metric}, {@code options} and {@code statistics} have the types
 * that occur in signatures of these. Packages that are not exported are internal and may change at
 * any time.
 *
 * <p>On the module path this module brings the Vector API with it, so no flag is needed. On the
 * class path add {@code --add-modules jdk.incubator.vector}.
 */
module dev.lanewise {
  requires jdk.incubator.vector;
  requires java.desktop;
  requires jdk.management;
  // Result sets, for programs that use a database.
  requires static transitive java.sql;
  requires com.fasterxml.jackson.core;
  requires de.siegmar.fastcsv;
  requires io.jhdf;
  // jhdf is an automatic module, which cannot declare what it requires.
  requires org.apache.commons.lang3;
  requires com.ning.compress.lzf;
  requires org.slf4j;

  // Only for the command line and the report.
  requires static gg.jte.runtime;
  requires static info.picocli;
  requires static me.tongfei.progressbar;

  // The programming interface: classifiers in a few lines.
  exports dev.lanewise.api;
  // For more control: data sets, training, choosing among runs, models, export.
  exports dev.lanewise.data;
  exports dev.lanewise.data.table;
  exports dev.lanewise.export;
  exports dev.lanewise.model;
  exports dev.lanewise.select;
  exports dev.lanewise.train;
  // Types in the signatures of the packages above.
  exports dev.lanewise.kernel;
  exports dev.lanewise.matrix;
  exports dev.lanewise.metric;
  exports dev.lanewise.options;
  exports dev.lanewise.statistics;

  opens dev.lanewise.cli to
      info.picocli;

  uses dev.lanewise.data.DatasetFormat;
  uses dev.lanewise.kernel.SimdProvider;

  provides dev.lanewise.kernel.SimdProvider with
      dev.lanewise.kernel.simd.VectorApiProvider;
  provides dev.lanewise.data.DatasetFormat with
      dev.lanewise.data.hdf5.Hdf5Format,
      dev.lanewise.data.idx.IdxFormat,
      dev.lanewise.data.npy.NpyFormat,
      dev.lanewise.data.npy.NpzFormat,
      dev.lanewise.data.image.PictureFormat,
      dev.lanewise.data.libsvm.LibsvmFormat,
      dev.lanewise.data.csv.CsvFormat;
}
