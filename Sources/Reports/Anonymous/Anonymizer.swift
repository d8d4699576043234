import CampaignCore

/// Takes personal data out of a report, so that it can be passed on.
///
/// A phone becomes a pseudonym, the same for all numbers of a person's telephone; the list's own cells, Z-API's ids and
/// whatever quotes a list's row are left out; digits that may be a phone, addresses, ids and paths in error texts are
/// masked. Error texts are Z-API's, and may say anything: what they say in words stays, also the name of a person. So do
/// the names of the campaign, its instances and lists.
package struct Anonymizer: Sendable {
    static let mask = "•••"
    /// A word of letters and digits of this length may be an id, such as `D241XXXX732339502B68`.
    private static let shortestID = 8
    /// Words with a slash that are as near to a path belong to it: names of folders have spaces.
    private static let wordsInPath = 3

    private let pseudonym: @Sendable (Int64) -> String

    /// - Parameter pseudonym: what stands for the identity of a number (``PhoneNumber/identity``). Nobody may be able to
    ///   find out the number by trying all of them.
    package init(pseudonym: @escaping @Sendable (_ identity: Int64) -> String) {
        self.pseudonym = pseudonym
    }

    /// What is shown of a value.
    func cell(_ cell: ReportCell, of column: ReportColumn) -> ReportCell {
        guard case .text(let text) = cell else { return cell }
        switch column {
        case .phone: return ReportCell(PhoneNumber(text: text).map(phone))
        case .zaapId, .messageId, .rejectedSuggestion, .raw, .rawBase64: return .absent
        case .error, .deliveryError, .reason, .rejectedReason: return .text(Self.masked(text))
        // Folders say more about people's computers than a reader needs.
        case .rejectedFile, .file, .firstFile:
            return .text(Self.file(text))
        case .state, .attempts, .httpStatus, .instance, .firstAttemptAt, .lastAttemptAt, .delivery, .answer,
            .answeredAt, .calledBackAt, .repliedAt, .attempt, .startedAt, .endedAt, .outcome, .latencyMs,
            .rejectedLine, .line, .firstLine:
            return cell
        }
    }

    /// What stands for a phone.
    func phone(_ phone: PhoneNumber) -> String { pseudonym(phone.identity) }

    /// The name of a file without its folder, and without what may be a phone or an address.
    static func file(_ path: String) -> String {
        withoutPhones(withoutAddresses(path.split { $0 == "/" || $0 == "\\" }.last.map(String.init) ?? ""))
    }

    /// A text without what may be a phone, an address, an id or the path of a file.
    package static func masked(_ text: String) -> String {
        withoutPhones(withoutIDs(withoutAddresses(text)))
    }

    private static func withoutAddresses(_ text: String) -> String {
        var words = text.split(separator: " ", omittingEmptySubsequences: false)
        var place = 0
        while place < words.count {
            if words[place].contains("@") || words[place].contains("://") {
                words[place] = mask[...]
            } else if isPath(words[place]) {
                let near = words[place...].prefix(1 + wordsInPath)
                let last = near.lastIndex { $0.contains("/") || $0.contains("\\") } ?? place
                words.replaceSubrange(place...last, with: CollectionOfOne(mask[...]))
            }
            place += 1
        }
        return words.joined(separator: " ")
    }

    /// `/…`, `…/…/…`, and whatever has a backslash, as in `C:\…`.
    private static func isPath(_ word: Substring) -> Bool {
        let slashes = word.count { $0 == "/" }
        return slashes > 1 || word.contains("\\")
            || slashes == 1 && word.drop { !$0.isLetter && !$0.isNumber && $0 != "/" }.first == "/" && word.count > 1
    }

    private static func withoutIDs(_ text: String) -> String {
        func isJoint(_ character: Character) -> Bool { character == "-" || character == "_" }
        var shown = ""
        var rest = text[...]
        while let first = rest.first {
            let word = rest.prefix { $0.isLetter || $0.isNumber || isJoint($0) }
            let hasID = word.split(whereSeparator: isJoint).contains { part in
                part.count >= shortestID && part.contains(where: \.isLetter) && part.contains(where: \.isNumber)
            }
            shown += word.isEmpty ? String(first) : hasID ? mask : String(word)
            rest = word.isEmpty ? rest.dropFirst() : rest[word.endIndex...]
        }
        return shown
    }
}

/// A table of rows without personal data.
struct AnonymousTable<Base: ReportTable>: ReportTable {
    private let base: Base
    private let anonymizer: Anonymizer

    init(_ base: Base, _ anonymizer: Anonymizer) {
        self.base = base
        self.anonymizer = anonymizer
    }

    var kind: ReportRowsKind { base.kind }
    var columns: [ReportColumn] { base.columns }
    var jsonOnly: Set<ReportColumn> { base.jsonOnly }
    var hasOwnCells: Bool { base.hasOwnCells }
    var textColumns: [TextColumn] { base.textColumns }

    func ownCells(of row: Base.Row) -> [String] { [] }

    func cells(of row: Base.Row) -> [ReportCell] {
        zip(base.cells(of: row), base.columns).map { anonymizer.cell($0, of: $1) }
    }
}

extension ReportContext {
    /// The context without personal data, if that is what is wanted.
    var withoutPersonalData: ReportContext {
        guard anonymizer != nil else { return self }
        var context = self
        context.ownColumns = []
        // They name the database's path, and are for whoever has it.
        context.suggested = nil
        var attempts: [String: Int] = [:]
        var order: [String] = []
        for error in summary.errors {
            let text = Anonymizer.masked(error.error)
            if attempts[text] == nil { order.append(text) }
            attempts[text, default: 0] += error.attempts
        }
        let errors = order.map { ErrorCount(error: $0, attempts: attempts[$0] ?? 0) }
        context.summary.errors = errors.sorted { $0.attempts > $1.attempts }
        context.summary.reasons = summary.reasons.map {
            ReasonCount(state: $0.state, reason: Anonymizer.masked($0.reason), contacts: $0.contacts)
        }
        return context
    }
}
