import CampaignCore
import CampaignFile
import CampaignStore
import Foundation
import Reports
import Synchronization

/// What an import would do, found by the same import into a copy of the database that is deleted afterwards.
struct ListPreview {
    private static let rowsShown = 10
    /// A cell may contain a whole letter.
    private static let maxWidth = 200

    let outcome: ImportOutcome
    let lists: [ListSample.List]

    static func make(of operation: ImportLists, options: GlobalOptions) async throws -> ListPreview {
        let folder = FileManager.default.temporaryDirectory.appending(path: "discador-preview-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appending(path: "preview.db").path
        if FileManager.default.fileExists(atPath: options.databasePath) { try options.openReader().copy(to: path) }
        let store = try CampaignStore(
            path: path,
            holder: options.holder("preview"))
        var operation = operation
        let sample = ListSample(maxRows: rowsShown)
        operation.sample = sample
        let totals = try await operation.importContacts(into: store, now: SystemEnvironment.now())
        let contacts = try store.reader().importedContacts(campaign: operation.campaign)
        try store.close()
        return ListPreview(
            outcome: ImportOutcome(campaign: operation.campaign, totals: totals, contacts: contacts),
            lists: sample.lists)
    }

    // MARK: For people

    var lines: [String] {
        lists.flatMap(Self.lines) + ["Outcome of the import:"]
            + outcome.totals.flatMap { ImportedListText($0).lines.map { "  " + $0 } }
            + ["Campaign \(outcome.campaign) would have \(outcome.contacts.counted("contact")). Nothing was changed."]
    }

    private static func lines(_ list: ListSample.List) -> [String] {
        var lines = ["\(list.file): \(list.format)"]
        lines += list.format.columns.map { column in
            "  column \(column.number) “\(column.name)”\(column.meaning.map { ": \($0.rawValue)" } ?? "")"
                + (column.isKept ? "" : ": ignored, it comes from an export of rejected rows")
        }
        lines.append("First rows, as they are read:")
        let unit = list.format.sheet == nil ? "line" : "row"
        return lines + list.rows.map { "  " + TerminalText.line(text($0, unit), width: maxWidth) } + [""]
    }

    private static func text(_ row: ListRow, _ unit: String) -> String {
        switch row {
        case .contact(let contact):
            "\(unit) \(contact.line): call \(contact.phone.text)"
                + (contact.further.isEmpty ? "" : " (further: \(contact.further.map(\.text).joined(separator: ", ")))")
                + (contact.callDuration.map { " for \($0) s" } ?? "")
                + (contact.wishes?.callAudioURL.map { " playing \($0)" } ?? "")
                + (contact.wishes?.notBefore.map { " not before \($0)" } ?? "")
                + "  \(contact.own.joined(separator: " | "))"
        case .reject(let reject):
            "\(unit) \(reject.line): rejected, \(reject.reason)  \(reject.own.joined(separator: " | "))"
        case .blank: "blank"
        }
    }
}

// MARK: For machines

extension ListPreview: Encodable {
    private enum CodingKeys: String, CodingKey {
        case campaign, lists, contacts
    }

    private struct List: Encodable {
        var file: String
        var sheet, delimiter, encoding: String?
        var headerLine: Int?
        var columns: [Column]
        var rows: [Row]
        var totals: ImportedListDocument
    }

    private struct Column: Encodable {
        var name: String
        var number: Int
        var meaning: String?
        var isKept: Bool
    }

    private struct Row: Encodable {
        var line: Int?
        var phone: String?
        var further: [String]?
        var reason, suggestion: String?
        var callDuration: Int?
        var callAudioUrl, notBefore: String?
        var own: [String]
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(outcome.campaign, forKey: .campaign)
        try container.encode(
            zip(lists, outcome.totals).map { list, totals in
                List(
                    file: list.file, sheet: list.format.sheet,
                    delimiter: list.format.sheet == nil ? list.format.delimiter.name : nil,
                    encoding: list.format.sheet == nil ? list.format.encoding.name : nil,
                    headerLine: list.format.headerLine,
                    columns: list.format.columns.map {
                        Column(name: $0.name, number: $0.number, meaning: $0.meaning?.rawValue, isKept: $0.isKept)
                    },
                    rows: list.rows.map(Self.row), totals: ImportedListDocument(totals))
            }, forKey: .lists)
        try container.encode(outcome.contacts, forKey: .contacts)
    }

    private static func row(_ row: ListRow) -> Row {
        switch row {
        case .contact(let contact):
            Row(
                line: contact.line, phone: contact.phone.text,
                further: contact.further.isEmpty ? nil : contact.further.map(\.text),
                callDuration: contact.callDuration,
                callAudioUrl: contact.wishes?.callAudioURL, notBefore: contact.wishes?.notBefore?.description,
                own: contact.own)
        case .reject(let reject):
            Row(line: reject.line, reason: reject.reason, suggestion: reject.suggestion, own: reject.own)
        case .blank: Row(own: [])
        }
    }
}

/// The first rows of each list, as they are read.
final class ListSample: Sendable {
    struct List: Sendable {
        var file: String
        var format: ListFormat
        var rows: [ListRow] = []
    }

    private let maxRows: Int
    private let state = Mutex<[List]>([])

    /// - Parameter maxRows: how many rows of each list are kept.
    init(maxRows: Int) {
        self.maxRows = maxRows
    }

    var lists: [List] { state.withLock { $0 } }

    func begin(_ file: String, format: ListFormat) {
        state.withLock { $0.append(List(file: file, format: format)) }
    }

    func note(_ row: ListRow) {
        state.withLock { lists in
            guard let last = lists.indices.last, lists[last].rows.count < maxRows else { return }
            lists[last].rows.append(ShownCells.shortened(row))
        }
    }
}
