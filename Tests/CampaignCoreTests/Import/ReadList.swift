import CampaignCore

/// A contact list, read to its end in pieces.
struct ReadList: Equatable {
    var columns: [String] = []
    var rows: [ListRow] = []
    var blankLines = 0

    init(
        _ bytes: [UInt8], columns names: ColumnNames = ColumnNames(), country: String = "55", sample: Int = 64,
        piece: Int = 65536
    ) throws(ListError) {
        var list = ListReader(
            file: "contatos.csv", reading: ListReading(country: country, columns: names),
            sample: Array(bytes.prefix(sample)))
        var rest = bytes.dropFirst(sample)
        while true {
            while let row = try list.next() { rows.append(row) }
            guard !list.isFinished else { break }
            // The last piece is empty, as a file's is.
            list.append(Array(rest.prefix(piece)))
            rest = rest.dropFirst(piece)
        }
        columns = list.columns
        blankLines = list.blankLines
    }

    init(_ text: String, columns: ColumnNames = ColumnNames(), country: String = "55") throws(ListError) {
        try self.init(Array(text.utf8), columns: columns, country: country)
    }

    var contacts: [ListContact] {
        rows.compactMap { if case .contact(let contact) = $0 { contact } else { nil } }
    }

    var rejects: [ListReject] {
        rows.compactMap { if case .reject(let reject) = $0 { reject } else { nil } }
    }

    var blankRows: Int { rows.count { $0 == .blank } }
}
