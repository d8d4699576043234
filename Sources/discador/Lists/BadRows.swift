import CampaignCore
import Synchronization

/// A row that could not be read.
struct BadRow: Codable, Sendable {
    var file: String
    var line: Int
    var reason: String
    var suggestion: String
}

/// Counts bad rows and remembers the first of them for a message.
final class BadRowCount: Sendable {
    private struct State {
        var count = 0
        var first: [BadRow] = []
    }

    private let kept: Int
    private let state = Mutex(State())

    /// - Parameter kept: how many rows are remembered.
    init(kept: Int = 5) { self.kept = kept }

    var count: Int { state.withLock(\.count) }

    var first: [BadRow] { state.withLock(\.first) }

    /// The first rows, one per line, and how many more there are.
    var text: String { Self.text(first, of: count) }

    static func text(_ first: [BadRow], of count: Int) -> String {
        let lines = first.map { "  \($0.file):\($0.line): \($0.reason): \($0.suggestion)" }
        return (lines + (count > first.count ? ["  … and \(count - first.count) more"] : [])).joined(separator: "\n")
    }

    func note(_ reject: ListReject, of file: String) {
        note(BadRow(file: file, line: reject.line, reason: reject.reason, suggestion: reject.suggestion))
    }

    /// Notes lines skipped at the top that may contain contacts, which would be lost.
    func note(_ skipped: SkippedLines, of file: String) {
        guard skipped.mayLoseContacts else { return }
        for line in skipped.firstContacts {
            note(
                BadRow(
                    file: file, line: line.number, reason: Self.leftOut,
                    suggestion: "It looks like a contact: skip fewer lines with --skip-lines."))
        }
        let others = skipped.contacts - skipped.firstContacts.count + skipped.unread
        guard others > 0 else { return }
        note(
            BadRow(
                file: file, line: skipped.count, reason: Self.leftOut,
                suggestion: "\(others) more skipped lines look like contacts or were not checked."))
    }

    private static let leftOut = "left_out"

    private func note(_ row: BadRow) {
        state.withLock { state in
            state.count += 1
            if state.first.count < kept { state.first.append(row) }
        }
    }
}

/// A list without a single usable row: an error, whatever else was done.
struct UnusableList {
    /// As the user named it on the command line.
    let file: String
    /// Number of rejected rows by reason code.
    var reasons: [String: Int] = [:]
    /// Whether it has blank rows.
    var hasBlankRows = false
    /// Whether it is the same file as one that could not be used before.
    private var isKnown = false

    init(file: String) {
        self.file = file
    }

    /// Nil when at least one row of the list could be used.
    init?(_ totals: ImportTotals) {
        guard !totals.hasUsableRows else { return nil }
        file = totals.file
        reasons = totals.reasons
        hasBlankRows = totals.blank > 0
        isKnown = totals.unchangedSince != nil
    }

    /// Why, with the number of rows for each reason, and what to do.
    var message: String {
        let counted = reasons.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { "\($0.value) × \($0.key)" }
        let found = isKnown ? "as when it was first imported" : hasBlankRows ? "all are blank" : "it has none"
        return
            "No row of \(file) could be used (\(counted.isEmpty ? found : counted.joined(separator: ", "))); name "
            + "the phone column with --columns phone=<column>, or skip a title "
            + "above the header with --skip-lines."
    }
}
