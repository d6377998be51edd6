// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Damaged and hostile files, in JVMs of 512 MiB: each is read right or refused in one line with
 * status 3, within ten seconds.
 */
class HostileIT {

  @TempDir private Path folder;

  private static JavaProcess java(String main, Object... args) {
    List<String> command =
        new ArrayList<>(
            List.of(
                JavaProcess.thisJava().toString(),
                JavaProcess.MODULE,
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                main));
    for (Object arg : args) {
      command.add(arg.toString());
    }
    return JavaProcess.run(command, Map.of());
  }

  private static Path corpus() throws URISyntaxException {
    return Path.of(HostileIT.class.getResource("/hostile/corpus").toURI());
  }

  @Test
  void everyFileThatOnceFailedIsReadOrRefusedAsItShouldBe() throws URISyntaxException {
    JavaProcess run = java("dev.lanewise.hostile.Corpus", corpus());
    assertThat(run.status()).as(run.out() + run.err()).isZero();
  }

  @Test
  void bombsAreReadOrRefused() throws IOException {
    assertThat(java("dev.lanewise.hostile.Bombs", folder).status()).isZero();
    JavaProcess run = java("dev.lanewise.hostile.Corpus", folder);
    assertThat(run.status()).as(run.out() + run.err()).isZero();
  }

  @Test
  void aShortCampaignFindsNoFault() {
    JavaProcess run = java("dev.lanewise.hostile.Campaign", 12, 1, folder);
    assertThat(run.status()).as(run.out() + run.err()).isZero();
    assertThat(run.out()).contains("0 faults");
  }
}
