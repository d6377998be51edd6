// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The report out of the runnable jar, which must hold all that the page carries. */
class ReportIT {

  @TempDir private Path folder;

  @Test
  void theJarWritesAWholePageAndItsPicture() throws IOException {
    Path page = folder.resolve("page.html");
    Path plot = folder.resolve("cost.png");
    JavaProcess run =
        JavaProcess.lanewise(
            List.of(),
            "train",
            "--iterations",
            3,
            "--cost-every",
            1,
            "--report",
            page,
            "--plot",
            plot);
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(Files.readString(page))
        .contains("Chart.js v4")
        .contains("MIT License")
        .endsWith("</html>\n");
    assertThat(Files.size(plot)).isGreaterThan(10_000);
  }

  @Test
  void aRunThatIsNotReportedLoadsNothingOfIt() {
    JavaProcess run =
        JavaProcess.lanewise(List.of("-Xlog:class+load:stdout"), "train", "--iterations", 1);
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("dev.lanewise.cli.ReportOption")
        .doesNotContain("dev.lanewise.report.")
        .doesNotContain("gg.jte")
        .doesNotContain("java.awt.");
  }
}
