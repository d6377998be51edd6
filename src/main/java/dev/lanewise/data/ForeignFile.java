// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/** What to say of a file that no format is for: what it looks like, and what to do. */
final class ForeignFile {

  private static final int LOOKED_AT = 1 << 12;
  private static final int SHOWN = 40;
  private static final int SHOWN_BYTES = 8;

  // In a text, at most one of this many characters is not a text character.
  private static final int MOST_ODD = 20;

  private static final String UNCOMPRESS =
      " uncompresses it; of compressed files gzip's can be read";
  private static final String AS_CSV = "; save it as CSV";

  /** A kind of file: bytes that it has at a place, and what to say of it. */
  private record Kind(int at, byte[] bytes, String problem) {

    private static Kind ofText(int at, String text, String problem) {
      return new Kind(at, text.getBytes(StandardCharsets.ISO_8859_1), problem);
    }

    private static Kind ofHex(int at, String hex, String problem) {
      return new Kind(at, HexFormat.of().parseHex(hex), problem);
    }

    boolean matches(byte[] start) {
      return start.length >= at + bytes.length
          && Arrays.equals(start, at, at + bytes.length, bytes, 0, bytes.length);
    }
  }

  private static final List<Kind> KINDS =
      List.of(
          Kind.ofText(0, "BZh", "is compressed with bzip2; 'bunzip2 -k FILE'" + UNCOMPRESS),
          Kind.ofHex(0, "fd377a585a00", "is compressed with xz; 'unxz -k FILE'" + UNCOMPRESS),
          Kind.ofHex(0, "28b52ffd", "is compressed with Zstandard; 'unzstd FILE'" + UNCOMPRESS),
          Kind.ofHex(0, "04224d18", "is compressed with LZ4; 'unlz4 FILE'" + UNCOMPRESS),
          Kind.ofHex(0, "1f9d", "is compressed with compress; 'gunzip FILE'" + UNCOMPRESS),
          Kind.ofHex(0, "377abcaf271c", "is a 7-Zip archive; unpack it"),
          Kind.ofText(0, "Rar!", "is a RAR archive; unpack it"),
          Kind.ofText(257, "ustar", "is a tar archive; unpack it"),
          Kind.ofText(30, "[Content_Types].xml", "is an Office document, such as Excel's" + AS_CSV),
          Kind.ofText(30, "_rels/", "is an Office document, such as Excel's" + AS_CSV),
          Kind.ofText(30, "mimetype", "is an OpenDocument file" + AS_CSV),
          Kind.ofHex(0, "d0cf11e0a1b11ae1", "is an Office document, such as Excel's" + AS_CSV),
          Kind.ofText(
              0,
              "PAR1",
              "is Parquet" + AS_CSV + ", for instance with pandas, or train with spark/train"),
          Kind.ofText(0, "ARROW1", "is Arrow (Feather)" + AS_CSV + ", for instance with pandas"),
          Kind.ofText(0, "FEA1", "is Feather" + AS_CSV + ", for instance with pandas"),
          Kind.ofText(0, "ORC", "is ORC" + AS_CSV + ", for instance with pandas"),
          Kind.ofText(0, "Obj\u0001", "is Avro" + AS_CSV),
          Kind.ofText(0, "SQLite format 3", "is an SQLite database; export a table as CSV"),
          Kind.ofText(0, "MATLAB 5.0 MAT-file", "is a MATLAB file before v7.3; save with '-v7.3'"),
          Kind.ofText(0, "$FL", "is an SPSS file" + AS_CSV),
          Kind.ofText(0, "<stata_dta>", "is a Stata file" + AS_CSV),
          Kind.ofHex(12, "c2ea8160", "is a SAS file" + AS_CSV),
          Kind.ofText(0, "RDX", "is a workspace of R; save a table with write.csv"),
          Kind.ofText(0, "RDA", "is a workspace of R; save a table with write.csv"),
          Kind.ofText(0, "X\n\0\0\0", "is an object of R; save a table with write.csv"),
          Kind.ofText(0, "CDF\u0001", "is NetCDF-3; convert it to NetCDF-4, which is HDF5"),
          Kind.ofText(0, "CDF\u0002", "is NetCDF-3; convert it to NetCDF-4, which is HDF5"),
          Kind.ofText(0, "%PDF", "is a PDF, which holds no table that can be read" + AS_CSV),
          Kind.ofText(0, "%%MatrixMarket", "is Matrix Market's text; save it as LIBSVM or NPY"),
          Kind.ofText(
              0,
              "version https://git-lfs",
              "is a pointer of Git LFS in the place of the data; 'git lfs pull' brings them"));

  // Formats of text begin with a word that no table does. Above ARFF's there may be comments.
  private static final Pattern ARFF =
      Pattern.compile("(?s)(\\s*+(%[^\\n]*+\\n)?)*+@relation\\s.*", Pattern.CASE_INSENSITIVE);

