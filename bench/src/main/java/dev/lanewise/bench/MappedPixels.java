// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.bench;

import dev.lanewise.data.FileStamp;
import dev.lanewise.data.file.MappedFile;
import dev.lanewise.matrix.MappedMatrix;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Samples that are written to a file, which is mapped and at once loses its name. */
final class MappedPixels implements AutoCloseable {

  private final Path path;
  private final OutputStream out;

  MappedPixels() {
    try {
      path = Files.createTempFile("pixels", ".bin");
      out = new BufferedOutputStream(Files.newOutputStream(path), 1 << 20);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Appends a sample. */
  void add(byte[] sample) {
    try {
      out.write(sample);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Maps what was written; the caller closes it, and with it the file. */
  MappedFile map() {
    try {
      out.close();
      return MappedFile.open(path, FileStamp.of(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** X of pixels. */
  static MappedMatrix bytes(MappedFile file, Shape shape, float scale) {
    long size = (long) shape.d() * shape.m();
    return MappedMatrix.ofBytes(file, file.map(0, size), shape.d(), shape.m(), scale);
  }

  /** X of floats in native byte order. */
  static MappedMatrix floats(MappedFile file, Shape shape) {
    long size = (long) Float.BYTES * shape.d() * shape.m();
    return MappedMatrix.ofFloats(file, file.map(0, size), shape.d(), shape.m());
  }

  /** Deletes the name of the file; what is mapped stays as long as its mapping. */
  @Override
  public void close() {
    try {
      out.close();
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
