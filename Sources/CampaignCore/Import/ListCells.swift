/// The cells of a row that come back in reports.
///
/// Those of a row that was just read share the reader's buffer: use them and let them go before the next row is asked
/// for; cells that are kept stay correct but cost a copy.
package enum ListCells: Sendable {
    /// Some fields of a record, by their places, in this order.
    case record(CSVRecord, places: [Int])
    /// Texts.
    case texts([String])

    /// How many there are.
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

    /// All texts.
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

    /// By the texts.
    package func hash(into hasher: inout Hasher) { hasher.combine(strings) }
}
