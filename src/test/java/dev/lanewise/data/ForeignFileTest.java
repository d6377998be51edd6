// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that are no data say what they look like. */
class ForeignFileTest {

  @TempDir private Path folder;

  private void assertRefused(byte[] bytes, String... parts) throws IOException {
    Path file = Files.write(folder.resolve("foreign"), bytes);
    assertThatThrownBy(() -> Datasets.read(file, ReadOptions.unlabelled()))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(file + ": ")
        .message()
        .hasLineCount(1)
        .contains(parts);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '^',
      value = {
        "BZh91AY&SY^is compressed with bzip2; 'bunzip2 -k FILE' uncompresses it",
        "PAR1..^is Parquet; save it as CSV",
        "SQLite format 3.^is an SQLite database",
        "MATLAB 5.0 MAT-file, Platform: GLNXA64^save with '-v7.3'",
        "@relation t~@attribute a numeric~@data~1,0~^is ARFF",
        "% made by Weka~~% twice~@RELATION t~^is ARFF",
        "{\"a\": 1, \"b\": 2}~^is JSON",
        "[[1, 2], [3, 4]]~^is JSON",
        "[~  {\"a\": 1}]~^is JSON",
        "<!DOCTYPE html>~<html>a,b~^is a page in HTML, perhaps of a download that failed",
        "<?xml version='1.0'?>~<a>1,2</a>~^is XML",
        "version https://git-lfs.github.com/spec/v1~oid sha256:00~^'git lfs pull'",
        "%%MatrixMarket matrix coordinate real~1 1 1~^is Matrix Market's text",
        "~~   ~^is text with no line but blank ones",
        "# a~#b~^is text with no line but blank ones and comments",
        "Dear reader~this is a letter~of words~^is text, but no table",
      })
  void whatItIsIsSaid(String text, String problem) throws IOException {
    byte[] bytes = text.replace('~', '\n').getBytes(StandardCharsets.UTF_8);
    assertRefused(bytes, problem);
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    }
    assertRefused(packed.toByteArray(), problem);
  }

  @Test
  void compressedAndPackedFilesAreNamed() throws IOException {
    assertRefused(new byte[0], "is empty, expected samples");
    assertRefused(new byte[] {(byte) 0xfd, '7', 'z', 'X', 'Z', 0, 1}, "is compressed with xz");
    assertRefused(new byte[] {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 1}, "with Zstandard");
    assertRefused(new byte[] {(byte) 0x80, 4, (byte) 0x95, 1}, "is a Python pickle", "numpy.savez");
    byte[] tar = new byte[512];
    System.arraycopy("ustar".getBytes(StandardCharsets.UTF_8), 0, tar, 257, 5);
    tar[0] = 't';
    assertRefused(tar, "is a tar archive; unpack it");
    assertRefused(
        new byte[] {1, 2, 3, 4}, "begins with the bytes 01 02 03 04, which no known format does");
    ByteArrayOutputStream workbook = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(workbook)) {
      out.putNextEntry(new ZipEntry("[Content_Types].xml"));
      out.write(65);
    }
    assertRefused(workbook.toByteArray(), "is an Office document, such as Excel's; save it as CSV");
  }
}
