/// A column that could be the phone, with what the rows that have been looked at have in it.
package struct PhoneCandidate: Hashable, Sendable {
    /// Its place, 0-based.
    package var place: Int
    /// The numbers in it, by their kind.
    package var kinds = KindCounts()
    /// Cells that are neither empty nor a number.
    package var others = 0
    /// Empty cells.
    package var empty = 0
}

extension ColumnError {
    private static let maxProposed = 5

    /// Proposes the column with the most mobile numbers, and all that have any.
    static func ambiguousPhone(_ candidates: [PhoneCandidate], _ rows: Int, _ columns: [String]) -> String {
        // The sort is stable: of two alike the first in the file is first.
        let best = candidates.sorted { $0.kinds.mobile > $1.kinds.mobile }
        let filled = best.filter { $0.kinds.all > 0 }
        let several = (filled.count > 1 ? filled : best).prefix(maxProposed).map { name($0, columns) }
        let names = candidates.map { columns[$0.place] }
        let choice = best.first.map { name($0, columns) } ?? "<column>"
        let seen = rows == 0 ? "" : ". \(counts(candidates, rows, columns)). Choose"
        return "More than one column could be the \(ContactColumn.phone.rawValue): \(list(names)) "
            + "(columns seen: \(list(columns)))\(seen.isEmpty ? "; choose" : seen) one with --columns "
            + "\(argument(.phone, choice)), or in campaign.yml: columns: {phone: \(shown(choice))}; or several, of which the "
            + "first in each row that can be called is, mobile before fixed, with \(arguments(several))in campaign.yml: "
            + "columns: {phone: [\(several.map { shown($0) }.joined(separator: ", "))]}."
    }

    /// `In the first 3 rows, "Celular" has 2 mobile and 0 fixed numbers, and 1 cell with neither; …`.
    private static func counts(_ candidates: [PhoneCandidate], _ rows: Int, _ columns: [String]) -> String {
        let found = candidates.prefix(maxShown).map { candidate in
            let kinds = candidate.kinds
            var parts = ["\(kinds.mobile) mobile", "\(kinds.fixed) fixed"]
            if kinds.unknown > 0 { parts.append("\(kinds.unknown) of an unknown kind") }
            parts.append("\(candidate.others) neither")
            if candidate.empty > 0 { parts.append("\(candidate.empty) empty") }
            return "\(shown(columns[candidate.place])): \(parts.joined(separator: ", "))"
        }
        return "In the first \(rows) \(rows == 1 ? "row" : "rows"): \(found.joined(separator: "; "))"
    }

    /// Its name, or its number where several columns have that name.
    private static func name(_ candidate: PhoneCandidate, _ columns: [String]) -> String {
        choice([columns[candidate.place]], columns, at: candidate.place)
    }

    /// As it is typed in a shell; nothing where that cannot be shown.
    private static func arguments(_ names: [String]) -> String {
        let each = names.map { argument(.phone, $0) }
        guard !each.contains(where: { $0.hasSuffix("<column>") }) else { return "" }
        let isPlain = each.allSatisfy { !$0.hasPrefix("'") }
        let plain = names.map { "\(ContactColumn.phone.rawValue)=\($0)" }.joined(separator: ",")
        return "--columns \(isPlain ? plain : "'\(plain)'"), or "
    }
}
