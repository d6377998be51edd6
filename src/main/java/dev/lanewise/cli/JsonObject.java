// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import dev.lanewise.export.JsonValues;
import java.io.PrintWriter;
import java.util.Map;

/** Prints maps, lists, numbers and strings as one line of JSON. */
final class JsonObject {

  private JsonObject() {}

  static void print(Map<String, ?> object, PrintWriter out) {
    out.println(JsonValues.text(object));
    out.flush();
  }
}
