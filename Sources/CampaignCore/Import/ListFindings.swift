/// What an import says about a list besides its totals.
package struct ListFindings: Hashable, Sendable, Codable {
    /// A row that cannot be used.
    package struct Reject: Hashable, Sendable, Codable {
        /// Its line, or row of a sheet, from 1.
        package var line: Int
        /// The name of the column that the reason is about; nil where that is the row as a whole.
        package var column: String?
        /// The text in it.
        package var cell: String?
        /// The stable code of the reason.
        package var reason: String
        /// One English sentence with the remedy; ``remedy`` has it in every language.
        package var suggestion: String

        /// One sentence with the remedy.
        package var remedy: Phrase { Phrase(recorded: suggestion) }
    }

    /// A row whose number did not become another contact.
    package struct Repeat: Hashable, Sendable, Codable {
        /// Its line, or row of a sheet, from 1.
        package var line: Int
        package var phone: String
        /// Whether the number occurred earlier in the same import.
        package var isInList: Bool
        /// The list of the contact that has the number; nil when the campaign does not have it.
        package var firstFile: String?
        /// The line in that list; nil when it was not stored.
        package var firstLine: Int?

        package init(_ row: DuplicateRow) {
            line = row.line
            phone = row.phone.text
            isInList = row.reason == .repeated
            firstFile = row.firstFile
            firstLine = row.firstLine
        }
    }

    /// How many rejects are kept for display.
    package static let rejectsShown = 5

    /// The name of the sheet; nil for a CSV file.
    package var sheet: String?
    /// The encoding that the text is likelier to have than the detected one; nil where that fits.
    package var likelierEncoding: CSVDialect.Encoding?
    package var phones: PhoneTotals
    /// Which of its columns is what; nil where names do not tell.
    package var columns: ColumnNames?
    /// Hidden rows of a sheet that were left out.
    package var hiddenRows: Int
    /// The first rejects.
    package var rejects: [Reject]
    /// The first rows whose number did not become another contact, in order.
    package var repeats: [Repeat] = []

    /// Nil for a list of which nothing has been read.
    ///
    /// - Parameters:
    ///   - rejects: its first rejects.
    ///   - hiddenRows: rows of a sheet that were left out.
    package init?(_ list: ListReader, rejects: [ListReject], hiddenRows: Int = 0) {
        guard let format = list.format, let phones = list.phones else { return nil }
        sheet = format.sheet
        likelierEncoding = format.likelierEncoding
        self.phones = phones
        columns = format.columnNames
        self.hiddenRows = hiddenRows
        self.rejects = rejects.map { reject in
            Reject(
                line: reject.line,
                column: reject.column.flatMap { $0 <= format.columns.count ? format.columns[$0 - 1].name : nil },
                cell: reject.cell, reason: reject.reason, suggestion: reject.suggestion)
        }
    }
}
