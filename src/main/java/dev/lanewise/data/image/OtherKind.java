// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.image;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A kind of file that pictures come in and that is not read, told by its first bytes.
 *
 * @param name the kind for people, with its article
 */
record OtherKind(String name) {

  /** How many bytes {@link #of} looks at. */
  static final int START_BYTES = 1024;

  /** A kind and its first bytes, each byte a character of Latin-1. */
  private record Start(String name, Pattern bytes) {
    Start(String name, String regex) {
      this(name, Pattern.compile(regex, Pattern.DOTALL));
    }
  }

  // Of what is in a box "ftyp", the brands say which picture or film it is.
  private static final Start[] STARTS = {
    new Start("an AVIF picture", "....ftyp(avi[fs]|.{8}(....)*?avi[fs]).*"),
    new Start("a HEIC picture", "....ftyp(hei[cxms]|hev[cxms]|mif1|msf1).*"),
    new Start("a raw picture of a camera", "....ftypcrx.*"),
    new Start("a video", "....ftyp.*"),
    new Start("a TIFF picture", "(II[*+]\\00|MM\\00[*+]).*"),
    new Start("a JPEG XL picture", "(\\xff\\x0a|\\00\\00\\00\\x0cJXL ).*"),
    new Start("a JPEG 2000 picture", "(\\xff\\x4f\\xff\\x51|\\00\\00\\00\\x0cjP  ).*"),
    new Start("a Photoshop file", "8BPS.*"),
    new Start("an icon", "\\00\\00[\\x01\\x02]\\00[^\\00]\\00.*"),
    new Start("a PDF document", "%PDF-.*"),
    new Start(
        "an SVG drawing",
        "(\\xef\\xbb\\xbf)?\\s*(<\\?xml.{0,200}?\\?>\\s*)?(<!--.*?-->\\s*)?(<!DOCTYPE svg.*|<svg[\\s>].*)"),
  };

  /** The kind of a file, or empty if these are no such kind's first bytes. */
  static Optional<OtherKind> of(byte[] start) {
    int length = Math.min(start.length, START_BYTES);
    String text = new String(start, 0, length, StandardCharsets.ISO_8859_1);
    Predicate<Start> matches = kind -> kind.bytes().matcher(text).matches();
    return Stream.of(STARTS).filter(matches).findFirst().map(kind -> new OtherKind(kind.name()));
  }

  /** The message about a file of this kind. */
  String refusal() {
    return "is " + name + ", which is not supported; convert it to PNG or JPEG";
  }
}
