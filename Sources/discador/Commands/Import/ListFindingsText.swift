import CampaignCore
import Reports

/// What was found in a list, in words.
struct ListFindingsText {
    private static let maxCell = 40
    private static let maxSuggestion = 400

    private let findings: ListFindings
    private let file: String
    /// How many rows were rejected.
    private let rejected: Int

    init(_ findings: ListFindings, file: String, rejected: Int) {
        self.findings = findings
        self.file = file
        self.rejected = rejected
    }

    /// Which columns are the phone, and what kinds of numbers they have.
    var phoneLines: [String] {
        let phones = findings.phones
        let names = phones.columns.map { "\(Self.shown($0.name)) (column \($0.number))" }.joined(separator: ", ")
        let further = phones.further == 0 ? "" : "; \(phones.further.counted("further number")) of the same people"
        let line = "  phone = \(names): \(Self.text(phones.kinds))\(further)"
        guard phones.columns.count > 1 else { return [line] + remarks }
        let columns = phones.columns.map { column in
            let unusable = column.unusable == 0 ? "" : ", \(column.unusable) unusable beside another number"
            return "    \(Self.shown(column.name)): \(Self.text(column.kinds))\(unusable)"
        }
        return [line] + columns + remarks
    }

    /// The first rejects, with their cells.
    var rejectLines: [String] {
        var lines = findings.rejects.map { reject in
            "  \(findings.sheet == nil ? "line" : "row") \(reject.line): \(cell(of: reject))\(reject.reason): "
                + TerminalText.line(reject.suggestion, width: Self.maxSuggestion)
        }
        let others = rejected - findings.rejects.count
        if others > 0, !lines.isEmpty { lines.append("  … and \(others) more rejected") }
        return lines
    }

    private func cell(of reject: ListFindings.Reject) -> String {
        guard let cell = reject.cell, !cell.isEmpty else { return "" }
        // With several phone columns the remedy names the one.
        let column = findings.phones.columns.count > 1 ? nil : reject.column
        return Self.shown(cell) + (column.map { " in \(Self.shown($0))" } ?? "") + ", "
    }

    private var remarks: [String] {
        let count = findings.hiddenRows
        return (count > 0 ? ["  left out: \(count.counted("hidden row")) of the sheet (--hidden skip)"] : [])
            + encodingLines
    }

    private var encodingLines: [String] {
        guard let encoding = findings.likelierEncoding else { return [] }
        return [
            "  read as Windows-1252, but its names look like \(encoding.name): see how they are read with --preview, and "
                + "with --encoding \(encoding.name) too"
        ]
    }

    /// `2 mobile, 1 fixed`.
    private static func text(_ kinds: KindCounts) -> String {
        "\(kinds.mobile) mobile, \(kinds.fixed) fixed"
            + (kinds.unknown == 0 ? "" : ", \(kinds.unknown) of an unknown kind")
    }

    private static func shown(_ text: String) -> String { "“\(TerminalText.line(text, width: maxCell))”" }
}
