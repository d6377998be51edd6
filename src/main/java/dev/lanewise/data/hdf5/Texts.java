// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.hdf5;

import io.jhdf.GlobalHeap;
import io.jhdf.exceptions.HdfException;
import io.jhdf.object.datatype.DataType;
import io.jhdf.object.datatype.StringData;
import io.jhdf.object.datatype.VariableLength;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Decodes texts. */
final class Texts {

  private Texts() {}

  /** Texts in C order, without the NULs and spaces that fill them up. */
  static List<String> decode(
      StoredType stored, Elements elements, int count, CheckedStorage storage) {
    DataType type = stored.library();
    if (type instanceof VariableLength) {
      return variable(elements, count, storage);
    }
    boolean spaces = ((StringData) type).getPaddingType() == StringData.PaddingType.SPACE_PADDED;
    List<String> texts = new ArrayList<>();
    byte[] text = new byte[elements.type().size()];
    for (int i = 0; i < count; i++) {
      elements.copyBytes((long) i * text.length, text);
      texts.add(decoded(text, spaces));
    }
    return texts;
  }

  // A length, the address of a heap, and a number in it; number 0 stands for no text.
  private static List<String> variable(Elements elements, int count, CheckedStorage storage) {
    List<String> texts = new ArrayList<>();
    Map<Long, GlobalHeap> heaps = new HashMap<>();
    for (int i = 0; i < count; i++) {
      ByteBuffer in = elements.run(i, 1);
      int length = in.getInt();
      long address = storage.address(in);
      int index = in.getInt();
      if (index == 0) {
        texts.add("");
        continue;
      }
      GlobalHeap heap = heaps.get(address);
      if (heap == null) {
        heap = new GlobalHeap(storage, address);
        heaps.put(address, heap);
      }
      byte[] text = new byte[length];
      heap.getObjectData(index).get(text);
      texts.add(decoded(text, false));
    }
    return texts;
  }

  // UTF-8 whatever the file says: NumPy writes it under the name of ASCII.
  private static String decoded(byte[] bytes, boolean spaces) {
    try {
      ByteBuffer text = ByteBuffer.wrap(bytes, 0, length(bytes));
      String decoded = StandardCharsets.UTF_8.newDecoder().decode(text).toString();
      return spaces ? decoded.stripTrailing() : decoded;
    } catch (CharacterCodingException e) {
      throw new HdfException("a text is not in UTF-8");
    }
  }

  private static int length(byte[] text) {
    int length = 0;
    while (length < text.length && text[length] != 0) {
      length++;
    }
    return length;
  }

  /** The name up to the first NUL, or to the end. */
  static String untilNul(ByteBuffer in) {
    byte[] bytes = new byte[in.remaining()];
    in.duplicate().get(bytes);
    return new String(bytes, 0, length(bytes), StandardCharsets.UTF_8);
  }
}
