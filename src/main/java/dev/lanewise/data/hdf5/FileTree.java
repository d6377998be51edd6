// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.hdf5;

import dev.lanewise.data.DataException;
import dev.lanewise.data.hdf5.GroupLinks.Link;
import io.jhdf.exceptions.HdfException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Looks objects of a file up by their paths, through soft links. */
final class FileTree {

  // As in the HDF5 library.
  private static final int MOST_LINKS = 16;

  private final CheckedStorage storage;
  private final String source;
  private final long root;
  private final Map<Long, ObjectHeader> headers = new HashMap<>();
  private final Map<Long, Map<String, Link>> groups = new HashMap<>();

  /**
   * Reads the members of the group at the top.
   *
   * @param source the file, for messages
   * @throws HdfException and much else if it is damaged
   */
  FileTree(CheckedStorage storage, String source) {
    this.storage = storage;
    this.source = source;
    this.root = storage.rootAddress();
    links(root, "");
  }

  /** The header of the group at the top. */
  ObjectHeader root() {
    return header(root);
  }

  /** The header at an address. */
  ObjectHeader header(long address) {
    ObjectHeader known = headers.get(address);
    if (known == null) {
      known = ObjectHeader.read(storage, address);
      headers.put(address, known);
    }
    return known;
  }

  private Map<String, Link> links(long address, String path) {
    Map<String, Link> known = groups.get(address);
    if (known == null) {
      ObjectHeader header = header(address);
      if (!GroupLinks.isGroup(header)) {
        throw new HdfException("'/" + path + "' is neither a data set nor a group");
      }
      known = GroupLinks.read(storage, source, path, header);
      groups.put(address, known);
    }
    return known;
  }

  /**
   * Looks an object up.
   *
   * @param path its name, after the names of its groups and slashes
   * @return its header, or empty if there is none of that name
   * @throws DataException if a link leads to nothing, to itself or to another file
   */
  Optional<ObjectHeader> find(String path) {
    return address(path).map(this::header);
  }

  private Optional<Long> address(String path) {
    Deque<String> parts = new ArrayDeque<>(List.of(path.split("/")));
    long address = root;
    int followed = 0;
    // The parts that a link has put in place of its name.
    int linked = 0;
    while (!parts.isEmpty()) {
      String part = parts.pop();
      boolean ofLink = linked > 0;
      linked = Math.max(0, linked - 1);
      if (part.isEmpty() || part.equals(".")) {
        continue;
      }
      Link link = isGroup(address) ? links(address, path).get(part) : null;
      if (link == null && ofLink) {
        throw unfollowed(path, "to a name that is not there, " + part);
      } else if (link == null) {
        return Optional.empty();
      } else if (link.isObject()) {
        address = link.address();
      } else if (link.file() != null) {
        throw unfollowed(
            path,
            String.format(Locale.ROOT, "to '%s' in another file, %s", link.path(), link.file()));
      } else if (++followed > MOST_LINKS) {
        throw unfollowed(path, "that leads back to itself");
      } else {
        address = link.path().startsWith("/") ? root : address;
        String[] target = link.path().split("/");
        for (int i = target.length - 1; i >= 0; i--) {
          parts.push(target[i]);
        }
        linked += target.length;
      }
    }
    return Optional.of(address);
  }

  private boolean isGroup(long address) {
    ObjectHeader header = header(address);
    if (!GroupLinks.isGroup(header)
        && !StoredDataset.isDataset(header)
        && !header.has(ObjectHeader.DATA_TYPE)) {
      throw new HdfException("there is an object that is neither a data set nor a group");
    }
    return GroupLinks.isGroup(header);
  }

  private DataException unfollowed(String path, String where) {
    return new DataException(
        source,
        String.format(
            Locale.ROOT, "'%s' is a link %s, expected a data set in this file", path, where));
  }

  /**
   * The data sets in a group.
   *
   * @param prefix the path of the group and a slash, or nothing for the top
   * @return their names, each with the prefix before it; none if there is no such group
   */
  List<String> datasets(String prefix) {
    return members(prefix).stream().filter(this::isDataset).toList();
  }

  private List<String> members(String prefix) {
    Optional<Long> group = address(prefix).filter(this::isGroup);
    return group.isEmpty()
        ? List.of()
        : links(group.get(), prefix).keySet().stream().map(prefix::concat).toList();
  }

  private boolean isDataset(String path) {
    try {
      Optional<Long> address = address(path);
      return address.isPresent()
          && !isGroup(address.get())
          && StoredDataset.isDataset(header(address.get()));
    } catch (DataException e) {
      // A link that cannot be followed is no data set of this file.
      return false;
    }
  }

  /**
   * The groups in a group, and in these.
   *
   * @param most where to stop
   * @return their paths, each once, however many links lead to it
   */
  List<String> groups(int most) {
    List<String> paths = new ArrayList<>();
    Set<Long> seen = new HashSet<>(Set.of(root));
    Deque<String> todo = new ArrayDeque<>(List.of(""));
    while (!todo.isEmpty() && paths.size() < most) {
      String prefix = todo.pop();
      for (Map.Entry<String, Link> member :
          links(address(prefix).orElseThrow(), prefix).entrySet()) {
        long address = member.getValue().address();
        if (member.getValue().isObject() && seen.add(address) && isGroup(address)) {
          paths.add(prefix + member.getKey());
          todo.add(prefix + member.getKey() + "/");
        }
      }
    }
    return paths;
  }
}
