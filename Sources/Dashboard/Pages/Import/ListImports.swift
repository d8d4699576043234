package import CampaignCore

/// Lists that come from browsers: uploaded, looked at, and imported or discarded.
package protocol ListImports: Sendable {
    /// What the campaign has got so far.
    ///
    /// - Parameter timeZone: the IANA name of the zone in which times are told; nil: the campaign's.
    func overview(of campaign: String, in timeZone: String?) async throws -> ImportOverview
    /// Makes room for a list that the browser calls `name`.
    func begin(_ name: String, for campaign: String) async throws -> any IncomingList
    /// A list that was uploaded; nil when it is no longer there, or was for another campaign.
    func list(_ id: String, of campaign: String) async throws -> UploadedList?
    /// Reads the list with these choices, as an import would, and changes nothing.
    func preview(_ id: String, of campaign: String, _ choices: ListChoices) async throws
    /// Imports the list as it was shown; throws if that is not what it is now.
    func commit(_ id: String, of campaign: String, seen: SeenList, by actor: Actor, in language: Language) async throws
    /// Removes the list.
    func discard(_ id: String, of campaign: String) async throws
    /// The rows that the imports at this moment rejected, as a file to be corrected.
    func rejects(of campaign: String, importedAt: Timestamp, in language: Language) async throws -> any DownloadFile
}

/// What a campaign has got from lists.
package struct ImportOverview: Sendable {
    package struct Entry: Sendable {
        package var importedAt: Timestamp
        /// The same for people.
        package var time: Phrase
        package var file: String
        package var added: Int
        package var duplicates: Int
        package var rejected: Int

        package init(
            importedAt: Timestamp, time: Phrase, file: String, added: Int, duplicates: Int, rejected: Int
        ) {
            (self.importedAt, self.time, self.file) = (importedAt, time, file)
            (self.added, self.duplicates, self.rejected) = (added, duplicates, rejected)
        }
    }

    /// The newest first.
    package var entries: [Entry]
    /// Lists that were uploaded and neither imported nor discarded.
    package var waiting: [UploadedList]
    package var contacts: Int
    /// On which clock the times are told.
    package var clock: Phrase

    package init(entries: [Entry], waiting: [UploadedList], contacts: Int, clock: Phrase) {
        (self.entries, self.waiting, self.contacts, self.clock) = (entries, waiting, contacts, clock)
    }
}

/// A list that has come from a browser.
package struct UploadedList: Sendable {
    package enum Stage: Sendable {
        /// It is being read; a sentence says how far.
        case reading(Phrase)
        case previewed(PreviewedList)
        /// It cannot be read with these choices; its columns, as far as they are known.
        case unreadable(Phrase, columns: [PreviewedList.Column])
        /// It is being imported; a sentence says how far.
        case importing(Phrase)
        case imported(ListResult)
        /// It was not imported, and nothing of it was.
        case failed(Phrase)
    }

    package var id: String
    /// As the browser calls it.
    package var name: String
    package var bytes: Int
    /// The file's SHA-256 in hexadecimal.
    package var sha256: String
    package var choices: ListChoices
    package var stage: Stage

    package init(id: String, name: String, bytes: Int, sha256: String, choices: ListChoices, stage: Stage) {
        (self.id, self.name, self.bytes, self.sha256) = (id, name, bytes, sha256)
        (self.choices, self.stage) = (choices, stage)
    }

    /// What somebody who looks at it now has seen.
    package var seen: SeenList { SeenList(sha256: sha256, choices: choices.text) }

    /// Whether something about it changes by itself.
    var isUnderWay: Bool {
        switch stage {
        case .reading, .importing: true
        case .previewed, .unreadable, .imported, .failed: false
        }
    }
}

/// What a form that imports refers to: the file, and how it was read.
package struct SeenList: Sendable, Hashable {
    package var sha256: String
    package var choices: String

    package init(sha256: String, choices: String) {
        (self.sha256, self.choices) = (sha256, choices)
    }
}

/// How a list is read, and what its import would do.
package struct PreviewedList: Sendable {
    package struct Column: Sendable, Hashable {
        /// From 1.
        package var number: Int
        package var name: String
        /// What it is for the campaign; nil for one that is only kept.
        package var meaning: ContactColumn?

        package init(number: Int, name: String, meaning: ContactColumn? = nil) {
            (self.number, self.name, self.meaning) = (number, name, meaning)
        }
    }

    package struct Row: Sendable {
        /// `line 2`.
        package var place: Phrase
        /// What becomes of it.
        package var fate: Phrase
        /// Whether nobody is called because of it.
        package var isLeftOut: Bool
        package var cells: [String]

        package init(place: Phrase, fate: Phrase, isLeftOut: Bool, cells: [String]) {
            (self.place, self.fate, self.isLeftOut, self.cells) = (place, fate, isLeftOut, cells)
        }
    }

    /// What was recognized, on one line.
    package var format: Phrase
    package var isSheet: Bool
    package var columns: [Column]
    /// The names of the rows' cells.
    package var heads: [String]
    /// The first rows.
    package var rows: [Row]
    package var result: ListResult

    package init(
        format: Phrase, isSheet: Bool, columns: [Column], heads: [String], rows: [Row], result: ListResult
    ) {
        (self.format, self.isSheet, self.columns) = (format, isSheet, columns)
        (self.heads, self.rows, self.result) = (heads, rows, result)
    }
}

/// What an import has done, or would do.
package struct ListResult: Sendable {
    package var rows: Int
    package var added: Int
    package var duplicates: Int
    package var rejected: Int
    package var blank: Int
    package var blocked: Int
    /// The reasons and the first rows that need a look, one after another.
    package var lines: [Phrase]
    /// What needs attention before the list is used.
    package var warnings: [Phrase]
    /// How many contacts the campaign has then.
    package var contacts: Int
    /// Whether at least one row could be used.
    package var isUsable: Bool
    /// When it was imported; nil for a preview.
    package var importedAt: Timestamp?

    package init(
        rows: Int, added: Int, duplicates: Int, rejected: Int, blank: Int, blocked: Int, lines: [Phrase],
        warnings: [Phrase], contacts: Int, isUsable: Bool, importedAt: Timestamp? = nil
    ) {
        (self.rows, self.added, self.duplicates) = (rows, added, duplicates)
        (self.rejected, self.blank, self.blocked) = (rejected, blank, blocked)
        (self.lines, self.warnings, self.contacts) = (lines, warnings, contacts)
        (self.isUsable, self.importedAt) = (isUsable, importedAt)
    }
}
