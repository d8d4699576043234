import CampaignCore
import GRDB

extension ImportWriter {
    /// Writes everything still pending, and the totals of the lists.
    ///
    /// - Parameter last: runs in the transaction that makes the import visible, together with everything that must
    ///   change with it.
    func finish(_ last: (Database) throws -> Void) throws {
        try enterIdentities()
        try excludeByOtherNumbers()
        let changes = try compareVersions()
        try transactions.write { db in
            for (row, totals) in zip(rowsOfLists, totals) {
                guard let row else { continue }
                try keep(db, totals, ofList: row)
            }
            try PendingNumbers.enter(db, RecentCalls(campaign: campaign, start: skipsCalledSince))
            try carryOut(db, changes)
            try last(db)
        }
        do {
            try requeue(changes)
        } catch let error as StoreError where transactions.areMany {
            throw InterruptedOperation.listedAgain(cause: error)
        }
    }

    private func keep(_ db: Database, _ totals: ImportTotals, ofList row: Int64) throws {
        try db.execute(
            sql: """
                UPDATE import_row SET accepted = :accepted, duplicates = :duplicates, rejected = :rejected,
                    blank = :blank, extra = :extra, called_recently = :calledRecently
                WHERE id = :list
                """,
            arguments: [
                "accepted": totals.accepted, "duplicates": totals.duplicates, "rejected": totals.rejected,
                "blank": totals.blank, "extra": totals.extra, "calledRecently": totals.calledRecently, "list": row,
            ])
    }

    // MARK: Identities

    private func enterIdentities() throws {
        var entries: [IdentityEntry] = []
        var last: IdentityDeduplicator.Last?
        try identities.drain { entry in
            entries.append(entry)
            guard entries.count >= slice else { return }
            try enter(entries, &last)
            entries.removeAll(keepingCapacity: true)
        }
        try enter(entries, &last)
    }

    private func enter(_ entries: [IdentityEntry], _ last: inout IdentityDeduplicator.Last?) throws {
        var decisions: [(contact: Int64, decision: IdentityDeduplicator.Decision)] = []
        last = try transactions.write { db in
            var deduplicator = try IdentityDeduplicator(
                db, campaign: campaign, firstOwn: firstOwn, skipsCalledSince: skipsCalledSince, last: last)
            for entry in entries { try deduplicator.take(entry) }
            decisions = try deduplicator.finish()
            return deduplicator.last
        }
        for (contact, decision) in decisions { note(decision, ofContact: contact) }
    }

    /// Excludes the new contacts that are on the do-not-call list by another number of a row.
    private func excludeByOtherNumbers() throws {
        var next = firstOwn
        guard try transactions.read({ db in try ContactPhones.isAny(db) && BlockRows.isAny(db) }) else { return }
        while next < nextID {
            let part = next..<min(next + Int64(slice), nextID)
            let excluded = try transactions.write { db in
                try ContactPhones.restoreBlocks(db, ofContacts: part)
                return try BlockRows.exclude(db, part)
            }
            for contact in excluded {
                totals[list(of: contact)].blocked += 1
            }
            next = part.upperBound
        }
    }

    /// The list that a new contact comes from, by its index in `totals`.
    private func list(of contact: Int64) -> Int { (firstIDs.lastIndex { $0 <= contact }) ?? 0 }

    private func note(_ decision: IdentityDeduplicator.Decision, ofContact contact: Int64) {
        let list = list(of: contact)
        switch decision {
        case .repeated:
            totals[list].accepted -= 1
            totals[list].repeated += 1
        case .alreadyInCampaign:
            totals[list].accepted -= 1
            totals[list].alreadyInCampaign += 1
        case .calledRecently:
            totals[list].accepted -= 1
            totals[list].calledRecently += 1
        case .blocked:
            totals[list].blocked += 1
        case .standsBack:
            totals[list].standingBack += 1
        }
    }

    // MARK: Versions

    /// What the last transaction changes for the versions of files.
    private struct VersionChanges {
        /// The lists that are a version of a file, by their index in `totals`.
        var versions: [(list: Int, version: ListVersion)] = []
        /// For each of those: the contacts of earlier versions that are no longer in any list.
        var notListed: [ListVersions.NotListed] = []
        /// For each list that had usable rows, by its index in `totals`: the contacts that are in a list again.
        var listedAgain: [(list: Int, contacts: SortedEntries<Int64>)] = []
        /// How often the campaign had been cancelled by then.
        var cancels = 0
    }

    /// Finds the contacts of earlier versions that are no longer listed, and those that are listed again. This may take
    /// long, so it is done before the last transaction.
    private func compareVersions() throws -> VersionChanges {
        // A list without a single usable row is a mistake, not a version of anything.
        let present = totals.indices.filter { totals[$0].hasUsableRows }
        var changes = VersionChanges()
        changes.versions = present.compactMap { index in
            origins[index].map { (index, ListVersion(list: presentRows[index], origin: $0)) }
        }
        guard !campaignIsNew else { return changes }
        let conditions = try transactions.write { db in try notListedConditions(db, of: changes.versions) }
        changes.cancels = try transactions.write { db in try CancelRows.count(db, campaign) }
        for condition in conditions {
            guard let condition else {
                changes.notListed.append(ListVersions.NotListed())
                continue
            }
            changes.notListed.append(
                try transactions.read { db in try listVersions.contacts(db, where: condition, excludes: replaces) })
        }
        for list in present {
            let again = try transactions.read { db in try listVersions.excludedAndListed(db, in: presentRows[list]) }
            changes.listedAgain.append((list, again))
        }
        return changes
    }

    /// The conditions for contacts that are no longer listed, as if the new versions were already the current ones.
    private func notListedConditions(
        _ db: Database, of versions: [(list: Int, version: ListVersion)]
    ) throws -> [String?] {
        var conditions: [String?] = []
        try db.inSavepoint {
            for (index, version) in versions { try listVersions.enter(db, version, file: totals[index].file) }
            conditions = try versions.map { try listVersions.notListedCondition(db, $0.version) }
            return .rollback
        }
        return conditions
    }

    private func carryOut(_ db: Database, _ changes: VersionChanges) throws {
        for (index, version) in changes.versions {
            try listVersions.enter(db, version, file: totals[index].file)
            totals[index].isReplaced = replaces
        }
        for ((index, _), contacts) in zip(changes.versions, changes.notListed) {
            totals[index].notListed = try listVersions.exclude(db, contacts)
        }
    }

    /// Requeues the contacts that are listed again. If this is interrupted, some of them stay excluded, and importing
    /// the same file again does the rest.
    private func requeue(_ changes: VersionChanges) throws {
        guard changes.listedAgain.contains(where: { !$0.contacts.isEmpty }) else { return }
        let blocked = BlockedContacts([campaign], following: blockFeed)
        try transactions.read { db in try blocked.read(db) }
        for (list, contacts) in changes.listedAgain {
            var contacts = contacts
            while !contacts.isEmpty {
                let part = try contacts.next(slice)
                totals[list].listedAgain += try transactions.write { db in
                    // Contacts that were cancelled since then are not requeued just because they are listed.
                    guard try CancelRows.count(db, campaign) == changes.cancels else { return 0 }
                    return try listVersions.requeue(db, part, blocked)
                }
            }
        }
    }
}
