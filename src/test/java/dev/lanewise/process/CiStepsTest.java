// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What .ci/run says before it begins, in a clone that has nothing beside it. */
class CiStepsTest {

  @TempDir private Path folder;

  private JavaProcess run(Map<String, String> environment, String... steps) throws IOException {
    Path script = folder.resolve("clone/.ci/run");
    Files.createDirectories(script.getParent());
    Files.copy(Path.of(".ci/run"), script);
    List<String> command = new ArrayList<>(List.of("bash", script.toString()));
    command.addAll(List.of(steps));
    return JavaProcess.run(command, environment);
  }

  @Test
  void withoutTheTutorialsFilesItSaysWhatIsSkipped() throws IOException {
    JavaProcess run = run(Map.of("CATVNONCAT_DIR", ""), "dance");
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.out())
        .startsWith("ci: SKIPPED: tests on the tutorial's files; set CATVNONCAT_DIR");
    assertThat(run.err())
        .isEqualToIgnoringNewLines(
            "ci: there is no step 'dance'; the steps are digests, tests, commands, gate, tools and spark");
  }

  @Test
  void aFolderThatIsNamedMustHaveTheFiles() throws IOException {
    JavaProcess run = run(Map.of("CATVNONCAT_DIR", folder.toString()), "dance");
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains("are not there");
  }
}
