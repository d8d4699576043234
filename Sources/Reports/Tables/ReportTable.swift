import CampaignCore
import Foundation

/// One kind of row as named values in order: all that a format needs to know about it.
protocol ReportTable<Row>: Sendable {
    associatedtype Row: Sendable

    var kind: ReportRowsKind { get }
    /// The names of the values, in order. Readers of reports rely on them: none is renamed or moved.
    var columns: [ReportColumn] { get }
    /// Values that only JSON has, by name: the last ones of `columns`.
    var jsonOnly: Set<ReportColumn> { get }
    /// Whether rows begin with the contact's own cells.
    var hasOwnCells: Bool { get }
    /// Whether the own cells are written unchanged, because the row is going to be imported again.
    var returnsOwnCells: Bool { get }
    /// The columns shown on a terminal.
    var textColumns: [TextColumn] { get }

    /// The contact's own cells.
    func ownCells(of row: Row) -> [String]
    /// One value for each of `columns`.
    func cells(of row: Row) -> [ReportCell]
}

extension ReportTable {
    var jsonOnly: Set<ReportColumn> { [] }
    var hasOwnCells: Bool { true }
    var returnsOwnCells: Bool { false }
    var textColumns: [TextColumn] { [] }

    /// Exactly as many own cells as there are own columns: a shorter row is filled up with empty ones.
    func ownCells(of row: Row, count: Int) -> [String] {
        let own = ownCells(of: row)
        guard own.count != count else { return own }
        return Array(own.prefix(count)) + Array(repeating: "", count: max(count - own.count, 0))
    }
}

/// One value of a report, before it is written in a format.
enum ReportCell: Hashable, Sendable {
    /// No value: an empty cell, or `null`.
    case absent
    case text(String)
    case number(Int)
    case time(Timestamp)

    init(_ text: String?) {
        self = text.map(ReportCell.text) ?? .absent
    }

    init(_ number: Int?) {
        self = number.map(ReportCell.number) ?? .absent
    }

    init(_ time: Timestamp?) {
        self = time.map(ReportCell.time) ?? .absent
    }

    /// The value as text, the empty string when there is none.
    func text(in zone: TimeZone) -> String {
        switch self {
        case .absent: ""
        case .text(let text): text
        case .number(let number): String(number)
        case .time(let moment): moment.text(in: zone)
        }
    }
}

extension Timestamp {
    /// As every report writes a moment: with milliseconds, and the offset that the zone has then.
    func text(in zone: TimeZone) -> String {
        let offset = zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(milliseconds) / 1000))
        return iso8601(utcOffset: offset, withMilliseconds: true)
    }
}
