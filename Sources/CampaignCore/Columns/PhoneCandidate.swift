/// A column that could be the phone, with what the rows that have been looked at have in it.
package struct PhoneCandidate: Hashable, Sendable {
    /// Its place, 0-based.
    package var place: Int
    /// Whether landlines in it may be called.
    package var acceptsFixed = true
    /// The numbers in it, by their kind.
    package var kinds = KindCounts()
    /// Cells that are neither empty nor a number.
    package var others = 0
    /// Empty cells.
    package var empty = 0

    /// The numbers in it that may be called.
    var usable: Int { acceptsFixed ? kinds.all : kinds.all - kinds.fixed }
}

extension ColumnError {
    private static let maxProposed = 5

    /// Proposes the column with the most mobile numbers, and all that have any.
    static func ambiguousPhone(_ candidates: [PhoneCandidate], _ rows: Int, _ columns: [String]) -> Phrase {
        // The sort is stable: of two alike the first in the file is first.
        let best = candidates.sorted { $0.kinds.mobile > $1.kinds.mobile }
        let filled = best.filter { $0.usable > 0 }
        let several = (filled.count > 1 ? filled : best).prefix(maxProposed).map { name($0, columns) }
        let names = list(candidates.map { columns[$0.place] })
        let choice = best.first.map { name($0, columns) } ?? "<column>"
        let one = "columns: {phone: \(shown(choice))}"
        let all = "columns: {phone: [\(several.map { shown($0) }.joined(separator: ", "))]}"
        return Phrase { language in
            let counts = counts(candidates, rows, columns, language)
            let seen =
                rows == 0
                ? language.text("; choose", "; escolha") : ". \(counts). \(language.text("Choose", "Escolha"))"
            let arguments = arguments(several).map { "--columns \($0)\(language.text(", or ", ", ou "))" } ?? ""
            return language.text(
                "More than one column could be the \(ContactColumn.phone.rawValue): \(names) (columns seen: "
                    + "\(list(columns)))\(seen) one with --columns \(argument(.phone, choice)), or in campaign.yml: \(one); "
                    + "or several, of which the first in each row that can be called is, mobile before fixed, with "
                    + "\(arguments)in campaign.yml: \(all).",
                "Mais de uma coluna pode ser \(ContactColumn.phone.rawValue): \(names) (colunas vistas: "
                    + "\(list(columns)))\(seen) uma com --columns \(argument(.phone, choice)), ou em campaign.yml: \(one); "
                    + "ou várias, das quais em cada linha vale a primeira para a qual se pode ligar, celular antes de fixo, "
                    + "com \(arguments)em campaign.yml: \(all).")
        }
    }

    /// `In the first 3 rows, "Celular" has 2 mobile and 0 fixed numbers, and 1 cell with neither; …`.
    private static func counts(
        _ candidates: [PhoneCandidate], _ rows: Int, _ columns: [String], _ language: Language
    ) -> String {
        let found = candidates.prefix(maxShown).map { candidate in
            let kinds = candidate.kinds
            var parts = [
                "\(kinds.mobile) \(language.text("mobile", kinds.mobile == 1 ? "celular" : "celulares"))",
                "\(kinds.fixed) \(language.text("fixed", kinds.fixed == 1 ? "fixo" : "fixos"))",
            ]
            if kinds.unknown > 0 {
                parts.append("\(kinds.unknown) \(language.text("of an unknown kind", "de tipo desconhecido"))")
            }
            parts.append("\(candidate.others) \(language.text("neither", "nem um nem outro"))")
            if candidate.empty > 0 {
                parts.append(
                    "\(candidate.empty) \(language.text("empty", candidate.empty == 1 ? "vazia" : "vazias"))")
            }
            return "\(shown(columns[candidate.place])): \(parts.joined(separator: ", "))"
        }
        let start = language.text(
            "In the first \(rows) \(rows == 1 ? "row" : "rows")",
            "Entre as primeiras linhas (\(rows))")
        return "\(start): \(found.joined(separator: "; "))"
    }

    /// Its name, or its number where several columns have that name.
    private static func name(_ candidate: PhoneCandidate, _ columns: [String]) -> String {
        choice([columns[candidate.place]], columns, at: candidate.place)
    }

    /// As it is typed in a shell; nil where that cannot be shown.
    private static func arguments(_ names: [String]) -> String? {
        let each = names.map { argument(.phone, $0) }
        guard !each.contains(where: { $0.hasSuffix("<column>") }) else { return nil }
        let isPlain = each.allSatisfy { !$0.hasPrefix("'") }
        let plain = names.map { "\(ContactColumn.phone.rawValue)=\($0)" }.joined(separator: ",")
        return isPlain ? plain : "'\(plain)'"
    }
}
