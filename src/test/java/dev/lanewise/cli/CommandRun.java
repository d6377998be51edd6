// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/** A command line that was run inside this JVM: what it said, and its exit status. */
public record CommandRun(int status, String out, String err) {

  public static CommandRun of(Object... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    String[] words = new String[args.length];
    for (int i = 0; i < args.length; i++) {
      words[i] = args[i].toString();
    }
    int status = LanewiseCommand.run(words, new PrintWriter(out), new PrintWriter(err));
    return new CommandRun(status, out.toString(), err.toString());
  }

  /** The one JSON object that was printed. */
  public JsonNode json() {
    try {
      return new ObjectMapper()
          .reader()
          .with(com.fasterxml.jackson.databind.DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .readTree(out);
    } catch (IOException e) {
      throw new UncheckedIOException(out, e);
    }
  }
}
