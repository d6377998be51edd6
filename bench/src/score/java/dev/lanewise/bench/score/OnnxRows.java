// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.bench.score;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.lanewise.export.OnnxExport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** ONNX Runtime on a model that Lanewise exports, each call on one thread. */
final class OnnxRows implements RowModel {

  private final LinearProblem problem;
  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final OrtSession session;
  private final long[] shape;

  OnnxRows(LinearProblem problem) {
    this.problem = problem;
    this.shape = new long[] {1, problem.features()};
    try {
      Path file = Files.createTempFile("lanewise-score", ".onnx");
      try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
        OnnxExport.write(LanewiseRows.model(problem), file);
        options.setIntraOpNumThreads(1);
        session = environment.createSession(file.toString(), options);
      } finally {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public Caller caller() {
    FloatBuffer[] rows = new FloatBuffer[LinearProblem.ROWS];
    for (int j = 0; j < rows.length; j++) {
      rows[j] =
          ByteBuffer.allocateDirect(problem.features() * Float.BYTES)
              .order(ByteOrder.nativeOrder())
              .asFloatBuffer()
              .put(problem.rows()[j])
              .flip();
    }
    return row -> score(rows[row]);
  }

  private double score(FloatBuffer row) {
    try (OnnxTensor samples = OnnxTensor.createTensor(environment, row, shape);
        OrtSession.Result result = session.run(Map.of("samples", samples))) {
      return ((float[][]) result.get("probabilities").orElseThrow().getValue())[0][1];
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public double expected(int row) {
    return problem.expected(row);
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }
}
