// SPDX-License-Identifier: Apache-2.0
/**
 * Lanewise: training and scoring of logistic and softmax regression with the same bits on every
 * machine.
 *
 * <p>On the module path the module brings the Vector API with it, so that no flag is needed.
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
  // jhdf is an automatic module and cannot say itself what it needs.
  requires org.apache.commons.lang3;
  requires com.ning.compress.lzf;
  requires org.slf4j;

  // For the command line and the report alone.
  requires static gg.jte.runtime;
  requires static info.picocli;
  requires static me.tongfei.progressbar;

  // The programming interface: classifiers in a few lines.
  exports dev.lanewise.api;
  // With more control: data sets, training, choosing among runs, models, export.
  exports dev.lanewise.data;
  exports dev.lanewise.data.table;
  exports dev.lanewise.export;
  exports dev.lanewise.model;
  exports dev.lanewise.select;
  exports dev.lanewise.train;
  // What signatures of the packages above name.
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
