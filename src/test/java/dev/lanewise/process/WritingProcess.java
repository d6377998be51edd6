// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.process;

import dev.lanewise.data.file.WholeFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A process that writes a file and is killed: {@code body TARGET} and {@code check TARGET} say
 * {@code here} and wait at that step; {@code again TARGET} writes over and over, a mebibyte of one
 * letter each time.
 */
final class WritingProcess {

  static final int SIZE = 1 << 20;

  private WritingProcess() {}

  public static void main(String[] args) {
    Path target = Path.of(args[1]);
    if (args[0].equals("again")) {
      System.out.println("here");
      for (int i = 0; true; i++) {
        byte letter = (byte) ('a' + i % 26);
        WholeFile.write(
            target,
            channel -> {
              for (int done = 0; done < SIZE; done += 1 << 16) {
                channel.write(ByteBuffer.wrap(letters(letter, 1 << 16)));
              }
            },
            written -> {});
      }
    }
    WholeFile.write(
        target,
        channel -> {
          channel.write(ByteBuffer.wrap(letters((byte) 'n', SIZE / 2)));
          if (args[0].equals("body")) {
            waitHere();
          }
        },
        written -> {
          if (args[0].equals("check") && Files.exists(written)) {
            waitHere();
          }
        });
  }

  private static byte[] letters(byte letter, int count) {
    byte[] letters = new byte[count];
    java.util.Arrays.fill(letters, letter);
    return letters;
  }

  private static void waitHere() {
    System.out.println("here");
    try {
      Thread.sleep(60_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
