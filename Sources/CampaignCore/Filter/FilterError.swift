/// Why a filter cannot be understood: where, what was found, and what would be right.
package struct FilterError: Error, Hashable, Sendable, Explained {
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

    /// Its position in characters from the beginning of the expression, from 1.
    package let column: Int
    let problem: Problem

    init(_ column: Int, _ problem: Problem) {
        self.column = column
        self.problem = problem
    }

    /// The same in every language.
    package var phrase: Phrase { Phrase(verbatim: description) }

    /// One sentence for people.
    package var description: String { "column \(column): \(problem.text)" }
}

extension FilterError.Problem {
    fileprivate var text: String {
        switch self {
        case .empty: "the expression is empty; write a condition such as state = failed."
        case .unclosed(let opening, let closing): "\(opening) is never closed; write \(closing) after what it encloses."
        case .strayBracket: "] closes nothing; column names go in brackets, as in [Nome do Cliente]."
        case .strayParenthesis: ") closes nothing; remove it, or write ( before it."
        case .tooDeep(let limit): "more than \(limit) nested parentheses and nots; write it more simply."
        case .unknownComparison(let sign, let meant):
            meant.map { "\(sign) is not a comparison; write \($0)." }
                ?? "\(sign) is not a comparison; use =, !=, <, <=, >, >=, ~, !~ or in (…)."
        case .unknownField(let name, let columns): Self.unknown(name, columns)
        case .unknownColumn(let name, let columns): Self.unknown(column: name, columns)
        case .quotedField(let text):
            "\(ColumnError.shown(text)) is where a field should be; column names go in brackets, as in "
                + "[Nome do Cliente], and only values in quotes."
        case .noField(let found): "\(Self.found(found)) where a field should be; write one such as state or error."
        case .noComparison(let found, let field, let comparisons):
            "\(Self.found(found)) where a comparison should be; write \(comparisons) after \(field), and put a "
                + "name of several words in brackets, as in [Nome do Cliente]."
        case .noValue(let found):
            "\(Self.found(found)) where a value should be; put a value in quotes unless it is one plain word."
        case .bracketedValue(let text):
            "[\(text)] is a column name where a value should be; put values in quotes."
        case .noList(let found): "\(Self.found(found)) where a list should start; write in (11, 21)."
        case .noComma(let found):
            "\(Self.found(found)) where , or ) should be; put a value with spaces in quotes."
        case .afterCondition(let found, let meant):
            meant.map { "“\(found)” does not join conditions; write \($0)." }
                ?? "\(Self.found(found)) where and, or or the end should be; put a value with spaces or commas in quotes."
        case .value(let problem): problem.text
        }
    }

    private static func found(_ text: String) -> String {
        text.isEmpty ? "the expression ends" : "“\(text)” is"
    }

    private static func unknown(_ name: String, _ columns: [String]) -> String {
        let fields = FilterField.known.map(\.name)
        // Of a name of several words without brackets, only the first word gets here.
        let longer = columns.first {
            HeaderName($0).words.count > 1 && HeaderName($0).words.first == HeaderName(name).joined
        }
        let meant = longer.map { " (did you mean [\($0)]?)" } ?? FilterError.meant(name, among: fields + columns)
        return "“\(name)” is not a field\(meant); the fields are "
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

/// Why a value of a filter cannot be compared with its field.
enum FilterValueProblem: Hashable {
    case senseless(String, field: String, comparisons: String)
    case containsNothing(field: String)
    case unknownState(String)
    case unknownWord(String, field: String, words: [String])
    case noPhone(String, PhoneProblem)
    case noDigits(String)
    case noNumber(String, field: String)
    case ambiguousNumber(String)
    case noMoment(String, field: String)

    /// One sentence, and what would be right.
    var text: String {
        switch self {
        case .senseless(let comparison, let field, let comparisons):
            "\(field) cannot be compared with \(comparison); use \(comparisons)."
        case .containsNothing(let field):
            "every value contains the empty text; write \(field) = \"\" for unknown values, or the text that it must contain."
        case .unknownState(let text):
            "“\(text)” is not a state\(FilterError.meant(text, among: Self.states)); the states are "
                + "\(Self.states.joined(separator: ", "))."
        case .unknownWord(let text, let field, let words):
            "\(field) is never “\(text)”\(FilterError.meant(text, among: words)); it is \(words.joined(separator: " or ")), "
                + "or \"\" where it is unknown."
        case .noPhone(let text, let problem): "“\(text)” is not a phone number. \(problem.suggestion)"
        case .noDigits(let text): "“\(text)” has no digits to look for in a phone number; write some."
        case .noNumber(let text, let field): "“\(text)” is not a number; \(field) is compared with one such as 500."
        case .ambiguousNumber(let text):
            "“\(text)” can be read in two ways; write thousands without a separator, or two decimals."
        case .noMoment(let text, let field):
            "“\(text)” is not a date or time; \(field) is compared with one such as 2026-11-25 or 2026-11-25T09:30."
        }
    }

    private static let states = CallState.allCases.map(\.rawValue)
}
