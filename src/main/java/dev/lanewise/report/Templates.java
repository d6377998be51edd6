// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.report;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.Utf8ByteOutput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The templates of {@code src/main/jte}, which were made into classes of this package. */
final class Templates {

  private Templates() {}

  /** The page as HTML in UTF-8; what it is given is text and stays so. */
  static byte[] page(Page page) {
    return rendered("report.jte", page);
  }

  /** The page of a sweep, as {@link #page}. */
  static byte[] sweep(SweepPage page) {
    return rendered("sweep.jte", page);
  }

  /** The picture of a curve as SVG in UTF-8. */
  static byte[] plot(PlotLayout layout) {
    return rendered("plot.jte", layout);
  }

  private static byte[] rendered(String template, Object content) {
    TemplateEngine engine =
        TemplateEngine.createPrecompiled(
            null,
            ContentType.Html,
            Templates.class.getClassLoader(),
            Templates.class.getPackageName());
    Utf8ByteOutput html = new Utf8ByteOutput();
    engine.render(template, content, html);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(html.getContentLength());
    try {
      html.writeTo(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("memory can always be written to", e);
    }
    return bytes.toByteArray();
  }
}
