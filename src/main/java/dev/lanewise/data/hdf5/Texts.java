package dev.lanewise.data.hdf5;

import io.jhdf.dataset.VariableLengthDatasetReader;
import io.jhdf.object.datatype.DataType;
import io.jhdf.object.datatype.StringData;
import io.jhdf.object.datatype.VariableLength;
import io.jhdf.storage.HdfBackingStorage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Decodes texts. */
final class Texts {

  private Texts() {}

  /** Texts in C order, without the NULs and spaces that fill them up. */
  static List<String> decode(
      StoredType stored, Elements elements, int count, HdfBackingStorage storage) {
    DataType type = stored.library();
    if (type instanceof VariableLength) {
      return variable((VariableLength) type, elements, count, storage);
    }
    boolean spaces = ((StringData) type).getPaddingType() == StringData.PaddingType.SPACE_PADDED;
    List<String> texts = new ArrayList<>();
    byte[] text = new byte[elements.type().size()];
    for (int i = 0; i < count; i++) {
      elements.copyBytes((long) i * text.length, text);
      // UTF-8 whatever the file says: NumPy writes it under the name of ASCII.
      texts.add(trim(new String(text, StandardCharsets.UTF_8), spaces));
    }
    return texts;
  }

  private static List<String> variable(
      VariableLength type, Elements elements, int count, HdfBackingStorage storage) {
    if (count == 0) {
      return List.of();
    }
    ByteBuffer references = elements.run(0, count);
    List<String> texts = new ArrayList<>();
    for (Object text :
        (Object[])
            VariableLengthDatasetReader.readDataset(type, references, new int[] {count}, storage)) {
      texts.add(trim((String) text, false));
    }
    return texts;
  }

  /** The text up to the first NUL, or to the end. */
  static String untilNul(ByteBuffer in) {
    byte[] bytes = new byte[in.remaining()];
    in.duplicate().get(bytes);
    return trim(new String(bytes, StandardCharsets.UTF_8), false);
  }

  private static String trim(String text, boolean spaces) {
    int nul = text.indexOf('\0');
    String whole = nul < 0 ? text : text.substring(0, nul);
    return spaces ? whole.stripTrailing() : whole;
  }
}
