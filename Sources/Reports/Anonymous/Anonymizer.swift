import CampaignCore

/// Takes personal data out of a report, so that it can be passed on.
///
/// A phone becomes a pseudonym, the same for all numbers of a person's telephone; the list's own cells, Z-API's ids and
/// whatever quotes a list's row are left out; long digits and addresses in error texts are masked. The names of the
/// campaign, its instances and lists stay.
package struct Anonymizer: Sendable {
    private static let mask = "•••"
    /// As many digits in a row, whatever is between them, may be a phone.
    private static let fewestDigits = 5

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
    static func file(_ path: String) -> String { masked(path.split(separator: "/").last.map(String.init) ?? "") }

    /// A text without what may be a phone or an address.
    package static func masked(_ text: String) -> String {
        let words = text.split(separator: " ", omittingEmptySubsequences: false).map { word in
            word.contains("@") || word.contains("://") ? mask[...] : word
        }
        return withoutLongDigits(words.joined(separator: " "))
    }

    private static func withoutLongDigits(_ text: String) -> String {
        var shown = String.UnicodeScalarView()
        // A run from its first digit to its last, and what follows that and may still belong to it.
        var run = String.UnicodeScalarView()
        var rest = String.UnicodeScalarView()
        var digits = 0
        func end() {
            shown.append(contentsOf: digits >= fewestDigits ? mask.unicodeScalars : run)
            shown.append(contentsOf: rest)
            run = String.UnicodeScalarView()
            rest = run
            digits = 0
        }
        for scalar in text.unicodeScalars {
            if scalar.properties.numericType == .decimal {
                run.append(contentsOf: rest)
                rest = String.UnicodeScalarView()
                run.append(scalar)
                digits += 1
            } else if digits > 0, rest.count < 3, isBetweenDigits(scalar) {
                rest.append(scalar)
            } else {
                end()
                shown.append(scalar)
            }
        }
        end()
        return String(shown)
    }

    private static func isBetweenDigits(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isWhitespace || "()-./+_".unicodeScalars.contains(scalar)
            || scalar.properties.generalCategory == .dashPunctuation || scalar.properties.generalCategory == .format
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
