import CampaignCore

/// A contact list, read to its end in pieces, or to its error.
struct ReadList: Equatable {
    var columns: [String] = []
    var rows: [ListRow] = []
    var blankLines = 0
    var dialect: CSVDialect?
    var format: ListFormat?
    var error: ListError?

    /// Everything there is, with the error if there is one. The sample is the first `sample` bytes.
    init(all bytes: [UInt8], _ options: ListReader.Options = ListReader.Options(), sample: Int = 64, piece: Int = 65536)
    {
        var list = ListReader(file: "contatos.csv", options: options, sample: Array(bytes.prefix(sample)))
        var rest = bytes.dropFirst(sample)
        do throws(ListError) {
            while true {
                while let row = try list.next() { rows.append(row) }
                guard !list.isFinished else { break }
                // The last piece is empty, as a file's is.
                list.append(Array(rest.prefix(piece)))
                rest = rest.dropFirst(piece)
            }
        } catch {
            self.error = error
        }
        columns = list.columns
        blankLines = list.blankLines
        dialect = list.dialect
        format = list.format
    }

    init(
        _ bytes: [UInt8], columns names: ColumnNames = ColumnNames(), country: String = "55", sample: Int = 64,
        piece: Int = 65536
    ) throws(ListError) {
        self.init(all: bytes, ListReader.Options(country: country, columns: names), sample: sample, piece: piece)
        if let error { throw error }
    }

    init(_ text: String, columns: ColumnNames = ColumnNames(), country: String = "55") throws(ListError) {
        try self.init(Array(text.utf8), columns: columns, country: country)
    }

    init(_ text: String, _ options: ListReader.Options) throws(ListError) {
        self.init(all: Array(text.utf8), options)
        if let error { throw error }
    }

    var contacts: [ListContact] {
        rows.compactMap { if case .contact(let contact) = $0 { contact } else { nil } }
    }

    var rejects: [ListReject] {
        rows.compactMap { if case .reject(let reject) = $0 { reject } else { nil } }
    }

    var blankRows: Int { rows.count { $0 == .blank } }

    var extras: Int { contacts.count { $0.isExtra } + rejects.count { $0.isExtra } }
}

extension ListReader.Options {
    /// Options that differ from the defaults in some respects.
    static func with(_ change: (inout ListReader.Options) -> Void) -> ListReader.Options {
        var options = ListReader.Options()
        change(&options)
        return options
    }
}

/// The bytes of a text in any encoding; Windows-1252 has only the characters of ISO-8859-1 here, CP850 and MacRoman only
/// a few letters.
func encoded(_ text: String, as encoding: CSVDialect.Encoding, mark: Bool = false) -> [UInt8] {
    let text = mark ? "\u{FEFF}" + text : text
    switch encoding {
    case .utf8: return Array(text.utf8)
    case .windows1252: return text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
    case .utf16LittleEndian: return text.utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }
    case .utf16BigEndian: return text.utf16.flatMap { [UInt8($0 >> 8), UInt8(truncatingIfNeeded: $0)] }
    case .utf32LittleEndian: return text.unicodeScalars.flatMap { wide($0) }
    case .utf32BigEndian: return text.unicodeScalars.flatMap { wide($0).reversed() }
    case .cp850: return text.unicodeScalars.map { $0.isASCII ? UInt8($0.value) : cp850[$0] ?? 0 }
    case .macRoman: return text.unicodeScalars.map { $0.isASCII ? UInt8($0.value) : macRoman[$0] ?? 0 }
    }
}

private func wide(_ scalar: Unicode.Scalar) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: scalar.value >> (8 * UInt32($0))) }
}

/// As iconv has them.
private let cp850: [Unicode.Scalar: UInt8] = [
    "ç": 0x87, "Ç": 0x80, "é": 0x82, "ã": 0xC6, "õ": 0xE4, "á": 0xA0, "í": 0xA1, "ó": 0xA2,
    "ú": 0xA3, "â": 0x83, "ê": 0x88, "ô": 0x93, "à": 0x85, "ñ": 0xA4, "Ñ": 0xA5, "Á": 0xB5,
    "É": 0x90, "Í": 0xD6, "Ó": 0xE0, "Ú": 0xE9, "Ã": 0xC7, "Õ": 0xE5,
]

private let macRoman: [Unicode.Scalar: UInt8] = [
    "ç": 0x8D, "Ç": 0x82, "é": 0x8E, "ã": 0x8B, "õ": 0x9B, "á": 0x87, "í": 0x92, "ó": 0x97,
    "ú": 0x9C, "â": 0x89, "ê": 0x90, "ô": 0x99, "à": 0x88, "ñ": 0x96, "Ñ": 0x84, "Á": 0xE7,
    "É": 0x83, "Í": 0xEA, "Ó": 0xEE, "Ú": 0xF2, "Ã": 0xCC, "Õ": 0xCD,
]

extension CSVDialect.Encoding {
    /// Whether it is found without being named.
    var isDetected: Bool { self != .cp850 && self != .macRoman }
}
