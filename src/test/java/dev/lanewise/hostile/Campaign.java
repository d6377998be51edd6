// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.hostile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Damages a file of every kind in many ways and sees what becomes of them: {@code Campaign TRIES
 * SEED FOLDER [READER]}, TRIES for each kind. Meant to be run with {@code -Xmx512m}. What fails is
 * kept in the folder, and ends the process with status 1; a reader that takes more than ten seconds
 * ends it at once.
 */
public final class Campaign {

  private static final long LIMIT_NANOS = 10_000_000_000L;

  private final AtomicReference<Running> running = new AtomicReference<>();

  private record Running(Seed seed, byte[] damaged, long since, Thread thread) {}

  /** Of one kind of file. */
  private static final class Count {
    private int tries;
    private int read;
    private int checked;
    private int refused;
    private int faults;
    private long longest;
  }

  private final Path folder;
  private final Path kept;
  private int number;

  private Campaign(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder.resolve("work"));
    this.kept = Files.createDirectories(folder.resolve("failed"));
  }

  public static void main(String[] args) throws IOException {
    int tries = Integer.parseInt(args[0]);
    long seed = Long.parseLong(args[1]);
    Campaign campaign = new Campaign(Path.of(args[2]));
    List<Seed> seeds = new ArrayList<>(Seeds.all(Path.of(args[2])));
    if (args.length > 3) {
      seeds.removeIf(one -> !one.reader().contains(args[3]));
    }
    campaign.watch();
    Map<String, Count> counts = new TreeMap<>();
    for (Seed one : seeds) {
      campaign.run(one, tries, seed, counts.computeIfAbsent(one.reader(), name -> new Count()));
    }
    System.exit(report(counts) ? 0 : 1);
  }

  private static boolean report(Map<String, Count> counts) {
    System.out.println(
        "| reader | tries | read | of these compared | refused | faults | longest, ms |");
    System.out.println("|---|--:|--:|--:|--:|--:|--:|");
    long faults = 0;
    long tries = 0;
    for (Map.Entry<String, Count> entry : counts.entrySet()) {
      Count count = entry.getValue();
      System.out.printf(
          Locale.ROOT,
          "| %s | %d | %d | %d | %d | %d | %d |%n",
          entry.getKey(),
          count.tries,
          count.read,
          count.checked,
          count.refused,
          count.faults,
          count.longest / 1_000_000);
      faults += count.faults;
      tries += count.tries;
    }
    System.out.printf(Locale.ROOT, "%d tries, %d faults%n", tries, faults);
    return faults == 0;
  }

  private void run(Seed seed, int tries, long number, Count count) {
    seed.lay(folder);
    seed.write(folder, seed.bytes());
    Path target = folder.resolve(seed.target());
    Trial whole = Trial.of(target, seed.options());
    if (whole.end() != Trial.End.READ) {
      throw new IllegalStateException(seed.reader() + " is not read whole: " + whole);
    }
    if (seed.oracle()
        .apply(seed.bytes())
        .filter(digest -> !whole.content().contains(digest))
        .isPresent()) {
      throw new IllegalStateException(seed.reader() + " whole is " + whole);
    }
    Mutation mutation = new Mutation(number + seed.reader().hashCode());
    for (int i = 0; i < tries; i++) {
      byte[] damaged = mutation.of(seed.bytes());
      one(seed, damaged, whole.content(), target, count);
    }
    // Every length there is, or as many as there are tries.
    int lengths = seed.bytes().length;
    for (int i = 0; i < Math.min(lengths, tries); i++) {
      int length = lengths <= tries ? i : (int) ((long) i * lengths / tries);
      one(seed, Arrays.copyOf(seed.bytes(), length), whole.content(), target, count);
    }
  }

  private void one(Seed seed, byte[] damaged, String whole, Path target, Count count) {
    seed.write(folder, damaged);
    long start = System.nanoTime();
    running.set(new Running(seed, damaged, start, Thread.currentThread()));
    Trial trial = Trial.of(target, seed.options());
    running.set(null);
    count.tries++;
    count.longest = Math.max(count.longest, System.nanoTime() - start);
    if (trial.end() == Trial.End.READ) {
      count.read++;
      keepForOthers(seed, damaged, trial);
      if (seed.guarded() || seed.oracle().apply(damaged).isPresent()) {
        count.checked++;
      }
    } else if (trial.end() == Trial.End.REFUSED) {
      count.refused++;
    }
    Optional<String> fault = trial.fault(seed, damaged, whole);
    if (fault.isPresent()) {
      count.faults++;
      System.out.printf(
          Locale.ROOT, "%s: %s: %s%n", seed.reader(), keep(seed, damaged), fault.get());
    }
  }

  // For src/test/python/read_damaged.py.
  private void keepForOthers(Seed seed, byte[] damaged, Trial trial) {
    String others = System.getProperty("lanewise.hostile.accepted");
    if (others != null) {
      Path here = Path.of(others, String.format(Locale.ROOT, "%06d", number++));
      seed.lay(here);
      seed.write(here, damaged);
      Seed.store(here.resolve("reader.txt"), seed.reader().getBytes());
      Seed.store(here.resolve("found.txt"), trial.content().getBytes());
    }
  }

  private Path keep(Seed seed, byte[] damaged) {
    String name = seed.reader().replaceAll("[^a-zA-Z0-9]+", "-") + "-" + number++;
    Path path = kept.resolve(name + "-" + Path.of(seed.file()).getFileName());
    Seed.store(path, seed.packing().apply(damaged));
    return path;
  }

  private void watch() {
    Thread watcher =
        new Thread(
            () -> {
              while (true) {
                try {
                  Thread.sleep(500);
                } catch (InterruptedException e) {
                  return;
                }
                Running now = running.get();
                if (now != null && System.nanoTime() - now.since() > LIMIT_NANOS) {
                  System.out.printf(
                      Locale.ROOT,
                      "%s: %s takes too long:%n",
                      now.seed().reader(),
                      keep(now.seed(), now.damaged()));
                  for (StackTraceElement element : now.thread().getStackTrace()) {
                    System.out.println("  " + element);
                  }
                  Runtime.getRuntime().halt(1);
                }
              }
            });
    watcher.setDaemon(true);
    watcher.start();
  }
}
