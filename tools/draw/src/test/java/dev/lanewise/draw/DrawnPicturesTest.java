// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.draw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DrawnPicturesTest {

  private static final long SEED = 7;
  private static final int MANY = 500;
  private static final DrawnPictures TRAIN = DrawnPictures.draw(MANY, SEED, Part.TRAIN);

  @Test
  void arraysHaveTheShapeThatTheCountSays() {
    DrawnPictures three = DrawnPictures.draw(3, SEED, Part.TEST);

    assertThat(three.count()).isEqualTo(3);
    assertThat(three.pixels()).hasSize(3 * 64 * 64 * 3);
    assertThat(three.labels()).hasSize(3).containsOnly(0, 1);
    assertThat(three.kinds()).hasSize(3);
    assertThat(DrawnPictures.classNames()).containsExactly("non-cat", "cat");
  }

  @Test
  void sameSeedGivesTheSameBytes() {
    DrawnPictures once = DrawnPictures.draw(20, SEED, Part.TEST);
    DrawnPictures again = DrawnPictures.draw(20, SEED, Part.TEST);

    assertThat(again.pixels()).isEqualTo(once.pixels());
    assertThat(again.labels()).isEqualTo(once.labels());
    assertThat(again.kinds()).isEqualTo(once.kinds());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 40})
  void longerSetStartsWithTheShorterOne(int count) {
    DrawnPictures shorter = DrawnPictures.draw(count, SEED, Part.TRAIN);

    assertThat(shorter.pixels())
        .isEqualTo(Arrays.copyOf(TRAIN.pixels(), count * PictureArtist.LENGTH));
    assertThat(shorter.labels()).isEqualTo(Arrays.copyOf(TRAIN.labels(), count));
    assertThat(shorter.kinds()).isEqualTo(TRAIN.kinds().subList(0, count));
  }

  @Test
  void noTwoPicturesAreEqualWithinOrAcrossPartsAndSeeds() {
    Set<ByteBuffer> seen = new HashSet<>(pictures(TRAIN));
    seen.addAll(pictures(DrawnPictures.draw(60, SEED, Part.TEST)));
    seen.addAll(pictures(DrawnPictures.draw(60, SEED + 1, Part.TRAIN)));

    assertThat(seen).hasSize(MANY + 120);
  }

  @Test
  void everyKindOccurs() {
    assertThat(TRAIN.kinds()).contains(Kind.values());
  }

  @Test
  void labelsFollowTheKindsAndAreBalanced() {
    int[] labels = TRAIN.labels();

    for (int k = 0; k < MANY; k++) {
      assertThat(labels[k] == 1).isEqualTo(TRAIN.kinds().get(k).isCat());
    }
    assertThat(Arrays.stream(labels).sum()).isEqualTo(MANY / 2);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, -1, Long.MIN_VALUE, Long.MAX_VALUE})
  void twoPicturesAreEnoughForBothClassesWhateverTheSeed(long seed) {
    assertThat(DrawnPictures.draw(2, seed, Part.TRAIN).labels()).containsExactlyInAnyOrder(0, 1);
  }

  @Test
  void classesDoNotSimplyAlternate() {
    List<Boolean> even =
        IntStream.range(0, MANY / 2).mapToObj(pair -> TRAIN.kinds().get(2 * pair).isCat()).toList();

    assertThat(even).contains(true, false);
  }

  @Test
  void picturesAreAboutAsBrightAsPhotographsAndNotFlat() {
    double sum = 0;
    for (ByteBuffer picture : pictures(TRAIN)) {
      int low = 255;
      int high = 0;
      for (byte pixel : picture.array()) {
        int level = Byte.toUnsignedInt(pixel);
        low = Math.min(low, level);
        high = Math.max(high, level);
        sum += level;
      }
      assertThat(high - low).isGreaterThan(40);
    }
    assertThat(sum / MANY / PictureArtist.LENGTH / 255).isBetween(0.3, 0.45);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, Integer.MIN_VALUE, DrawnPictures.MAX_COUNT + 1, Integer.MAX_VALUE})
  void countOutOfRangeIsRefused(int count) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DrawnPictures.draw(count, SEED, Part.TRAIN))
        .withMessageContaining("count")
        .withMessageContaining(Integer.toString(count));
  }

  @Test
  void missingPartIsRefused() {
    assertThatNullPointerException().isThrownBy(() -> DrawnPictures.draw(1, SEED, null));
  }

  @Test
  void callerCannotChangeTheSet() {
    DrawnPictures one = DrawnPictures.draw(1, SEED, Part.TRAIN);
    byte[] before = one.pixels();
    one.pixels()[0]++;
    one.labels()[0]++;

    assertThat(one.pixels()).isEqualTo(before);
    assertThat(one.labels()[0]).isEqualTo(one.kinds().get(0).isCat() ? 1 : 0);
  }

  private static List<ByteBuffer> pictures(DrawnPictures set) {
    byte[] pixels = set.pixels();
    return IntStream.range(0, set.count())
        .mapToObj(k -> k * PictureArtist.LENGTH)
        .map(from -> ByteBuffer.wrap(Arrays.copyOfRange(pixels, from, from + PictureArtist.LENGTH)))
        .toList();
  }
}
