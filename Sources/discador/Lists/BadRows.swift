import CampaignCore
import Synchronization

/// A row that could not be read.
struct BadRow: Codable, Sendable {
    var file: String
    var line: Int
    var reason: String
    var suggestion: String
}

/// Counts bad rows and remembers the first of them, for a message.
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

    /// The first of them, a line each, and how many more there are.
    var text: String { Self.text(first, of: count) }

    static func text(_ first: [BadRow], of count: Int) -> String {
        let lines = first.map { "  \($0.file):\($0.line): \($0.reason): \($0.suggestion)" }
        return (lines + (count > first.count ? ["  … and \(count - first.count) more"] : [])).joined(separator: "\n")
    }

    func note(_ reject: ListReject, of file: String) {
        note(BadRow(file: file, line: reject.line, reason: reject.reason, suggestion: reject.suggestion))
    }

    /// Lines that were skipped at the top may hold contacts, who would be lost.
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

/// A list of which not one row could be used: an error, whatever else was done.
struct UnusableList {
    /// As it was named on the command line.
    let file: String
    /// Rejected rows, by the code of the reason.
    var reasons: [String: Int] = [:]
    /// Whether it has blank rows.
    var hasBlankRows = false
    /// Whether it is the very same file as one that could not be used before.
    private var isKnown = false

    init(file: String) {
        self.file = file
    }

    /// Nil when any row of the list could be used.
    init?(_ totals: ImportTotals) {
        guard !totals.hasUsableRows else { return nil }
        file = totals.file
        reasons = totals.reasons
        hasBlankRows = totals.blank > 0
        isKnown = totals.unchangedSince != nil
    }

    /// Why, with the reasons counted, and what to do.
    var message: String {
        let counted = reasons.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { "\($0.value) × \($0.key)" }
        let found = isKnown ? "as when it was first imported" : hasBlankRows ? "all are blank" : "it has none"
        return
            "No row of \(file) could be used (\(counted.isEmpty ? found : counted.joined(separator: ", "))); name "
            + "the phone column with --columns phone=<column>, or skip a title "
            + "above the header with --skip-lines."
    }
}
