// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.draw;

import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/** A labelled set of drawn pictures, held in memory. */
public final class DrawnPictures {

  /** The most pictures that one array of bytes can hold. */
  public static final int MAX_COUNT = (Integer.MAX_VALUE - 8) / PictureArtist.LENGTH;

  private static final List<String> CLASS_NAMES = List.of("non-cat", "cat");

  private final List<Kind> kinds;
  private final byte[] pixels;

  private DrawnPictures(List<Kind> kinds, byte[] pixels) {
    this.kinds = kinds;
    this.pixels = pixels;
  }

  /**
   * Draws the first pictures of one part of one seed, on all processors.
   *
   * <p>The same arguments give the same set, and a longer set starts with the shorter one. Of the
   * pictures 2j and 2j + 1 one is a cat, so both classes occur whenever there are two pictures.
   *
   * @param count how many pictures, from 1 to {@link #MAX_COUNT}
   * @param seed any number
   * @param part which part's pictures; the parts of one seed share none
   * @return the set
   * @throws IllegalArgumentException if the count is out of range
   * @throws NullPointerException if the part is null
   */
  public static DrawnPictures draw(int count, long seed, Part part) {
    Objects.requireNonNull(part, "part");
    if (count < 1 || count > MAX_COUNT) {
      throw new IllegalArgumentException("count must be from 1 to " + MAX_COUNT + ", was " + count);
    }
    PictureArtist artist = new PictureArtist(seed, part);
    byte[] pixels = new byte[count * PictureArtist.LENGTH];
    IntStream.range(0, count)
        .parallel()
        .forEach(
            k ->
                System.arraycopy(
                    artist.draw(k), 0, pixels, k * PictureArtist.LENGTH, PictureArtist.LENGTH));
    return new DrawnPictures(IntStream.range(0, count).mapToObj(artist::kind).toList(), pixels);
  }

  /**
   * The names of the classes.
   *
   * @return the name of label 0, then that of label 1
   */
  public static List<String> classNames() {
    return CLASS_NAMES;
  }

  /**
   * How many pictures there are.
   *
   * @return at least 1
   */
  public int count() {
    return kinds.size();
  }

  /**
   * The pictures' pixels.
   *
   * @return a new array of count x 64 x 64 x 3 unsigned bytes, by picture, row, column and channel
   *     (RGB)
   */
  public byte[] pixels() {
    return pixels.clone();
  }

  /**
   * The pictures' labels.
   *
   * @return a new array of count numbers: 1 for a cat, 0 for anything else
   */
  public int[] labels() {
    return kinds.stream().mapToInt(kind -> kind.isCat() ? 1 : 0).toArray();
  }

  /**
   * What the pictures show.
   *
   * @return one kind for each picture, unmodifiable
   */
  public List<Kind> kinds() {
    return kinds;
  }
}