  private static final Pattern JSON =
      Pattern.compile("(?s)\\s*+(\\{\\s*+[\"}]|\\[\\s*+[\\[{\"]).*");
  private static final Pattern HTML =
      Pattern.compile("(?s)\\s*+<(!doctype html|html)\\b.*", Pattern.CASE_INSENSITIVE);
  // Drawings in SVG are XML, too, and the reader of pictures names them.
  private static final Pattern XML = Pattern.compile("(?s)\\s*+(?!.*<svg\\b)<[?!a-zA-Z].*");

  private ForeignFile() {}

  /**
   * What is wrong with a file that is known, and is none of data that can be read.
   *
   * @param file a regular file
   * @return what it is, and what to do; empty where a reader may know it
   * @throws UncheckedIOException if it cannot be read
   */
  static Optional<String> problem(Path file) {
    byte[] start = start(file);
    if (start.length == 0) {
      return Optional.of("is empty, expected samples");
    }
    for (Kind kind : KINDS) {
      if (kind.matches(start)) {
        return Optional.of(kind.problem());
      }
    }
    // The first byte of a pickle, and the version of its protocol.
    if (start.length > 1 && (start[0] & 0xff) == 0x80 && start[1] >= 2 && start[1] <= 5) {
      return Optional.of(
          "is a Python pickle, which is not read, since it may run any code; save arrays with"
              + " numpy.savez");
    }
    String text = new String(start, StandardCharsets.ISO_8859_1);
    if (ARFF.matcher(text).matches()) {
      return Optional.of("is ARFF, Weka's format" + AS_CSV + ", for instance with Weka's CSVSaver");
    }
    if (HTML.matcher(text).matches()) {
      return Optional.of("is a page in HTML, perhaps of a download that failed");
    }
    if (XML.matcher(text).matches()) {
      return Optional.of("is XML" + AS_CSV);
    }
    return JSON.matcher(text).matches() ? Optional.of("is JSON" + AS_CSV) : Optional.empty();
  }

  /**
   * What is wrong with a file that no format is for.
   *
   * @param file a regular file
   * @param known the formats that there are
   * @return what it looks like, and what to do
   */
  static String unknown(Path file, String known) {
    byte[] start = start(file);
    String text = new String(start, StandardCharsets.UTF_8);
    int control = control(text);
    if (control >= 0 && text.charAt(control) != 0 && isMostlyPrintable(text)) {
      return String.format(
          Locale.ROOT,
          "line %d has the control character U+%04X in it, expected text, or a file in a known"
              + " format; remove it",
          text.substring(0, control).lines().count() + (endsLine(text, control) ? 1 : 0),
          (int) text.charAt(control));
    }
    if (control >= 0) {
      byte[] first = Arrays.copyOf(start, Math.min(start.length, SHOWN_BYTES));
      return "begins with the bytes "
          + HexFormat.ofDelimiter(" ").formatHex(first)
          + ", which no known format does, expected "
          + known;
    }
    Optional<String> line =
        text.lines().filter(l -> !l.isBlank() && l.charAt(0) != '#').findFirst();
    if (line.isEmpty()) {
      return "is text with no line but blank ones and comments, expected samples";
    }
    String shown = line.get().strip();
    return "is text, but no table and not LIBSVM's: its first line is '"
        + (shown.length() > SHOWN ? shown.substring(0, SHOWN) + "..." : shown)
        + "'; the fields of a table stand between commas, semicolons, tabs, | or blanks, as many in"
        + " each line (--separator names another)";
  }

  private static int control(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < ' ' && !Character.isWhitespace(text.charAt(i))) {
        return i;
      }
    }
    return -1;
  }

  private static boolean endsLine(String text, int at) {
    return at == 0 || text.charAt(at - 1) == '\n' || text.charAt(at - 1) == '\r';
  }

  // Characters that UTF-8 has not come from other bytes than those of text.
  private static boolean isMostlyPrintable(String text) {
    long odd =
        text.chars().filter(c -> c == '\uFFFD' || c < ' ' && !Character.isWhitespace(c)).count();
    return MOST_ODD * odd <= text.length();
  }

  private static byte[] start(Path file) {
    try {
      // Files of the kernel (in /proc) have a size of 0, and some wait for ever when they are read.
      return Files.size(file) == 0 ? new byte[0] : read(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] start = in.readNBytes(LOOKED_AT);
      boolean gzip = start.length > 2 && start[0] == 0x1f && (start[1] & 0xff) == 0x8b;
      return gzip ? uncompressed(start) : start;
    }
  }

  // Only the beginning of the compressed bytes is at hand: they end too soon.
  private static byte[] uncompressed(byte[] start) {
    byte[] found = new byte[LOOKED_AT];
    int count = 0;
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(start))) {
      int more;
      while (count < found.length && (more = in.read(found, count, found.length - count)) > 0) {
        count += more;
      }
    } catch (IOException e) {
      // What has been found is enough, or the reader of gzip says what is wrong.
      return count == 0 ? start : Arrays.copyOf(found, count);
    }
    return Arrays.copyOf(found, count);
  }
}
