// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lanewise.data.file.WholeFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Full disks, folders that may not be written to, and processes that die, for each kind of output.
 */
class WholeFileIT {

  private static final String OLD = "old and intact";

  /**
   * Writes each kind of file over an old one; what each said, its status, and what is there then.
   */
  private static final String EACH =
      """
      say() { echo "$1 ended with $2: $(cat "$OUT/$1" 2>/dev/null)" >&2; }
      run() { "$JAVA" -XX:-UsePerfData -Xshare:auto -Xmx256m -jar "$JAR" "$@" >/dev/null; }
      printf '%s' "$OLD" > "$OUT/model"
      printf '%s' "$OLD" > "$OUT/built"
      printf '%s' "$OLD" > "$OUT/split-train"
      printf '%s' "$OLD" > "$OUT/report.html"
      printf '%s' "$OLD" > "$OUT/model.onnx"
      run train --train "$DATA" --iterations 2 --model "$MODEL"
      eval "$BEFORE"
      run train --train "$DATA" --iterations 2 --force --model "$OUT/model"; say model $?
      run dataset build "$DATA" --force --out "$OUT/built"; say built $?
      run dataset split "$DATA" --force --train "$OUT/split-train" --test "$OUT/split-test"; say split-train $?
      run report --force --model "$MODEL" --data "$DATA" --out "$OUT/report.html"; say report.html $?
      run export --model "$MODEL" --force --out "$OUT/model.onnx"; say model.onnx $?
      ls -A "$OUT" | sort | tr '\\n' ' ' >&2
      """;

  @TempDir private Path folder;

  private JavaProcess each(String before, List<String> shell) throws IOException {
    Path out = Files.createDirectories(folder.resolve("out"));
    Map<String, String> names =
        Map.of(
            "OUT", out.toString(),
            "MODEL", folder.resolve("kept.h5").toString(),
            "OLD", OLD,
            "BEFORE", before,
            "DATA", Path.of("datasets/drawn-cats-test.h5").toAbsolutePath().toString(),
            "JAVA", JavaProcess.thisJava().toString(),
            "JAR", JavaProcess.jar().toString());
    return JavaProcess.run(
        Stream.concat(shell.stream(), Stream.of("sh", "-c", EACH)).toList(), names);
  }

  private static void assertEachFailed(JavaProcess run, String reason) {
    List<String> lines = run.err().lines().filter(line -> !line.isBlank()).toList();
    List<String> files = List.of("model", "built", "split-train", "report.html", "model.onnx");
    assertThat(lines).as(run.err()).hasSize(2 * files.size() + 1);
    for (int i = 0; i < files.size(); i++) {
      assertThat(lines.get(2 * i))
          .startsWith("lanewise: ")
          .contains("/" + files.get(i) + ": ")
          .contains(reason);
      assertThat(lines.get(2 * i + 1)).isEqualTo(files.get(i) + " ended with 3: " + OLD);
    }
    assertThat(lines.getLast().strip()).isEqualTo("built model model.onnx report.html split-train");
  }

  @Test
  void whereTheSystemLetsNoFileGrowEachOldFileIsIntact() throws IOException {
    assumeTrue(Files.exists(Path.of("/bin/sh")), "skipped: no shell here");
    // As a full disk, but anywhere: no file may have more than 4 or 8 KiB.
    assertEachFailed(each("ulimit -f 8", List.of()), "cannot be written: File too large");
  }

  @Test
  void onAFullDiskEachOldFileIsIntact() throws IOException {
    assumeTrue(mayMount(), "skipped: this user cannot mount a small disk");
    assertEachFailed(
        each(
            "",
            List.of(
                "unshare",
                "-m",
                "sh",
                "-c",
                "mount -t tmpfs -o size=32k none \"$OUT\" && exec \"$@\"",
                "sh")),
        "cannot be written: No space left on device");
  }

  @Test
  void onADiskThatIsReadOnlyEachOldFileIsIntact() throws IOException {
    assumeTrue(mayMount(), "skipped: this user cannot mount a small disk");
    assertEachFailed(
        each(
            "mount -o remount,ro \"$OUT\"",
            List.of(
                "unshare",
                "-m",
                "sh",
                "-c",
                "mount -t tmpfs -o size=32k none \"$OUT\" && exec \"$@\"",
                "sh")),
        "is read-only and is not replaced");
  }

  private boolean mayMount() {
    try {
      return new ProcessBuilder("unshare", "-m", "mount", "-t", "tmpfs", "none", folder.toString())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static Process writing(String how, Path target) throws IOException {
    Process process =
        new ProcessBuilder(
                JavaProcess.thisJava().toString(),
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                WritingProcess.class.getName(),
                how,
                target.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    BufferedReader said = process.inputReader();
    assertThat(said.readLine()).isEqualTo("here");
    return process;
  }

  private List<Path> left() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.getFileName().toString().endsWith(".tmp")).toList();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"body", "check"})
  void aProcessThatDiesBeforeTheRenameLeavesTheOldFileIntact(String step) throws Exception {
    Path target = Files.writeString(folder.resolve("model.h5"), OLD);
    Process process = writing(step, target);
    process.destroyForcibly().waitFor();
    assertThat(target).hasContent(OLD);
    assertThat(left()).as("the temporary file of the dead process").hasSize(1);
    write(target, "new");
    assertThat(left()).as("it may still be looked at").hasSize(1);
    Files.setLastModifiedTime(left().getFirst(), FileTime.from(Instant.now().minusSeconds(3600)));
    write(target, "newer");
    assertThat(left()).isEmpty();
    assertThat(target).hasContent("newer");
  }

  private static void write(Path target, String text) {
    WholeFile.write(
        target, channel -> channel.write(ByteBuffer.wrap(text.getBytes())), written -> {});
  }

  @Test
  void aProcessKilledAtAnyMomentLeavesOneWholeFileOrTheOther() throws Exception {
    // Where a machine is busy, a process may be killed before it has written anything.
    byte[] old = new byte[WritingProcess.SIZE];
    Path target = Files.write(folder.resolve("model.h5"), old);
    Random random = new Random(1);
    for (int i = 0; i < 6; i++) {
      Process process = writing("again", target);
      Thread.sleep(20 + random.nextInt(150));
      process.destroyForcibly().waitFor();
      Set<Byte> letters = new HashSet<>();
      byte[] found = Files.readAllBytes(target);
      for (byte letter : found) {
        letters.add(letter);
      }
      assertThat(found).hasSize(WritingProcess.SIZE);
      assertThat(letters).hasSize(1);
    }
  }
}
