/// One row of a list, as it was read. A row with several numbers gives several of these in succession.
package enum ListRow: Hashable, Sendable {
    /// A person to call.
    case contact(ListContact)
    /// A row that cannot be used.
    case reject(ListReject)
    /// A row without content.
    case blank
}

/// A person to call.
package struct ListContact: Hashable, Sendable {
    /// The line of the list that the row begins on, from 1.
    package var line: Int
    /// The number to call.
    package var phone: PhoneNumber
    /// Further numbers of the same person, in the order in which they would be called.
    package var further: [PhoneNumber] = []
    /// Seconds the call should ring, 1…15; nil is the campaign's.
    package var callDuration: Int?
    /// What few lists say about their contacts; nil when this one says none of it.
    package var wishes: ContactWishes?
    /// The row's cells as they were written.
    package var cells: ListCells
    /// Whether an earlier number of the same row has already been returned.
    package var isExtra = false

    /// A contact whose cells have just been read.
    package init(line: Int, phone: PhoneNumber, callDuration: Int?, cells: ListCells) {
        self.line = line
        self.phone = phone
        self.callDuration = callDuration
        self.cells = cells
    }

    /// A contact whose cells do not come from a list.
    package init(line: Int = 1, phone: PhoneNumber, callDuration: Int?, own: [String]) {
        self.init(line: line, phone: phone, callDuration: callDuration, cells: .texts(own))
    }

    /// The row's cells as texts.
    package var own: [String] { cells.strings }
}

/// What a list says about how and when a contact is called, in columns that few lists have.
package struct ContactWishes: Hashable, Sendable {
    /// The address of the sound that whoever answers hears; nil is the campaign's.
    package var callAudioURL: String?
    /// The contact is not called before this; nil means at any time.
    package var notBefore: LocalTime?

    /// Nil when there is none.
    package init?(callAudioURL: String?, notBefore: LocalTime?) {
        guard callAudioURL != nil || notBefore != nil else { return nil }
        self.callAudioURL = callAudioURL
        self.notBefore = notBefore
    }
}

/// A row that cannot be used, with the reason.
package struct ListReject: Hashable, Sendable {
    /// The line it begins on, from 1.
    package var line: Int
    /// The row byte for byte, without its line ending.
    package var raw: [UInt8]
    /// Its cells.
    package var own: [String]
    /// The stable code of the reason.
    package var reason: String
    /// One English sentence with the remedy; ``remedy`` has it in every language.
    package var suggestion: String
    /// The number of the column, from 1, that the reason is about; nil where that is the row as a whole.
    package var column: Int?
    /// The text of its cell.
    package var cell: String?
    /// Whether an earlier number of the same row has already been returned.
    package var isExtra = false

    package init(line: Int, raw: [UInt8], own: [String], reason: String, suggestion: String) {
        self.line = line
        self.raw = raw
        self.own = own
        self.reason = reason
        self.suggestion = suggestion
    }
}

extension ListReject {
    /// One sentence with the remedy.
    package var remedy: Phrase { Phrase(recorded: suggestion) }
}

/// The cells of a row that appear in reports.
///
/// The cells of a row that has just been read share the reader's buffer: use and release them before requesting the
/// next row. Cells that are kept longer stay correct, but cost a copy.
package enum ListCells: Sendable {
    /// Some fields of a record, by their indexes, in this order.
    case record(CSVRecord, places: [Int])
    case texts([String])

    package var count: Int {
        switch self {
        case .record(_, let places): places.count
        case .texts(let texts): texts.count
        }
    }

    /// The text of a cell; `index` counts from 0 and is less than `count`.
    package func string(at index: Int) -> String {
        switch self {
        case .record(let record, let places): record.string(at: places[index])
        case .texts(let texts): texts[index]
        }
    }

    package var strings: [String] {
        switch self {
        case .record(let record, let places): places.map { record.string(at: $0) }
        case .texts(let texts): texts
        }
    }
}

extension ListCells: Hashable {
    /// Cells are the same when their texts are.
    package static func == (one: ListCells, other: ListCells) -> Bool { one.strings == other.strings }

    package func hash(into hasher: inout Hasher) { hasher.combine(strings) }
}
