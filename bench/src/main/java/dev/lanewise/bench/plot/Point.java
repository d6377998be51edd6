// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.bench.plot;

import dev.lanewise.bench.Shape;
import dev.lanewise.bench.ratio.Spread;
import java.util.Locale;

/**
 * One measurement.
 *
 * @param series what was timed
 * @param shape on how large a problem
 * @param micros microseconds, over all turns
 */
record Point(String series, Shape shape, Spread micros) {

  static final String HEADER = "series,d,m,median_us,from_us,to_us";

  String toCsv() {
    return String.format(
        Locale.ROOT,
        "%s,%d,%d,%.3f,%.3f,%.3f",
        series,
        shape.d(),
        shape.m(),
        micros.median(),
        micros.least(),
        micros.greatest());
  }
}
