// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.hdf5;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Says what the groups of a file are, where its data sets are not where they were looked for. */
final class GroupHint {

  static final int MOST_GROUPS = 1000;

  private GroupHint() {}

  /**
   * What is in the groups of a file.
   *
   * @return empty if there is no data set in a group
   */
  static Optional<String> all(Hdf5File file) {
    List<String> groups = file.groups(MOST_GROUPS);
    for (String group : groups) {
      Optional<String> special = special(file, group);
      if (special.isPresent()) {
        return special;
      }
    }
    List<Hdf5Entry> entries =
        groups.stream()
            .flatMap(group -> file.names(group + "/").stream())
            .flatMap(name -> file.find(name).stream())
            .toList();
    if (entries.isEmpty()) {
      return Optional.empty();
    }
    String example =
        entries.stream()
            .filter(entry -> entry.rank() > 1)
            .findFirst()
            .map(Hdf5Entry::name)
            .orElse("NAME");
    return Optional.of(
        String.format(
            Locale.ROOT,
            "its groups hold %s; name what is in a group by its path, as in --features %s",
            DatasetNames.shown(entries),
            example));
  }

  /** What a group is, for a message about a group that was taken for a data set. */
  static String of(Hdf5File file, String group) {
    return special(file, group)
        .orElseGet(
            () ->
                String.format(
                    Locale.ROOT,
                    file.names(group + "/").isEmpty()
                        ? "'%s' is a group with nothing in it, expected a data set"
                        : "'%s' is a group, expected a data set such as %s",
                    group,
                    file.names(group + "/").stream().limit(3).collect(Collectors.joining(", "))));
  }

  private static Optional<String> special(Hdf5File file, String group) {
    Optional<String> pandas = file.groupAttribute(group, "pandas_type");
    Optional<String> encoding = file.groupAttribute(group, "encoding-type");
    String what = null;
    if (pandas.isPresent() && file.find(group + "/block0_values").isPresent()) {
      what =
          "a table of pandas (to_hdf), whose numbers are in blocks of columns of one type:"
              + " --features %1$s/block0_values takes the first block; to_csv writes a table that is"
              + " read whole";
    } else if (pandas.isPresent()) {
      what =
          "a table of pandas (to_hdf) in a form that is not read: write it with to_csv, or keep its"
              + " values as a data set of numbers";
    } else if (file.groupAttribute(group, "MATLAB_sparse").isPresent()
        || file.groupAttribute(group, "h5sparse_format").isPresent()
        || encoding.filter(text -> text.matches("cs[rc]_matrix")).isPresent()) {
      what = "a sparse matrix, expected a dense one: write it with full(X), or X.toarray()";
    } else if (file.groupAttribute(group, Matlab.CLASS).filter("struct"::equals).isPresent()) {
      what = "a struct of MATLAB: name a field by its path, as in --features %1$s/FIELD";
    }
    return Optional.ofNullable(what)
        .map(text -> "'" + group + "' is " + String.format(Locale.ROOT, text, group));
  }
}
