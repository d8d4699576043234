/// Why a filter cannot be understood: where, what was found, and what would be right.
package struct FilterError: Error, Hashable, Sendable, CustomStringConvertible {
    enum Problem: Hashable {
        case empty
        case unclosed(String, by: String)
        case strayBracket
        case strayParenthesis
        case tooDeep(Int)
        case unknownComparison(String, meant: String?)
        case unknownField(String, columns: [String])
        case unknownColumn(String, columns: [String])
        case quotedField(String)
        case noField(String)
        case noComparison(String, field: String, String)
        case noValue(String)
        case bracketedValue(String)
        case noList(String)
        case noComma(String)
        case afterCondition(String, meant: String?)
        /// The value cannot be compared with the field.
        case value(FilterValueProblem)
    }

    /// Where it stands, in characters from the beginning of the expression, from 1.
    package let column: Int
    let problem: Problem

    init(_ column: Int, _ problem: Problem) {
        self.column = column
        self.problem = problem
    }

    /// One sentence for people.
    package var description: String { "column \(column): \(problem.text)" }
}

extension FilterError.Problem {
    fileprivate var text: String {
        switch self {
        case .empty: "nothing is asked for; write a condition such as state = failed."
        case .unclosed(let opening, let closing): "\(opening) is never closed; write \(closing) behind what it holds."
        case .strayBracket: "] closes nothing; names of columns stand in brackets, as in [Nome do Cliente]."
        case .strayParenthesis: ") closes nothing; take it out, or write ( in front."
        case .tooDeep(let most): "more than \(most) parentheses and nots within each other; write it more simply."
        case .unknownComparison(let sign, let meant):
            meant.map { "\(sign) is no comparison here; write \($0)." }
                ?? "\(sign) is no comparison; there are =, !=, <, <=, >, >=, ~, !~ and in (…)."
        case .unknownField(let name, let columns): Self.unknown(name, columns)
        case .unknownColumn(let name, let columns): Self.unknown(column: name, columns)
        case .quotedField(let text):
            "\(ColumnError.shown(text)) stands where a field should; names of columns stand in brackets, as in "
                + "[Nome do Cliente], only values in quotes."
        case .noField(let found): "\(Self.found(found)) where a field should stand; write one such as state or error."
        case .noComparison(let found, let field, let comparisons):
            "\(Self.found(found)) where a comparison should stand; write \(comparisons) behind \(field), and put a "
                + "name of several words in brackets, as in [Nome do Cliente]."
        case .noValue(let found):
            "\(Self.found(found)) where a value should stand; put a value in quotes unless it is one plain word."
        case .bracketedValue(let text):
            "[\(text)] is the name of a column, where a value should stand; put values in quotes."
        case .noList(let found): "\(Self.found(found)) where a list should begin; write in (11, 21)."
        case .noComma(let found):
            "\(Self.found(found)) where , or ) should stand; put a value with spaces in quotes."
        case .afterCondition(let found, let meant):
            meant.map { "“\(found)” joins nothing here; write \($0)." }
                ?? "\(Self.found(found)) where and, or or the end should stand; put a value with spaces or commas in quotes."
        case .value(let problem): problem.text
        }
    }

    private static func found(_ text: String) -> String {
        text.isEmpty ? "the expression ends" : "“\(text)” stands"
    }

    private static func unknown(_ name: String, _ columns: [String]) -> String {
        let fields = FilterField.known.map(\.name)
        // Whoever writes a name of several words without brackets is heard with the first of them alone.
        let longer = columns.first {
            HeaderName($0).words.count > 1 && HeaderName($0).words.first == HeaderName(name).joined
        }
        let meant = longer.map { " (did you mean [\($0)]?)" } ?? FilterError.meant(name, among: fields + columns)
        return "“\(name)” is no field\(meant); there are "
            + "\(fields.joined(separator: ", "))\(own(columns))."
    }

    private static func unknown(column name: String, _ columns: [String]) -> String {
        guard FilterField(word: name, columns: []) == nil else {
            return "no list has a column \(ColumnError.shown(name)); for the field write it without brackets."
        }
        let meant = FilterError.meant(name, among: columns)
        return "no list has a column \(ColumnError.shown(name))\(meant)\(own(columns))."
    }

    private static func own(_ columns: [String]) -> String {
        columns.isEmpty ? "" : "; the lists have \(ColumnError.list(columns))"
    }
}

extension FilterError {
    /// Asks whether the closest of the known words was meant, when one is close enough.
    static func meant(_ text: String, among known: [String]) -> String {
        ClosestName.to(text, among: known).map { " (did you mean \($0)?)" } ?? ""
    }
}
