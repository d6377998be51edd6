// SPDX-License-Identifier: Apache-2.0
package dev.lanewise;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each source file names its license, and the license is the one that it names. */
class SpdxTest {

  private static final String LINE = "SPDX-License-Identifier: Apache-2.0";
  private static final int FIRST_LINES = 4;
  private static final Set<String> FOLDERS =
      Set.of("src", "bench", "tools", ".ci", ".github", "spark");
  private static final Set<String> FILES = Set.of("pom.xml", "lanewise", "Containerfile");

  @Test
  void eachSourceFileNamesItsLicense() throws IOException {
    List<Path> sources;
    try (Stream<Path> files = Files.walk(Path.of(""))) {
      sources = files.filter(SpdxTest::isOurs).filter(SpdxTest::isSource).toList();
    }
    assertThat(sources).hasSizeGreaterThan(500);
    assertThat(sources).allSatisfy(file -> assertThat(head(file)).as("%s", file).contains(LINE));
  }

  private static boolean isOurs(Path file) {
    String name = file.toString().replace('\\', '/');
    return Files.isRegularFile(file)
        && (FILES.contains(name) || FOLDERS.contains(file.getName(0).toString()))
        && !name.contains("/target/")
        && !name.contains("src/test/resources/");
  }

  private static boolean isSource(Path file) {
    String name = file.getFileName().toString();
    return name.matches(".*\\.(java|py|xml|yml|css|js|jte|sh|cmd)|Containerfile")
        || head(file).startsWith("#!");
  }

  // Not all files are text.
  private static String head(Path file) {
    try (Stream<String> lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
      return String.join("\n", lines.limit(FIRST_LINES).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void theLicenseIsTheApacheLicenseAsItStands() throws Exception {
    byte[] license = Files.readAllBytes(Path.of("LICENSE"));
    assertThat(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(license)))
        .isEqualTo("cfc7749b96f63bd31c3c42b5c471bf756814053e847c10f3eb003417bc523d30");
  }
}
