// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.bench.plot;

import dev.lanewise.bench.KernelBenchmark;
import dev.lanewise.bench.Shape;
import dev.lanewise.bench.Storage;
import dev.lanewise.bench.ratio.Effort;
import dev.lanewise.bench.ratio.InTurn;
import dev.lanewise.bench.ratio.Problems;
import dev.lanewise.bench.ratio.Side;
import dev.lanewise.bench.ratio.Sides;
import dev.lanewise.bench.ratio.Spread;
import dev.lanewise.train.EngineChoice;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Times an iteration of both engines, and reading X, on problems of many sizes, on one core. */
final class Sweep {

  /** More samples would be minutes of scalar products, which verify the vectors' own. */
  private static final int MOST_SAMPLES_OF_GRAM = 4096;

  private static final double NANOS_A_MICRO = 1000;

  // The code is warm after the first: what is left to each is to bring its data into the caches.
  private static final Effort FIRST = new Effort(1, 3000, 1, 20);
  private static final Effort EACH = new Effort(1, 200, 15, 20);

  private Sweep() {}

  static List<Point> of(List<Shape> shapes) {
    time(new Shape(1024, 256), FIRST);
    List<Point> points = new ArrayList<>();
    for (Shape shape : shapes) {
      System.err.println("timing " + shape);
      points.addAll(time(shape, EACH));
    }
    return points;
  }

  private static List<Point> time(Shape shape, Effort effort) {
    Map<String, Side.Maker> makers = new LinkedHashMap<>();
    makers.put("primal", epoch(shape, EngineChoice.PRIMAL));
    if (shape.m() <= MOST_SAMPLES_OF_GRAM) {
      makers.put("gram", epoch(shape, EngineChoice.GRAM));
    }
    makers.put("ReadSum", Sides.readSum(shape, Storage.FLOATS, 1));
    List<Side> sides = new ArrayList<>();
    List<Point> points = new ArrayList<>();
    try (Problems problems = new Problems()) {
      try {
        makers.values().forEach(maker -> sides.add(maker.make(problems)));
        List<List<Double>> nanos = InTurn.time(sides, effort);
        int side = 0;
        for (String series : makers.keySet()) {
          double[] micros =
              nanos.get(side).stream().mapToDouble(each -> each / NANOS_A_MICRO).toArray();
          points.add(new Point(series, shape, Spread.of(micros)));
          side++;
        }
      } finally {
        sides.forEach(Side::close);
      }
    }
    return points;
  }

  private static Side.Maker epoch(Shape shape, EngineChoice engine) {
    return Sides.epoch(shape, Storage.FLOATS, KernelBenchmark.SIMD, 1, engine);
  }
}
