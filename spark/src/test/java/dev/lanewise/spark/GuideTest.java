// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.model.ModelFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What the guide shows is what is compiled and run. */
class GuideTest {

  private static final Path GUIDE = Path.of("../docs/guide/spark.md");

  @TempDir private Path folder;

  @Test
  void theProgramRuns() {
    SparkSession session = Sessions.local(Map.of());
    try {
      Path file = folder.resolve("model.h5");
      Dataset<Row> rows = new Pictures(500, 12, 2, 1).frame(session);
      assertThat(GuideExample.run(rows, file).filter("prediction = label").count())
          .isGreaterThan(300);
      assertThat(ModelFile.read(file).schema().classNames()).containsExactly("0", "1");
    } finally {
      Sessions.stop(session);
    }
  }

  @Test
  void theProgramIsThatOfTheGuide() throws IOException {
    String source = Files.readString(Path.of("src/test/java/dev/lanewise/spark/GuideExample.java"));
    String body =
        source
            .substring(
                source.indexOf("    LanewiseClassifier "),
                source.indexOf("\n    return predictions"))
            .replace("writeModelFile(file)", "writeModelFile(Path.of(\"model.h5\"))")
            .stripIndent();
    assertThat(Files.readString(GUIDE)).contains("```java\n" + body + "\n```");
  }

  @Test
  void theGuideNamesOptionsThatExist() throws IOException {
    CommandLine command = Train.command();
    String[] words = Files.readString(GUIDE).split("[\\s`']+");
    boolean any = false;
    for (int i = 0; i < words.length; i++) {
      if (words[i].equals("spark/train")
          && i + 1 < words.length
          && words[i + 1].equals("--train")) {
        for (int w = i + 1; w < words.length && words[w].matches("[-a-z0-9.,\\[\\]]+"); w++) {
          if (words[w].startsWith("--")) {
            assertThat(command.getCommandSpec().findOption(words[w])).as(words[w]).isNotNull();
            any = true;
          }
        }
      }
    }
    assertThat(any).isTrue();
  }
}
