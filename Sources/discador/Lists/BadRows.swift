import CampaignCore
import Synchronization

/// A row that could not be read.
struct BadRow: Codable, Sendable {
    var file: String
    var line: Int
    var reason: String
    var suggestion: Phrase
}

extension BadRow {
    /// A row that could not be read, as JSON.
    struct Document: Encodable {
        var file: String
        var line: Int
        var reason: String
        var suggestion: String

        init(_ row: BadRow) {
            (file, line, reason, suggestion) = (row.file, row.line, row.reason, row.suggestion.english)
        }
    }
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
    var text: Phrase { Self.text(first, of: count) }

    static func text(_ first: [BadRow], of count: Int) -> Phrase {
        let rest = count - first.count
        let lines = first.map { Phrase(verbatim: "  \($0.file):\($0.line): \($0.reason): ") + $0.suggestion }
        return (lines + (rest > 0 ? [Phrase("  … and \(rest) more", "  … e mais \(rest)")] : []))
            .joined(separator: "\n")
    }

    func note(_ reject: ListReject, of file: String) {
        note(
            BadRow(
                file: file, line: reject.line, reason: reject.reason,
                suggestion: reject.remedy))
    }

    /// Notes lines skipped at the top that may contain contacts, which would be lost.
    func note(_ skipped: SkippedLines, of file: String) {
        guard skipped.mayLoseContacts else { return }
        for line in skipped.firstContacts {
            note(
                BadRow(
                    file: file, line: line.number, reason: Self.leftOut,
                    suggestion: Phrase(
                        "It looks like a contact: skip fewer lines with --skip-lines.",
                        "Parece um contato: pule menos linhas com --skip-lines.")))
        }
        let others = skipped.contacts - skipped.firstContacts.count + skipped.unread
        guard others > 0 else { return }
        note(
            BadRow(
                file: file, line: skipped.count, reason: Self.leftOut,
                suggestion: Phrase(
                    "\(others) more skipped lines look like contacts or were not checked.",
                    "Mais \(others) linhas puladas parecem contatos ou não foram verificadas.")))
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
    var message: Phrase {
        let counted = reasons.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { "\($0.value) × \($0.key)" }
        let why = counted.isEmpty ? found : Phrase(verbatim: counted.joined(separator: ", "))
        return Phrase(
            "No row of \(file) could be used (\(why.english)); name the phone column with --columns phone=<column>, or "
                + "skip a title above the header with --skip-lines.",
            "Nenhuma linha de \(file) pôde ser usada (\(why.portuguese)); indique a coluna do telefone com "
                + "--columns phone=<coluna>, ou pule um título acima do cabeçalho com --skip-lines.")
    }

    private var found: Phrase {
        guard !isKnown else {
            return Phrase("as when it was first imported", "como quando foi importada pela primeira vez")
        }
        return hasBlankRows ? Phrase("all are blank", "todas estão em branco") : Phrase("it has none", "não há nenhuma")
    }
}
