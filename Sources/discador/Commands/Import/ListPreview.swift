import CampaignCore
import CampaignFile
import CampaignStore
import Foundation
import Reports
import Synchronization

/// What an import would do, found by the same import into a copy of the database that is deleted afterwards.
struct ListPreview {
    static let rowsShown = 10
    /// A cell may contain a whole letter.
    private static let maxWidth = 200

    let outcome: ImportOutcome
    let lists: [ListSample.List]

    static func make(of operation: ImportLists, options: GlobalOptions) async throws -> ListPreview {
        let place = FileManager.default.temporaryDirectory.appending(path: "discador-preview-\(UUID().uuidString)").path
        return try await make(of: operation, in: place, holder: options.holder("preview")) { path in
            if FileManager.default.fileExists(atPath: options.databasePath) { try options.openReader().copy(to: path) }
        }
    }

    /// - Parameters:
    ///   - folder: the path of a folder that is made for it, and removed.
    ///   - copy: copies the database to a path, if there is one.
    static func make(
        of operation: ImportLists, in folder: String, holder: WriterLock.Holder, copy: (String) async throws -> Void
    ) async throws -> ListPreview {
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let path = folder + "/preview.db"
        try await copy(path)
        let store = try CampaignStore(path: path, holder: holder)
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

    func lines(_ language: Language) -> [String] {
        let contacts = language.counted(outcome.contacts, .contact)
        return zip(lists, outcome.totals).flatMap { Self.lines($0, $1.findings?.repeats ?? [], language) }
            + [language.text("Outcome of the import:", "Resultado da importação:")]
            + outcome.totals.flatMap { ImportedListText($0, language).lines.map { "  " + $0 } }
            + [
                language.text(
                    "Campaign \(outcome.campaign) would have \(contacts). Nothing was changed.",
                    "A campanha \(outcome.campaign) teria \(contacts). Nada foi mudado.")
            ]
    }

    private static func lines(
        _ list: ListSample.List, _ repeats: [ListFindings.Repeat], _ language: Language
    ) -> [String] {
        var lines = ["\(list.file): \(list.format.phrase[language])"]
        lines += list.format.columns.map { column in
            "  \(language.text("column", "coluna")) \(column.number) “\(column.name)”"
                + (column.meaning.map { ": \($0.rawValue)" } ?? "")
                + (column.isKept
                    ? ""
                    : language.text(
                        ": ignored, it comes from an export of rejected rows",
                        ": ignorada, vem de um arquivo de linhas rejeitadas"))
        }
        lines.append(language.text("First rows, as they are read:", "Primeiras linhas, como são lidas:"))
        return lines
            + list.rows.map { row in
                let text = ListRowText(row, of: list, repeats)
                let cells = text.cells.joined(separator: " | ")
                guard let place = text.place else { return "  " + text.fate[language] }
                return "  "
                    + TerminalText.line("\(place[language]): \(text.fate[language])  \(cells)", width: maxWidth)
            } + [""]
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
