// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.lanewise.export.JsonValues;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;

/** Prints maps, lists, numbers and strings as one line of JSON. */
final class JsonObject {

  private JsonObject() {}

  static void print(Map<String, ?> object, PrintWriter out) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      JsonValues.write(json, object);
    } catch (IOException e) {
      throw new UncheckedIOException("a string can always be written to", e);
    }
    out.println(text);
    out.flush();
  }
}
