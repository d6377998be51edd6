// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The page about JSON has every field that the commands print, with its type, and no other field.
 */
class JsonPageTest {

  private static final Path PAGE = Path.of("docs/reference/json.md");

  /** The types of the fields of each section of the page. */
  private final Map<String, Map<String, String>> sections = new LinkedHashMap<>();

  /** Section and name of each field that was printed with a value other than null. */
  private final Set<String> seen = new TreeSet<>();

  @TempDir private Path folder;

  @BeforeEach
  void read() throws IOException {
    String section = "";
    for (String line : Files.readAllLines(PAGE)) {
      if (line.startsWith("#")) {
        section = line.replaceFirst("#+ ", "");
      } else if (line.startsWith("| `")) {
        String[] cells = line.split(" \\| ");
        List<String> names =
            Arrays.stream(cells[0].substring(2).split(", "))
                .map(name -> name.replace("`", ""))
                .toList();
        String[] types = names.size() == 1 ? new String[] {cells[1]} : cells[1].split(", ");
        for (int i = 0; i < names.size(); i++) {
          String type = types[types.length == 1 ? 0 : i];
          Map<String, String> fields =
              sections.computeIfAbsent(section, k -> new LinkedHashMap<>());
          assertThat(fields).as(section).doesNotContainKey(names.get(i));
          fields.put(names.get(i), type);
        }
      }
    }
  }

  @Test
  void theCommandsPrintTheFieldsOfThePage() throws IOException {
    table("two.csv", 1, 2);
    table("three.csv", 2, 3);
    String newton = "train --solver newton --scale standard ";
    ofRun("train", newton + "--train two.csv --test two.csv --l2 1 --calibrate platt");
    ofRun("train", newton + "--train two.csv --calibrate isotonic --force --model iso.h5");
    ofRun("train", newton + "--train two.csv --l2 1:100:3 --folds 3 --learning-curve");
    ofRun("train", newton + "--train three.csv --test three.csv --l2 1 --positive k1 --model p.h5");
    ofRun(
        "train",
        newton + "--train three.csv --test three.csv --l2 1 --calibrate temperature --model k.h5");
    ofRun(
        "train",
        newton
            + "--train two.csv --l2 0 --summary --weights w --min-count 140 --model two.h5"
            + " --interactions a:b");
    ofRun("train", "train --train two.csv --test two.csv");
    ofRun("train", "train --iterations 20 --report r.html --plot p.svg --model cats.h5");
    ofRun("train", "train --train two.csv --epochs 2 --hidden 2 --model net.h5");
    ofRun(
        "train",
        "train --solver sgd --optimizer sgd --momentum 0.5 --holdout 0.2 --epochs 2 --schedule step"
            + " --scale standard --decay 0.5 --decay-every 1 --checkpoint sgd.ckpt");
    ofRun(
        "train with several penalties",
        "train --train two.csv --test two.csv --l2 1,10 --drop color");
    ofRun("evaluate", "evaluate --model two.h5 --data two.csv --bootstrap 20 --importance 2");
    ofRun("evaluate", "evaluate --model k.h5 --data three.csv");
    ofRun(
        "evaluate", "evaluate --model two.h5 --data two.csv --calibrate platt --out calibrated.h5");
    ofRun("predict", "predict --model two.h5 two.csv --explain");
    ofRun("predict", "predict --model k.h5 three.csv --top 2");
    ofRun("info on data", "info two.csv");
    ofRun("info on a model", "info two.h5");
    ofRun("info on a model", "info k.h5");
    ofRun("info on a model", "info p.h5");
    ofRun("info on a model", "info net.h5");
    ofRun("info on a checkpoint", "info sgd.ckpt");
    ofRun("report", "report --model cats.h5 --data DRAWN --out cats.html");
    ofRun(
        "sweep",
        "sweep --learning-rates 0.01,3e38 --iterations 5 --folds 2 --train two.csv --test two.csv"
            + " --report s.html");

    Set<String> documented = new TreeSet<>();
    sections.forEach(
        (section, fields) -> fields.keySet().forEach(name -> documented.add(section + "." + name)));
    documented.removeAll(seen);
    assertThat(documented).as("fields of the page that no command printed").isEmpty();
  }

  private void ofRun(String section, String command) throws IOException {
    Object[] words =
        Stream.concat(Arrays.stream(command.split(" ")), Stream.of("--json"))
            .map(word -> word.equals("DRAWN") ? "datasets/drawn-cats-test.h5" : word)
            .map(word -> word.matches("[a-z]+\\.[a-z0-9]+") ? folder.resolve(word) : word)
            .toArray();
    CommandRun run = CommandRun.of(words);
    assertThat(run.status()).as(command + "\n" + run.err()).isZero();
    for (String line : run.out().lines().toList()) {
      check(section, new ObjectMapper().readTree(line));
    }
  }

  private void check(String section, JsonNode object) {
    object
        .properties()
        .forEach(
            field -> {
              String name = section + "." + field.getKey();
              String type = type(section, field.getKey());
              assertThat(matches(field.getValue(), type))
                  .as(name + " is " + field.getValue() + " and not " + type)
                  .isTrue();
              if (!field.getValue().isNull()) {
                seen.add(name);
              }
            });
  }

  /** The type of a field, perhaps that of the same field in another section. */
  private String type(String section, String field) {
    assertThat(sections).containsKey(section);
    assertThat(sections.get(section)).as(section).containsKey(field);
    String type = sections.get(section).get(field);
    return type.startsWith("as in ") ? type(linked(type), field) : type;
  }

  private static String linked(String type) {
    return type.substring(type.indexOf('[') + 1, type.indexOf(']'));
  }

  private boolean matches(JsonNode value, String type) {
    return Arrays.stream(type.split(", or | or |, ")).anyMatch(one -> matchesOne(value, one));
  }

  private boolean matchesOne(JsonNode value, String type) {
    if (type.startsWith("list of ")) {
      String element = type.substring("list of ".length());
      if (!value.isArray()) {
        return false;
      }
      for (JsonNode one : value) {
        if (!matchesOne(one, element)) {
          return false;
        }
      }
      return true;
    }
    if (type.startsWith("[")) {
      if (value.isObject()) {
        check(linked(type), value);
      }
      return value.isObject();
    }
    return switch (type) {
      case "string" -> value.isTextual();
      case "integer" -> value.isIntegralNumber();
      case "number" -> value.isNumber();
      case "boolean" -> value.isBoolean();
      case "map" -> value.isObject();
      case "null" -> value.isNull();
      default -> throw new AssertionError("the page has no type " + type);
    };
  }

  private void table(String name, long seed, int classes) throws IOException {
    Random random = new Random(seed);
    StringBuilder text = new StringBuilder("id,a,b,color,w,label\n");
    for (int j = 0; j < 300; j++) {
      double a = random.nextGaussian();
      double z = a + random.nextGaussian();
      int label = classes == 2 ? z > 0 ? 1 : 0 : z > 0.5 ? 2 : z > -0.5 ? 1 : 0;
      String b = j % 50 == 0 ? "" : "" + random.nextGaussian();
      String color = j % 10 == 0 ? "blue" : j % 2 == 0 ? "red" : "green";
      text.append(j + "," + a + "," + b + "," + color + "," + (1 + j % 3) + ",k" + label + "\n");
    }
    Files.writeString(folder.resolve(name), text);
  }
}
