// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.table;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A categorical column: each level is a feature, which is 1 for its rows and 0 for others. All
 * features of the column are 0 for a level that was not seen.
 *
 * @param name the name of the column
 * @param levels the levels that have a feature each, in the order of the features
 * @param rare levels that share a feature; empty for none
 * @param base a level without a feature; empty if each has one
 * @param missing whether missing cells are a level
 */
public record CategoricalEncoding(
    String name, List<String> levels, List<String> rare, Optional<String> base, boolean missing)
    implements ColumnEncoding {

  /**
   * Checks the components; the lists are copied.
   *
   * @throws IllegalArgumentException if a level is there twice
   */
  public CategoricalEncoding {
    levels = List.copyOf(levels);
    rare = List.copyOf(rare);
    Set<String> seen = new HashSet<>();
    Stream.of(base.stream(), levels.stream(), rare.stream())
        .flatMap(stream -> stream)
        .filter(level -> !seen.add(level))
        .findFirst()
        .ifPresent(
            level -> {
              throw new IllegalArgumentException(
                  String.format(Locale.ROOT, "column '%s' has the level '%s' twice", name, level));
            });
  }

  @Override
  public List<String> featureNames() {
    List<String> names = new ArrayList<>();
    levels.forEach(level -> names.add(ColumnEncoding.featureName(name, level)));
    if (!rare.isEmpty()) {
      names.add(ColumnEncoding.featureName(name, RARE));
    }
    if (missing) {
      names.add(ColumnEncoding.featureName(name, MISSING));
    }
    return names;
  }

  @Override
  public TableColumn column() {
    List<String> known = new ArrayList<>(levels);
    known.addAll(rare);
    base.ifPresent(known::add);
    return new TableColumn(name, TableColumn.Kind.CATEGORY, known);
  }

  /**
   * Returns the feature of a level.
   *
   * @param level its number among the levels of {@link #column()}
   * @return the number of the feature among those of the column, or {@link TableColumn#UNSEEN} if
   *     it has none
   */
  int feature(int level) {
    if (level < levels.size()) {
      return level;
    }
    return level < levels.size() + rare.size() ? levels.size() : TableColumn.UNSEEN;
  }

  @Override
  public boolean takesMissing() {
    return missing;
  }
}
