package dev.lanewise.data.hdf5;

import io.jhdf.Constants;
import io.jhdf.GroupSymbolTableNode;
import io.jhdf.ObjectHeader;
import io.jhdf.api.Group;
import io.jhdf.btree.BTreeV1;
import io.jhdf.btree.BTreeV2;
import io.jhdf.btree.record.LinkNameForIndexedGroupRecord;
import io.jhdf.exceptions.HdfException;
import io.jhdf.object.message.LinkInfoMessage;
import io.jhdf.object.message.LinkMessage;
import io.jhdf.object.message.SymbolTableMessage;
import io.jhdf.storage.HdfBackingStorage;

/** The members of a group, counted: of several with the same name jhdf silently keeps the last. */
final class GroupLinks {

  private GroupLinks() {}

  /**
   * Refuses a group two of whose members have the same name.
   *
   * @throws HdfException if there are such, or the group is damaged
   */
  static void checkNames(HdfBackingStorage storage, Group group) {
    int links = count(storage, ObjectHeader.readObjectHeader(storage, group.getAddress()));
    if (links != group.getChildren().size()) {
      throw new HdfException("several of its data sets or groups have the same name");
    }
  }

  private static int count(HdfBackingStorage storage, ObjectHeader header) {
    if (header.hasMessageOfType(SymbolTableMessage.class)) {
      SymbolTableMessage table = header.getMessageOfType(SymbolTableMessage.class);
      int count = 0;
      for (long child :
          BTreeV1.createGroupBTree(storage, table.getBTreeAddress()).getChildAddresses()) {
        count += new GroupSymbolTableNode(storage, child).getSymbolTableEntries().length;
      }
      return count;
    }
    LinkInfoMessage info = header.getMessageOfType(LinkInfoMessage.class);
    if (info.getBTreeNameIndexAddress() == Constants.UNDEFINED_ADDRESS) {
      return header.getMessagesOfType(LinkMessage.class).size();
    }
    return new BTreeV2<LinkNameForIndexedGroupRecord>(storage, info.getBTreeNameIndexAddress())
        .getRecords()
        .size();
  }
}
