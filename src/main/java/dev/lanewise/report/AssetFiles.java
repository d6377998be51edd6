// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;

/** Style sheet and scripts, which the page carries in itself. */
final class AssetFiles {

  /** As the build names it, too. */
  private static final String CHART_LIBRARY = "/META-INF/resources/webjars/chart.js/4.5.1/";

  private AssetFiles() {}

  static Page.Assets with(String json) {
    String style = text("/dev/lanewise/report/report.css");
    String script = text("/dev/lanewise/report/report.js");
    String library = chartLibrary();
    String policy =
        String.format(
            Locale.ROOT,
            "default-src 'none'; img-src data:; base-uri 'none'; form-action 'none'; style-src %s; script-src %s %s",
            hash(style),
            hash(library),
            hash(script));
    return new Page.Assets(policy, style, library, script, json);
  }

  private static String chartLibrary() {
    String licence = text(CHART_LIBRARY + "LICENSE.md");
    String code = text(CHART_LIBRARY + "dist/chart.umd.min.js");
    // A browser's tools would ask for the map, a file that is not there.
    String alone = code.replaceAll("(?m)^//# sourceMappingURL=.*$", "");
    if (alone.contains("</script") || alone.contains("<!--")) {
      throw new IllegalStateException("the chart library cannot stand inside a page");
    }
    return "/*\nChart.js and @kurkle/color:\n" + licence + "*/\n" + alone;
  }

  private static String text(String resource) {
    try (InputStream in = AssetFiles.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("the program's own " + resource + " is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
    } catch (IOException e) {
      throw new UncheckedIOException("the program's own " + resource, e);
    }
  }

  /** How a content security policy names what stands in the page. */
  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
