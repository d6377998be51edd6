package dev.lanewise.pass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class TeamTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8, 33})
  void everyMemberDoesItsPartOfEveryTask(int size) {
    int tasks = 2000;
    AtomicIntegerArray counts = new AtomicIntegerArray(size);
    try (Team team = new Team(size)) {
      assertThat(team.size()).isEqualTo(size);
      for (int task = 1; task <= tasks; task++) {
        team.run(counts::incrementAndGet);
        for (int member = 0; member < size; member++) {
          assertThat(counts.get(member)).isEqualTo(task);
        }
      }
    }
  }

  @Test
  void membersThatFellAsleepAreWoken() throws InterruptedException {
    AtomicIntegerArray counts = new AtomicIntegerArray(2);
    try (Team team = new Team(2)) {
      for (int task = 0; task < 20; task++) {
        Thread.sleep(5);
        team.run(
            member -> {
              counts.incrementAndGet(member);
              if (member == 1) {
                sleep(5);
              }
            });
      }
    }
    assertThat(counts.get(1)).isEqualTo(20);
  }

  @Test
  void whatAMemberThrowsIsThrownAndTheTeamGoesOn() {
    try (Team team = new Team(3)) {
      for (int thrower = 0; thrower < 3; thrower++) {
        int bad = thrower;
        assertThatThrownBy(
                () ->
                    team.run(
                        member -> {
                          if (member == bad) {
                            throw new IllegalStateException("member " + member);
                          }
                        }))
            .isInstanceOf(IllegalStateException.class)
            .hasMessage("member " + bad);
      }
      AtomicIntegerArray counts = new AtomicIntegerArray(3);
      team.run(counts::incrementAndGet);
      assertThat(counts.toString()).isEqualTo("[1, 1, 1]");
    }
  }

  @Test
  void whatSeveralMembersThrowIsOfTheirTaskAlone() {
    try (Team team = new Team(3)) {
      for (int task = 0; task < 20; task++) {
        String name = "task " + task;
        assertThatThrownBy(
                () ->
                    team.run(
                        member -> {
                          throw new IllegalStateException(name + " member " + member);
                        }))
            .isInstanceOf(IllegalStateException.class)
            .hasMessage(name + " member 0");
        AtomicIntegerArray counts = new AtomicIntegerArray(3);
        team.run(counts::incrementAndGet);
        assertThat(counts.toString()).isEqualTo("[1, 1, 1]");
      }
    }
  }

  @Test
  void noThreadIsLeftWhenTheTeamIsClosed() {
    try (Team team = new Team(5)) {
      team.run(member -> {});
      assertThat(threads()).isEqualTo(4);
    }
    assertThat(threads()).isZero();
  }

  private static long threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().matches("lanewise-\\d+"))
        .count();
  }

  private static void sleep(int millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
