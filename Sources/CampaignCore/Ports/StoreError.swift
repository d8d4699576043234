/// Why the database cannot do what was requested; each message says what is wrong, where, and what to do.
package enum StoreError: Error, Hashable, Sendable, Codable, Explained {
    /// Another process writes to this database; `stop` is a command that ends it gracefully, nil when it ends on its
    /// own.
    case held(path: String, holder: String, stop: String? = nil)
    /// The database was created by a later version of this program.
    case fromNewerVersion(path: String)
    /// The database was made by an earlier version of this program, with tables that this one cannot read.
    case fromOlderVersion(path: String)
    /// The file is not a discador database.
    case notOurs(path: String, detail: String)
    /// The file is damaged.
    case corrupt(path: String, detail: String)
    /// The disk is full, or a size limit is reached.
    case diskFull(path: String)
    /// This process, or the machine, has as many open files as it may have.
    case tooManyFiles(path: String)
    /// The file system refuses: I/O error, read-only, permissions.
    case io(path: String, detail: String)
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
    /// There is no database at this path.
    case missing(path: String)
    /// A statement failed for an unforeseen reason.
    case unexpected(path: String, detail: String)

    /// The same in every language.
    package var phrase: Phrase { Phrase(verbatim: description) }

    /// One sentence: what, where, what to do.
    package var description: String {
        switch self {
        case .held(let path, let holder, let stop?):
            "\(path) is in use by \(holder): wait for it to end, or stop it with `\(stop)`."
        case .held(let path, let holder, nil):
            "\(path) is in use by \(holder): wait for it to end, then run the same command again."
        case .fromNewerVersion(let path):
            "\(path) was written by a newer version of discador: use that version, or choose another file with --db."
        case .fromOlderVersion(let path):
            """
            \(path) was made by an earlier version of discador, whose tables this version cannot read; it was left as it is. \
            Finish its campaigns with that version, or choose another file with --db. A new database does not know of the \
            calls made from this one, or of its do-not-call list: leave the people in both out of the lists that you import \
            there.
            """
        case .notOurs(let path, let detail):
            "\(path) is not a discador database (\(detail)): choose another file with --db."
        case .corrupt(let path, let detail):
            """
            \(path) is damaged (\(detail)) and was left as it is. Keep it: `sqlite3 -readonly \(SuggestedCommands.quoted(path)) .dump` \
            (or `.recover`, where sqlite3 was built with it) prints what is still readable, with the calls that were made. A copy that \
            `discador backup` made does not know of later calls, and a run from it would call those people again: if you \
            restore one, put everyone who was called since on its do-not-call list before the next run \
            (`\(SuggestedCommands(databaseAt: path).command("block", "import", "FILE"))`).
            """
        case .diskFull(let path):
            "The disk that holds \(path) is full, or a file-size limit is reached: make room, then run the same command again."
        case .tooManyFiles(let path):
            """
            \(path) cannot be opened: this process, or the machine, has reached its limit of open files. Raise the limit \
            (`ulimit -n 1024`, or LimitNOFILE= of a service), then run the same command again.
            """
        case .io(let path, let detail):
            "\(path) cannot be read or written (\(detail)): check the disk and its permissions, then run the same command again."
        case .locked(let path):
            "\(path) is locked by another program, such as a backup: let it finish, then run the same command again."
        case .replaced(let path, _, nil):
            """
            \(path) was removed or replaced while it was in use, so nothing more is written and no one else is called: \
            put the original file back. The results of calls under way are kept beside the database.
            """
        case .replaced(let path, let place, let rescued?):
            """
            \(path) was removed or replaced while it was in use, so nothing more is written and no one else is called. \
            Everything known so far is in \(rescued): put it in place with \
            `\(SuggestedCommands(databaseAt: place).command("restore", rescued))`. The results of calls under way are kept \
            beside the database.
            """
        case .overwritten(let path, let place):
            """
            Another program has written over \(path) while it was in use, so nothing more is written and no one else is called. \
            Its contents are lost, and the file will not be dialed from again. If there is a \(path)-rescued-… beside it, \
            restore that one: it has every call. Else restore a copy made by `discador backup` \
            with \(Self.forgetting("COPY", at: place)), and put everyone who was called since on its do-not-call list before the \
            next run (`\(SuggestedCommands(databaseAt: place).command("block", "import", "FILE"))`). The results of calls under \
            way are kept beside the database.
            """
        case .indexOverwritten(let path):
            """
            Another program has written over \(path) while it was in use, so nothing more is written and no one else is called. \
            The database and its log are intact: run the same command again; it continues from them, or says what is missing. The \
            results of calls under way are kept beside the database.
            """
        case .lost(let path):
            """
            There is no database at \(path), although there used to be one. Starting over would call people again who were \
            already called. Put it back, or restore a copy with \
            `\(SuggestedCommands(databaseAt: path).command("restore", "COPY"))`, such as \(path)-rescued-1 or \
            \(path)-replaced-… beside it. To start over anyway, remove \(path)-tide and \(path)-spool, or choose \
            another file with --db.
            """
        case .unmarked(let path):
            """
            \(path)-tide, which records the last commit of \(path), is missing, so it is not known whether this is the newest \
            file and whether its log is complete. Dialing from an older one would call people again. Put the mark back; to continue \
            from this file anyway: \(Self.forgetting(path, at: path)).
            """
        case .writtenElsewhere(let path, let name):
            """
            \(path) was last written as \(name), and its log or its mark stayed there, with calls that this file may not \
            know of. Move the files whose names begin with \(name) here too; to continue from this file anyway: \
            \(Self.forgetting(path, at: path)).
            """
        case .otherDatabase(let path, let place):
            """
            \(path) is not the database that was written at \(place): dialing from it would call people again \
            who were already called from that one. To use it there anyway: \(Self.forgetting(path, at: place)); or choose \
            another file with --db.
            """
        case .outdated(let path, let place, let commits, let wanted):
            """
            \(path) is not what was last written under this name: it knows \(commits) of \(wanted) transactions, so it is \
            an older copy, or its log was removed or cut. Dialing from it would call people again who were called since. \
            Put the newer file back; to continue from this one anyway: \
            \(Self.forgetting(path, at: place)).
            """
        case .otherName(let path, let name):
            "\(path) is another name of \(name), where its log is: use that name, or remove the other one."
        case .unknownCampaign(let name, let known):
            known.isEmpty
                ? """
                Campaign “\(name)” was never imported here: choose the file with --db, or run `discador import` first if no one \
                was called yet (this database does not know of calls made from another one).
                """
                : "Campaign “\(name)” was never imported here; this database has: \(known.joined(separator: ", "))."
        case .campaignIncomplete(let name):
            """
            Campaign “\(name)” is still being imported: try again when the import has finished. If it was killed, run \
            `discador import` again.
            """
        case .missing(let path):
            """
            There is no database at \(path): choose the file with --db, or run `discador import` first if no one was called yet \
            (a new database does not know of calls made from another one, and would call those people again).
            """
        case .unexpected(let path, let detail):
            "\(path) refused a statement (\(detail)): this is a bug in discador, please report it."
        }
    }

    /// How to continue from a file that may be older than what was at a place.
    private static func forgetting(_ path: String, at place: String) -> String {
        "`\(SuggestedCommands(databaseAt: place).command("restore", path, "--forget-later-calls"))`"
    }
}
