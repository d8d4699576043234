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
        let unit = language.text(list.format.sheet == nil ? "line" : "row", "linha")
        return lines
            + list.rows.map { row in
                let text = repeated(row, repeats, in: list, unit, language) ?? text(row, unit, language)
                return "  " + TerminalText.line(text, width: maxWidth)
            } + [""]
    }

    /// A row whose number another one has: nobody is called because of it. Nil for any other row.
    private static func repeated(
        _ row: ListRow, _ repeats: [ListFindings.Repeat], in list: ListSample.List, _ unit: String,
        _ language: Language
    ) -> String? {
        guard case .contact(let contact) = row,
            let found = repeats.first(where: { $0.line == contact.line && $0.phone == contact.phone.text })
        else { return nil }
        return "\(unit) \(contact.line): \(RepeatText(found, file: list.file, unit: unit).phrase[language])  "
            + contact.own.joined(separator: " | ")
    }

    private static func text(_ row: ListRow, _ unit: String, _ language: Language) -> String {
        switch row {
        case .contact(let contact):
            "\(unit) \(contact.line): \(language.text("call", "ligar para")) \(contact.phone.text)"
                + further(contact, language)
                + (contact.callDuration.map { language.text(" for \($0) s", " por \($0) s") } ?? "")
                + (contact.wishes?.callAudioURL.map { language.text(" playing \($0)", " tocando \($0)") } ?? "")
                + (contact.wishes?.notBefore.map { language.text(" not before \($0)", " não antes de \($0)") } ?? "")
                + "  \(contact.own.joined(separator: " | "))"
        case .reject(let reject):
            "\(unit) \(reject.line): \(language.text("rejected", "rejeitada")), \(reject.reason)  "
                + reject.own.joined(separator: " | ")
        case .blank: language.text("blank", "em branco")
        }
    }

    private static func further(_ contact: ListContact, _ language: Language) -> String {
        guard !contact.further.isEmpty else { return "" }
        let numbers = contact.further.map(\.text).joined(separator: ", ")
        return language.text(" (further: \(numbers))", " (outros: \(numbers))")
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
