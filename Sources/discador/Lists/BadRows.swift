import CampaignCore
import CampaignStore
import Synchronization

/// Reads a list of numbers that are not to be called.
struct BlockListReader: Sendable {
    /// What people call the column with the reason.
    private static let reasonNames: Set = ["motivo", "reason", "razao", "razão", "razon", "razón"]

    let reading: ListReading
    /// For rows without a reason of their own.
    let reason: String

    /// Reads a list to its end.
    ///
    /// - Returns: why it was of no use at all; nil when a number was in it.
    func read(_ file: ListFile, into writer: BlockWriter, _ bad: BadRowCount) throws -> UnusableList? {
        var unusable: UnusableList? = UnusableList(file: file.name)
        var source = try ByteSource(file)
        var list = ListReader(file: file.name, reading: reading, sample: try source.read())
        var hasBegun = false
        while true {
            while let row = try list.next() {
                if !hasBegun, let skipped = list.skipped { bad.note(skipped, of: file.name) }
                hasBegun = true
                switch row {
                case .contact(let contact):
                    unusable = nil
                    try writer.add(contact.phone, reason: reason(of: contact, list.columns))
                case .reject(let reject):
                    unusable?.reasons[reject.reason, default: 0] += 1
                    bad.note(reject, of: file.name)
                case .blank: unusable?.hasBlankRows = true
                }
            }
            guard !list.isFinished else { return unusable }
            list.append(try source.read())
        }
    }

    private func reason(of contact: ListContact, _ columns: [String]) -> String {
        guard let place = columns.firstIndex(where: { Self.reasonNames.contains($0.lowercased()) }),
            place < contact.cells.count
        else { return reason }
        let own = contact.cells.string(at: place)
        return own.isEmpty ? reason : own
    }
}

/// A row that could not be taken.
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

    /// How many there were.
    var count: Int { state.withLock(\.count) }

    /// The first of them.
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

    /// Somebody may be lost with lines that were left out at the top.
    func note(_ skipped: SkippedLines, of file: String) {
        guard skipped.mayLoseContacts else { return }
        for line in skipped.firstContacts {
            note(
                BadRow(
                    file: file, line: line.number, reason: Self.leftOut,
                    suggestion: "It looks like a contact; leave out fewer lines with --skip-lines."))
        }
        let others = skipped.contacts - skipped.firstContacts.count + skipped.unread
        guard others > 0 else { return }
        note(
            BadRow(
                file: file, line: skipped.count, reason: Self.leftOut,
                suggestion: "\(others) more lines were left out that look like contacts or were not looked at."))
    }

    private static let leftOut = "left_out"

    private func note(_ row: BadRow) {
        state.withLock { state in
            state.count += 1
            if state.first.count < kept { state.first.append(row) }
        }
    }
}
