// SPDX-License-Identifier: Apache-2.0
package dev.lanewise;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.stream.StreamSupport;

/** What scikit-learn and SciPy say of drawn scores: {@code src/test/python/golden_judging.py}. */
public final class JudgingGolden {

  private JudgingGolden() {}

  public static JsonNode read() {
    try (InputStream in = JudgingGolden.class.getResourceAsStream("/metric/judging.json")) {
      return new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static double[] doubles(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false)
        .mapToDouble(JsonNode::asDouble)
        .toArray();
  }

  public static int[] ints(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).mapToInt(JsonNode::asInt).toArray();
  }
}
