/// Why the database cannot do what was requested; each message says what is wrong, where, and what to do.
package enum StoreError: Error, Hashable, Sendable, Codable {
    /// Another process writes to this database; `stop` is a command that ends it gracefully, nil when it ends on its
    /// own.
    case held(path: String, holder: Phrase, stop: String? = nil)
    /// The database was created by a later version of this program.
    case fromNewerVersion(path: String)
    /// The database was made by an earlier version of this program, with tables that this one cannot read.
    case fromOlderVersion(path: String)
    /// The file is not a discador database.
    case notOurs(path: String, detail: Phrase)
    /// The file is damaged.
    case corrupt(path: String, detail: Phrase)
    /// The disk is full, or a size limit is reached.
    case diskFull(path: String)
    /// This process, or the machine, has as many open files as it may have.
    case tooManyFiles(path: String)
    /// The file system refuses: I/O error, read-only, permissions.
    case io(path: String, detail: Phrase)
    /// Another program, such as a backup tool, keeps the database locked.
    case locked(path: String)
    /// A file of the database at `place` was removed or replaced while this process had it open; `rescued` is the path
    /// of a copy of everything that this process knew.
    case replaced(path: String, place: String, rescued: String? = nil)
    /// Another process has written into a file of the database at `place` while this one had it open.
    case overwritten(path: String, place: String)
    /// Another process has written into the index of the database's log, so that SQLite sees an older state.
    case indexOverwritten(path: String)
    /// The database at `place`, or to be put there, has less than was last written under that name: it is an older copy,
    /// or its log was truncated.
    case outdated(path: String, place: String, commits: Int, wanted: Int)
    /// There is no database where there used to be one.
    case lost(path: String)
    /// The mark beside the database is missing, so it is not known whether the database is the newest.
    case unmarked(path: String)
    /// The database was last written under another path, and its log or mark is still there.
    case writtenElsewhere(path: String, name: String)
    /// Another database is in the place of the one that was written there, or is about to be put there.
    case otherDatabase(path: String, place: String)
    /// The file has another name, and its log is beside that name.
    case otherName(path: String, name: String)
    /// No such campaign was ever imported here.
    case unknownCampaign(name: String, known: [String])
    /// The first import of this campaign's contacts is still under way, or was interrupted.
    case campaignIncomplete(name: String)
    /// The campaign is being deleted, or a command that was to delete it was interrupted.
    case beingDeleted(name: String)
    /// There is no database at this path.
    case missing(path: String)
    /// A statement failed for an unforeseen reason.
    case unexpected(path: String, detail: Phrase)
}

extension StoreError {
    // For what the system or SQLite has said: the system in every language, SQLite in English.

    package static func notOurs(path: String, detail: String) -> StoreError {
        .notOurs(path: path, detail: Phrase(system: detail))
    }

    package static func corrupt(path: String, detail: String) -> StoreError {
        .corrupt(path: path, detail: Phrase(system: detail))
    }

    package static func io(path: String, detail: String) -> StoreError {
        .io(path: path, detail: Phrase(system: detail))
    }

    package static func unexpected(path: String, detail: String) -> StoreError {
        .unexpected(path: path, detail: Phrase(system: detail))
    }
}
