// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lanewise.Effort;
import dev.lanewise.data.Damage;
import dev.lanewise.data.DataException;
import dev.lanewise.data.Dataset;
import dev.lanewise.data.Datasets;
import dev.lanewise.data.FeatureShape;
import dev.lanewise.data.Mapping;
import dev.lanewise.data.ReadOptions;
import dev.lanewise.data.Scaling;
import dev.lanewise.matrix.ByteMatrix;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PictureFormatTest {

  private static final int ROWS = 6;
  private static final int COLUMNS = 8;

  @TempDir private Path folder;

  /** A picture that Pillow made; see make.py beside it. */
  private static Path made(String name) {
    try {
      return Path.of(PictureFormatTest.class.getResource("/pictures/" + name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Dataset read(Path file) {
    return Datasets.read(file, ReadOptions.unlabelled());
  }

  private static Dataset read(Path file, int... shape) {
    return Datasets.read(file, ReadOptions.unlabelled().shaped(FeatureShape.of(shape)));
  }

  private static int[] pixels(Dataset data, int sample) {
    float[] column = data.features().column(sample);
    int[] pixels = new int[column.length];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = Math.round(column[i] * 255);
    }
    return pixels;
  }

  /** The pattern of make.py. */
  private static int[] colours() {
    int[] pixels = new int[ROWS * COLUMNS * 3];
    for (int row = 0, i = 0; row < ROWS; row++) {
      for (int column = 0; column < COLUMNS; column++) {
        pixels[i++] = 40 * row;
        pixels[i++] = 30 * column;
        pixels[i++] = 20 * (row + column);
      }
    }
    return pixels;
  }

  private static int[] greys(int channels) {
    int[] pixels = new int[ROWS * COLUMNS * channels];
    for (int i = 0; i < pixels.length; i++) {
      int pixel = i / channels;
      pixels[i] = 40 * (pixel / COLUMNS) + 5 * (pixel % COLUMNS);
    }
    return pixels;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "colour.png",
        "colour.bmp",
        "runs.bmp",
        "palette.png",
        "lossless.webp",
        "profile.webp"
      })
  void coloursAreThoseOfTheFile(String name) {
    try (Dataset data = read(made(name))) {
      assertThat(data.features()).isInstanceOf(ByteMatrix.class);
      assertThat(data.shape()).isEqualTo(FeatureShape.of(ROWS, COLUMNS, 3));
      assertThat(data.scaling()).isEqualTo(Scaling.PIXELS);
      assertThat(data.isLabelled()).isFalse();
      assertThat(pixels(data, 0)).containsExactly(colours());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"grey.png", "grey.bmp", "grey.gif", "grey16.png"})
  void greyIsNotMadeBrighter(String name) {
    try (Dataset colour = read(made(name));
        Dataset grey = read(made(name), ROWS, COLUMNS)) {
      assertThat(pixels(colour, 0)).containsExactly(greys(3));
      assertThat(grey.shape()).isEqualTo(FeatureShape.of(ROWS, COLUMNS));
      assertThat(pixels(grey, 0)).containsExactly(greys(1));
    }
  }

  @Test
  void twoTonesAreBlackAndWhite() {
    try (Dataset data = read(made("two_tones.png"))) {
      int[] expected = greys(3);
      Arrays.setAll(expected, i -> expected[i] > 127 ? 255 : 0);
      assertThat(pixels(data, 0)).containsExactly(expected);
    }
  }

  @Test
  void whatIsTransparentIsWhite() {
    for (String name : new String[] {"alpha.png", "grey_alpha.png"}) {
      int[] expected = name.startsWith("grey") ? greys(3) : colours();
      Arrays.setAll(expected, i -> i / 3 % COLUMNS < 4 ? expected[i] : 255);
      try (Dataset data = read(made(name))) {
        assertThat(pixels(data, 0)).as(name).containsExactly(expected);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "turned1.jpg",
        "turned2.jpg",
        "turned3.jpg",
        "turned4.jpg",
        "turned5.jpg",
        "turned6.jpg",
        "turned7.jpg",
        "turned8.jpg",
        "progressive.jpg",
        "profile.jpg",
        "components_from_0.jpg",
        "cmyk.jpg",
        "ycck.jpg"
      })
  void picturesAreUprightAndBroughtToTheSizeThatIsWanted(String name) {
    try (Dataset whole = read(made(name));
        Dataset data = read(made(name), ROWS, COLUMNS, 3)) {
      assertThat(whole.shape()).isEqualTo(FeatureShape.of(48, 64, 3));
      int[] found = pixels(data, 0);
      int[] expected = colours();
      for (int i = 0; i < found.length; i++) {
        assertThat(found[i]).as("%s, pixel %d", name, i).isCloseTo(expected[i], within(14));
      }
    }
  }

  @Test
  void greyJpegsAreGrey() {
    try (Dataset data = read(made("grey.jpg"))) {
      int[] pixels = pixels(data, 0);
      for (int i = 0; i < pixels.length; i += 3) {
        assertThat(pixels[i]).isEqualTo(pixels[i + 1]).isEqualTo(pixels[i + 2]);
      }
      // The darkest pixel of the pattern: the luma of black.
      assertThat(pixels[0]).isCloseTo(0, within(8));
    }
  }

  private Path classes(String... pictures) throws IOException {
    Path root = folder.resolve("pets");
    for (String picture : pictures) {
      String[] parts = picture.split("/");
      Path to = Files.createDirectories(root.resolve(parts[0])).resolve(parts[1]);
      Files.copy(made(parts[1].replaceFirst("^[0-9]+_", "")), to);
    }
    return root;
  }

  @Test
  void foldersAreClassesAndNamesAreTheOrder() throws IOException {
    Path root =
        classes("dog/b.png".replace("b.png", "grey.png"), "cat/colour.png", "cat/2_grey.png");
    Files.writeString(root.resolve("cat/.DS_Store"), "junk");
    Files.writeString(root.resolve("README.txt"), "about");
    try (Dataset data = Datasets.read(root, ReadOptions.labelled())) {
      assertThat(data.classNames()).containsExactly("cat", "dog");
      assertThat(data.labels()).containsExactly(0, 0, 1);
      assertThat(pixels(data, 0)).containsExactly(greys(3));
      assertThat(pixels(data, 1)).containsExactly(colours());
      assertThat(data.origin().format()).isEqualTo("pictures");
    }
  }

  @Test
  void picturesOfOtherSizesNeedASize() throws IOException {
    Path root = classes("cat/colour.png", "dog/turned6.jpg");
    assertRefused(
        root,
        ReadOptions.labelled(),
        "its pictures differ in size (colour.png is 8 x 6, turned6.jpg is 64 x 48)",
        "--size WxH");
    ReadOptions sized = ReadOptions.labelled().shaped(FeatureShape.of(5, 7, 3));
    try (Dataset data = Datasets.read(root, sized)) {
      assertThat(data.shape()).isEqualTo(FeatureShape.of(5, 7, 3));
    }
    assertRefused(
        root,
        ReadOptions.labelled().shaped(FeatureShape.of(105)),
        "pictures cannot become samples of 105");
  }

  @Test
  void aBrokenPictureIsNamedAndLeftOutOrRefused() throws IOException {
    Path root = classes("cat/colour.png", "cat/2_colour.png", "dog/grey.png");
    Path broken = root.resolve("cat/1_broken.png");
    Files.write(broken, Arrays.copyOf(Files.readAllBytes(made("colour.png")), 70));
    Path text = Files.writeString(root.resolve("dog/notes.txt"), "no picture");
    List<String> told = new ArrayList<>();
    try (Dataset data = Datasets.read(root, ReadOptions.labelled().skipping(told::add))) {
      assertThat(data.labels()).containsExactly(0, 0, 1);
      assertThat(pixels(data, 2)).containsExactly(greys(3));
    }
    assertThat(told)
        .containsExactly(
            broken + ": is cut short; it is left out",
            text + ": is not a picture, expected PNG, JPEG, BMP, GIF or WebP; it is left out");
    assertThatThrownBy(() -> Datasets.read(root, ReadOptions.labelled()))
        .isInstanceOf(DataException.class)
        .hasMessage(broken + ": is cut short");
    Files.delete(root.resolve("dog/grey.png"));
    assertRefused(
        root,
        ReadOptions.labelled().skipping(told::add),
        "class 'dog' has no picture that can be read");
  }

  @Test
  void picturesBesideTheFoldersAreNamedAndLeftOutOrRefused() throws IOException {
    Path root = classes("cat/colour.png", "dog/grey.png");
    Files.writeString(root.resolve("README.txt"), "about");
    Files.copy(made("grey.gif"), root.resolve("b.dat"));
    Files.copy(made("colour.png"), root.resolve("a.png"));
    List<String> told = new ArrayList<>();
    try (Dataset data = Datasets.read(root, ReadOptions.labelled().skipping(told::add))) {
      assertThat(data.labels()).containsExactly(0, 1);
    }
    assertThat(told)
        .containsExactly(root + ": has pictures beside its folders: a.png, b.dat; left out");
    assertRefused(
        root,
        ReadOptions.labelled(),
        "has pictures beside its folders: a.png, b.dat; expected each in the folder of its class");
    for (int i = 0; i < 9; i++) {
      Files.copy(made("grey.gif"), root.resolve("c" + i + ".gif"));
    }
    assertRefused(
        root,
        ReadOptions.labelled(),
        "b.dat, c0.gif, c1.gif, c2.gif, c3.gif, c4.gif, c5.gif and 3 more;");
  }

  private static void assertRefused(Path file, ReadOptions options, String... parts) {
    assertThatThrownBy(() -> Datasets.read(file, options))
        .isInstanceOf(DataException.class)
        .message()
        .startsWith(file.toString())
        .hasLineCount(1)
        .contains(parts);
  }

  @Test
  void foldersThatAreNoClassesAreRefused() throws IOException {
    assertRefused(
        Files.createDirectory(folder.resolve("empty")),
        ReadOptions.unlabelled(),
        "is an empty folder");
    Path one = classes("cat/colour.png");
    try (Dataset data = Datasets.read(one, ReadOptions.labelled())) {
      assertThat(data.classNames()).containsExactly("cat");
    }
    assertRefused(one.resolve("cat"), ReadOptions.labelled(), "has no folders of classes");
    try (Dataset data = Datasets.read(one.resolve("cat"), ReadOptions.unlabelled())) {
      assertThat(data.samples()).isEqualTo(1);
      assertThat(data.isLabelled()).isFalse();
    }
    assertRefused(made("colour.png"), ReadOptions.labelled(), "has no folders of classes");
    assertRefused(
        one,
        ReadOptions.unlabelled().named(null, "y"),
        "--features and --labels are not for pictures");
    assertRefused(one, ReadOptions.unlabelled().mapped(Mapping.ALWAYS), "cannot be mapped");
    Files.createDirectories(one.resolve("dog/puppies"));
    assertThatThrownBy(() -> Datasets.read(one, ReadOptions.labelled()))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("puppies: is a folder, expected a picture");
  }

  @Test
  void namesOfFilesTellClassesWhereThatIsAskedFor() throws IOException {
    Path flat = Files.createDirectory(folder.resolve("flat"));
    for (String name : List.of("dog.0.png", "cat_1.png", "cat-10.png", "notes.txt", "rex.png")) {
      Files.copy(made("colour.png"), flat.resolve(name));
    }
    Files.writeString(flat.resolve("labels.csv"), "no picture");
    assertRefused(
        flat,
        ReadOptions.labelled(),
        "has no folders of classes",
        "where the names of its files tell the classes (cat, dog), say --class-from-name");
    ReadOptions byName = ReadOptions.labelled().classesFromNames(true);
    assertRefused(
        flat, byName, "has pictures whose names do not end with a number after a class: notes.txt");
    List<String> told = new ArrayList<>();
    try (Dataset data = Datasets.read(flat, byName.skipping(told::add))) {
      assertThat(data.classNames()).containsExactly("cat", "dog");
      assertThat(data.labels()).containsExactly(0, 0, 1);
    }
    assertThat(told)
        .containsExactly(
            flat
                + ": has pictures whose names do not end with a number after a class: notes.txt,"
                + " rex.png; left out");
    Path folders = classes("cat/colour.png", "dog/grey.png");
    assertRefused(folders, byName, "has folders, expected pictures alone");
    assertRefused(folders.resolve("cat"), byName, "the names of its files tell no classes");
    assertRefused(made("colour.png"), byName, "is not a folder");
  }

  @ParameterizedTest
  @CsvSource({
    "cat.0.jpg, cat",
    "cat_1.JPG, cat",
    "cat-1, cat",
    "cat1.png, cat",
    "cat (12).png, cat",
    "cat(3).png, cat",
    "american_bulldog_12.jpg, american_bulldog",
    "boeing 747_03.jpg, boeing 747",
    "7_00012.png, 7",
    "猫_3.webp, 猫",
    "cat.jpg,",
    "1234.jpg,",
    "cat_0a.jpg,",
    "_1.jpg,"
  })
  void aClassIsWhatStandsBeforeTheNumberInAName(String name, String expected) {
    assertThat(ClassInName.of(Path.of("3", name))).isEqualTo(Optional.ofNullable(expected));
  }

  @Test
  void namesThatAreAllOthersAreNoClasses() throws IOException {
    Path flat = Files.createDirectory(folder.resolve("flat"));
    for (int day = 0; day < 3; day++) {
      Files.copy(made("colour.png"), flat.resolve("2024010" + day + "_1200.png"));
    }
    assertRefused(
        flat,
        ReadOptions.labelled().classesFromNames(true),
        "the names of its files tell no classes");
  }

  @Test
  void foldersOfFoldersAreRefusedWithThoseToGive() throws IOException {
    Path root = folder.resolve("archive");
    for (String set : List.of("pets/test", "pets/train")) {
      for (String name : List.of("cat", "dog")) {
        Path to = Files.createDirectories(root.resolve(set).resolve(name));
        Files.copy(made("colour.png"), to.resolve("a.png"));
      }
    }
    Path pets = root.resolve("pets");
    String problem =
        "has folders of folders; give " + pets.resolve("train") + " and " + pets.resolve("test");
    assertRefused(pets, ReadOptions.labelled(), problem);
    assertRefused(pets, ReadOptions.unlabelled(), problem);
    assertRefused(root, ReadOptions.labelled(), problem);
    Files.createDirectories(pets.resolve("train/.git/objects"));
    Files.createDirectories(pets.resolve("train/__MACOSX/cat"));
    try (Dataset data = Datasets.read(pets.resolve("train"), ReadOptions.labelled())) {
      assertThat(data.classNames()).containsExactly("cat", "dog");
    }
    Path parts = classes("train/1_colour.png", "test1/2_colour.png");
    assertRefused(
        parts,
        ReadOptions.labelled(),
        "its folders are test1 and train, which are parts of a data set and not classes");
    Path nothing = Files.createDirectories(folder.resolve("nothing/a/b")).getParent().getParent();
    assertRefused(
        nothing,
        ReadOptions.labelled(),
        "has folders of folders, expected a folder of pictures for each class");
  }

  @Test
  void manyBrokenPicturesAreNamedUpToANumberAndCounted() throws IOException {
    Path root = classes("cat/colour.png", "dog/grey.png");
    for (int i = 0; i < 50; i++) {
      Files.createFile(root.resolve("dog/" + i + ".png"));
    }
    List<String> told = new ArrayList<>();
    Datasets.read(root, ReadOptions.labelled().skipping(told::add)).close();
    assertThat(told)
        .hasSize(21)
        .startsWith(root.resolve("dog/0.png") + ": is empty, expected a picture; it is left out")
        .endsWith(root + ": 30 more pictures cannot be read; they are left out");
  }

  @Test
  void sizesThatAreNoneAreRefusedByTheHeader() throws IOException {
    assertRefused(
        made("dot.png"), ReadOptions.unlabelled(), "is 1 x 1 pixels, expected at least 2 x 2");
    byte[] png = Files.readAllBytes(made("colour.png"));
    ByteBuffer header = ByteBuffer.wrap(png);
    header.putInt(16, 50_000).putInt(20, 50_000);
    CRC32 crc = new CRC32();
    crc.update(png, 12, 17);
    header.putInt(29, (int) crc.getValue());
    Path huge = Files.write(folder.resolve("huge.png"), png);
    assertRefused(
        huge, ReadOptions.unlabelled(), "is 50000 x 50000 pixels, expected at most 100000000");
  }

  @Test
  void cutPicturesAreRefusedAndDamagedOnesNeverEscape() throws IOException {
    for (String name :
        new String[] {
          "colour.png",
          "palette.png",
          "colour.bmp",
          "grey.gif",
          "canvas.gif",
          "runs.bmp",
          "turned6.jpg",
          "progressive.jpg",
          "lossless.webp"
        }) {
      Path file = Files.copy(made(name), folder.resolve(name));
      byte[] whole = Files.readAllBytes(file);
      List<Object> expected = Damage.readOrRefused(file, PictureFormatTest::read);
      assertThat(expected).as(name).isNotNull();
      for (int length = 0; length < whole.length; length += Effort.of(7, 1)) {
        Files.write(file, Arrays.copyOf(whole, length));
        List<Object> found = Damage.readOrRefused(file, PictureFormatTest::read);
        if (found != null) {
          assertThat(found).as("%s cut to %d", name, length).isEqualTo(expected);
        }
      }
      Files.write(file, whole);
      Damage.assertWrongBytesAreHandled(file, 60, 300, PictureFormatTest::read);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "lossy.webp, is a lossy WebP picture",
    "animated.webp, is an animated WebP picture",
    "cmyk_unmarked.jpg, is a CMYK JPEG without Adobe's marker",
    "first_scans.jpg, is cut short: scans are missing",
    "half.gif, is cut short: it holds 24 of 48 pixels",
    "no_pixels.gif, is cut short: it holds 0 of 48 pixels",
    "no_palette.gif, is damaged: it has no palette",
    "beyond_palette.gif, is damaged: a pixel has colour 32 of a palette of 32",
    "beyond_palette.bmp, is damaged: a pixel has colour 32 of a palette of 32",
    "beyond_palette.png, is damaged: a pixel has colour 32 of a palette of 32",
    "half_runs.bmp, is cut short: it holds 3 of 6 rows of pixels"
  })
  void whatDoesNotHoldAllPixelsOrTheirColoursIsRefused(String name, String problem) {
    assertRefused(made(name), ReadOptions.unlabelled(), problem);
  }

  @Test
  void aGifIsItsCanvasWithTheFirstFrame() {
    try (Dataset data = read(made("canvas.gif"))) {
      assertThat(data.shape()).isEqualTo(FeatureShape.of(ROWS + 3, COLUMNS + 4, 3));
      int[] found = pixels(data, 0);
      int[] expected = new int[found.length];
      Arrays.fill(expected, 255);
      int[] colours = colours();
      for (int row = 0; row < ROWS; row++) {
        System.arraycopy(
            colours, row * COLUMNS * 3, expected, ((row + 1) * (COLUMNS + 4) + 2) * 3, COLUMNS * 3);
      }
      assertThat(found).containsExactly(expected);
    }
    // Java's own decoder mixes up the rows of interlaced frames that are as low.
    try (Dataset data = read(made("two_rows.gif"))) {
      assertThat(pixels(data, 0)).containsExactly(Arrays.copyOf(colours(), 2 * COLUMNS * 3));
    }
  }

  @Test
  void oneTransparentGreyOfFewBitsIsWhite() {
    try (Dataset data = read(made("grey2_transparent.png"))) {
      int[] expected = new int[ROWS * COLUMNS * 3];
      Arrays.setAll(expected, i -> i / 3 % 4 == 2 ? 255 : i / 3 % 4 * 85);
      assertThat(pixels(data, 0)).containsExactly(expected);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "a HEIC picture, 00000018 66747970 68656963 00000000",
    "an AVIF picture, 0000001c 66747970 61766966 00000000",
    "an AVIF picture, 0000001c 66747970 6d696631 00000000 6d696631 61766966",
    "a video, 00000018 66747970 69736f6d 00000000",
    "a TIFF picture, 49492a00 08000000",
    "a TIFF picture, 4d4d002a 00000008",
    "a JPEG XL picture, ff0a0000",
    "a JPEG 2000 picture, 0000000c 6a502020 0d0a870a",
    "a Photoshop file, 38425053 0001",
    "an icon, 00000100 0100 2020",
    "a PDF document, 255044462d312e37",
    "an SVG drawing, 3c737667 20786d6c6e733d22",
    "an SVG drawing, efbbbf 3c3f786d6c3f3e 0a 3c212d2d 20612d2d3e 0a 3c73766720"
  })
  void otherKindsAreNamedForWhatTheyAre(String kind, String hex) throws IOException {
    byte[] content = HexFormat.of().parseHex(hex.replace(" ", ""));
    Path root = Files.createDirectory(folder.resolve("album"));
    Path file = Files.write(root.resolve("picture.jpg"), content);
    String problem = "is " + kind + ", which is not supported; convert it to PNG or JPEG";
    assertThatThrownBy(() -> read(root)).hasMessage(file + ": " + problem);
    // Alone, a document is no table either.
    assertThatThrownBy(() -> read(file))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(
            file + (kind.equals("a PDF document") ? ": is a PDF" : ": " + problem));
  }

  @Test
  void aPipeAmongPicturesIsNotWaitedFor() throws Exception {
    Path root = classes("cat/colour.png", "dog/grey.png");
    Path pipe = root.resolve("dog/pipe.png");
    assumeTrue(
        new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0, "needs mkfifo");
    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () ->
            assertThatThrownBy(() -> Datasets.read(root, ReadOptions.labelled()))
                .isInstanceOf(DataException.class)
                .hasMessage(pipe + ": is not a file, expected a picture"));
  }

  @Test
  void aLackOfMemoryDoesNotDecideWhichPicturesAreLeftOut() throws IOException {
    assumeTrue(Runtime.getRuntime().maxMemory() < 8L << 30, "needs a heap below 8 GiB");
    Path tall = folder.resolve("tall.png");
    javax.imageio.ImageIO.write(
        new java.awt.image.BufferedImage(2, 170_000, java.awt.image.BufferedImage.TYPE_BYTE_GRAY),
        "png",
        tall.toFile());
    // Two pixels become 4096, of all rows at once.
    ReadOptions wide =
        ReadOptions.unlabelled().shaped(FeatureShape.of(2, 4096, 3)).skipping(told -> {});
    assertRefused(tall, wide, "takes more memory than Java may use");
  }
}
