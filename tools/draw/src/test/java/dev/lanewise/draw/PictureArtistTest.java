// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.draw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PictureArtistTest {

  private static final PictureArtist ARTIST = new PictureArtist(11, Part.TRAIN);

  @Test
  void severalThreadsDrawTheSamePicturesAsOne() throws Exception {
    List<byte[]> alone = IntStream.range(0, 24).mapToObj(ARTIST::draw).toList();
    List<Callable<byte[]>> work = new ArrayList<>();
    for (int round = 0; round < 4; round++) {
      for (int k = 0; k < alone.size(); k++) {
        int index = k;
        work.add(() -> ARTIST.draw(index));
      }
    }

    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Future<byte[]>> drawn = threads.invokeAll(work);
      for (int i = 0; i < drawn.size(); i++) {
        assertThat(drawn.get(i).get()).isEqualTo(alone.get(i % alone.size()));
      }
    }
  }

  @Test
  void pictureDoesNotDependOnTheOnesDrawnBefore() {
    byte[] first = new PictureArtist(11, Part.TRAIN).draw(5);
    ARTIST.draw(3);

    assertThat(ARTIST.draw(5)).isEqualTo(first).hasSize(PictureArtist.LENGTH);
  }

  @Test
  void veryLargeIndexIsDrawnToo() {
    assertThat(ARTIST.draw(Integer.MAX_VALUE)).hasSize(PictureArtist.LENGTH);
    assertThat(ARTIST.kind(Integer.MAX_VALUE)).isNotNull();
  }

  @Test
  void negativeIndexIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> ARTIST.draw(-1));
    assertThatIllegalArgumentException().isThrownBy(() -> ARTIST.kind(-1));
  }

  @Test
  void missingPartIsRefused() {
    assertThatNullPointerException().isThrownBy(() -> new PictureArtist(1, null));
  }
}
