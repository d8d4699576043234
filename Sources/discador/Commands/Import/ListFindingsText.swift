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
    private let language: Language

    init(_ findings: ListFindings, file: String, rejected: Int, _ language: Language) {
        self.findings = findings
        self.file = file
        self.rejected = rejected
        self.language = language
    }

    /// Which columns are the phone, and what kinds of numbers they have.
    var phoneLines: [String] {
        let phones = findings.phones
        let column = language.text("column", "coluna")
        let names = phones.columns.map { "\(Self.shown($0.name)) (\(column) \($0.number))" }.joined(separator: ", ")
        let further =
            phones.further == 0
            ? ""
            : language.text(
                "; \(phones.further.counted("further number")) of the same people",
                "; mais \(phones.further.counted("número")) das mesmas pessoas")
        let line = "  phone = \(names): \(text(phones.kinds))\(further)"
        guard phones.columns.count > 1 else { return [line] + remarks }
        let columns = phones.columns.map { column in
            let unusable =
                column.unusable == 0
                ? ""
                : language.text(
                    ", \(column.unusable) unusable beside another number",
                    ", \(column.unusable.counted("inutilizável", "inutilizáveis")) ao lado de outro número")
            return "    \(Self.shown(column.name)): \(text(column.kinds))\(unusable)"
        }
        return [line] + columns + remarks
    }

    /// The first rejects, with their cells.
    var rejectLines: [String] {
        let unit = language.text(findings.sheet == nil ? "line" : "row", "linha")
        var lines = findings.rejects.map { reject in
            "  \(unit) \(reject.line): \(cell(of: reject))\(reject.reason): "
                + TerminalText.line(reject.remedy[language], width: Self.maxSuggestion)
        }
        let others = rejected - findings.rejects.count
        if others > 0, !lines.isEmpty {
            lines.append(
                language.text(
                    "  … and \(others) more rejected",
                    "  … e mais \(others.counted("rejeitada"))"))
        }
        return lines
    }

    /// The first rows whose number is in the list twice.
    ///
    /// - Parameter count: how many there are.
    func repeatLines(of count: Int) -> [String] {
        let unit = language.text(findings.sheet == nil ? "line" : "row", "linha")
        let shown = findings.repeats.filter(\.isInList).prefix(ListFindings.rejectsShown)
        var lines = shown.map { row in
            "  \(unit) \(row.line): \(RepeatText(row, file: file, unit: unit).phrase[language])"
        }
        let others = count - shown.count
        if others > 0, !lines.isEmpty {
            lines.append(
                language.text("  … and \(others) more duplicates", "  … e mais \(others.counted("repetida"))"))
        }
        return lines
    }

    private func cell(of reject: ListFindings.Reject) -> String {
        guard let cell = reject.cell, !cell.isEmpty else { return "" }
        // With several phone columns the remedy names the one.
        let column = findings.phones.columns.count > 1 ? nil : reject.column
        return Self.shown(cell) + (column.map { language.text(" in ", " em ") + Self.shown($0) } ?? "") + ", "
    }

    private var remarks: [String] {
        let count = findings.hiddenRows
        let hidden = language.text(
            "  left out: \(count.counted("hidden row")) of the sheet (--hidden skip)",
            "  de fora: \(count.counted("linha oculta", "linhas ocultas")) da planilha (--hidden skip)")
        return (count > 0 ? [hidden] : []) + encodingLines
    }

    private var encodingLines: [String] {
        guard let encoding = findings.likelierEncoding else { return [] }
        return [
            language.text(
                "  read as Windows-1252, but its names look like \(encoding.name): see how they are read with --preview, "
                    + "and with --encoding \(encoding.name) too",
                "  lida como Windows-1252, mas os nomes parecem \(encoding.name): veja como ficam com --preview, e também "
                    + "com --encoding \(encoding.name)")
        ]
    }

    /// `2 mobile, 1 fixed`.
    private func text(_ kinds: KindCounts) -> String {
        language.text(
            "\(kinds.mobile) mobile, \(kinds.fixed) fixed",
            "\(kinds.mobile.counted("celular", "celulares")), \(kinds.fixed.counted("fixo"))")
            + (kinds.unknown == 0
                ? ""
                : language.text(
                    ", \(kinds.unknown) of an unknown kind", ", \(kinds.unknown) de tipo desconhecido"))
    }

    private static func shown(_ text: String) -> String { "“\(TerminalText.line(text, width: maxCell))”" }
}

/// A row whose number did not become another contact, in words.
struct RepeatText {
    private let row: ListFindings.Repeat
    private let place: Phrase?

    /// - Parameters:
    ///   - file: the list that the row is in.
    ///   - unit: what its rows are called.
    init(_ row: ListFindings.Repeat, file: String, unit: String) {
        self.row = row
        place = row.firstFile.map { first in
            let line = row.firstLine.map { "\(unit) \($0)" }
            guard first != file || line == nil else { return Phrase(verbatim: line ?? first) }
            return line.map { Phrase("\($0) of \(first)", "\($0) de \(first)") } ?? Phrase(verbatim: first)
        }
    }

    /// `duplicate, 5511999999999 is already in line 2`.
    var phrase: Phrase {
        let number = Phrase("duplicate, \(row.phone)", "repetida, \(row.phone)")
        return number + (place.map { Phrase(" is already in ", " já está em: ") + $0 } ?? Phrase(verbatim: ""))
    }
}
