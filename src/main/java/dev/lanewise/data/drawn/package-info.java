/**
 * Draws the project's own labelled pictures, cats and other things, so that the trainer has
 * something to learn from without shipping anybody's photographs.
 *
 * <p>{@link dev.lanewise.data.drawn.DrawnPictures} is the way in for a whole set; {@link
 * dev.lanewise.data.drawn.PictureArtist} draws one picture at a time.
 */
package dev.lanewise.data.drawn;
