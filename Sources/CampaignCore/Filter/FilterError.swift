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
        case noComparison(String, field: String, Phrase)
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

    /// One sentence for people.
    package var phrase: Phrase { Phrase("column \(column): ", "coluna \(column): ") + problem.phrase }
}

extension FilterError.Problem {
    fileprivate var phrase: Phrase {
        switch self {
        case .empty:
            Phrase(
                "the expression is empty; write a condition such as state = failed.",
                "a expressão está vazia; escreva uma condição como state = failed.")
        case .unclosed(let opening, let closing):
            Phrase(
                "\(opening) is never closed; write \(closing) after what it encloses.",
                "\(opening) nunca fecha; escreva \(closing) depois do que fica dentro.")
        case .strayBracket:
            Phrase(
                "] closes nothing; column names go in brackets, as in [Nome do Cliente].",
                "] não fecha nada; nomes de colunas ficam entre colchetes, como em [Nome do Cliente].")
        case .strayParenthesis:
            Phrase(
                ") closes nothing; remove it, or write ( before it.",
                ") não fecha nada; remova-o, ou escreva ( antes dele.")
        case .tooDeep(let limit):
            Phrase(
                "more than \(limit) nested parentheses and nots; write it more simply.",
                "mais de \(limit) parênteses e not uns dentro dos outros; escreva de forma mais simples.")
        case .unknownComparison(let sign, let meant?):
            Phrase("\(sign) is not a comparison; write \(meant).", "\(sign) não é uma comparação; escreva \(meant).")
        case .unknownComparison(let sign, nil):
            Phrase(
                "\(sign) is not a comparison; use =, !=, <, <=, >, >=, ~, !~ or in (…).",
                "\(sign) não é uma comparação; use =, !=, <, <=, >, >=, ~, !~ ou in (…).")
        case .unknownField(let name, let columns): Self.unknown(name, columns)
        case .unknownColumn(let name, let columns): Self.unknown(column: name, columns)
        case .quotedField(let text):
            Phrase(
                "\(ColumnError.shown(text)) is where a field should be; column names go in brackets, as in "
                    + "[Nome do Cliente], and only values in quotes.",
                "\(ColumnError.shown(text)) está onde devia haver um campo; nomes de colunas ficam entre colchetes, como em "
                    + "[Nome do Cliente], e só valores ficam entre aspas.")
        case .noField(let found):
            Self.found(found)
                + Phrase(
                    " where a field should be; write one such as state or error.",
                    " onde devia haver um campo; escreva um como state ou error.")
        case .noComparison(let found, let field, let comparisons):
            Self.found(found)
                + Phrase(
                    " where a comparison should be; write \(comparisons.english) after \(field), and put a "
                        + "name of several words in brackets, as in [Nome do Cliente].",
                    " onde devia haver uma comparação; escreva \(comparisons.portuguese) depois de \(field), e ponha um "
                        + "nome de várias palavras entre colchetes, como em [Nome do Cliente].")
        case .noValue(let found):
            Self.found(found)
                + Phrase(
                    " where a value should be; put a value in quotes unless it is one plain word.",
                    " onde devia haver um valor; ponha o valor entre aspas, a não ser que seja uma só palavra simples.")
        case .bracketedValue(let text):
            Phrase(
                "[\(text)] is a column name where a value should be; put values in quotes.",
                "[\(text)] é um nome de coluna onde devia haver um valor; ponha valores entre aspas.")
        case .noList(let found):
            Self.found(found)
                + Phrase(
                    " where a list should start; write in (11, 21).",
                    " onde devia começar uma lista; escreva in (11, 21).")
        case .noComma(let found):
            Self.found(found)
                + Phrase(
                    " where , or ) should be; put a value with spaces in quotes.",
                    " onde devia haver , ou ); ponha um valor com espaços entre aspas.")
        case .afterCondition(let found, let meant?):
            Phrase(
                "“\(found)” does not join conditions; write \(meant).",
                "“\(found)” não liga condições; escreva \(meant).")
        case .afterCondition(let found, nil):
            Self.found(found)
                + Phrase(
                    " where and, or or the end should be; put a value with spaces or commas in quotes.",
                    " onde devia haver and, or ou o fim; ponha um valor com espaços ou vírgulas entre aspas.")
        case .value(let problem): problem.phrase
        }
    }

    private static func found(_ text: String) -> Phrase {
        text.isEmpty
            ? Phrase("the expression ends", "a expressão termina") : Phrase("“\(text)” is", "“\(text)” está")
    }

    private static func unknown(_ name: String, _ columns: [String]) -> Phrase {
        let fields = FilterField.known.map(\.name)
        // Of a name of several words without brackets, only the first word gets here.
        let longer = columns.first {
            HeaderName($0).words.count > 1 && HeaderName($0).words.first == HeaderName(name).joined
        }
        let meant = longer.map { FilterError.asked("[\($0)]") } ?? FilterError.meant(name, among: fields + columns)
        let list = fields.joined(separator: ", ")
        return Phrase("“\(name)” is not a field", "“\(name)” não é um campo") + meant
            + Phrase("; the fields are \(list)", "; os campos são \(list)") + own(columns) + Phrase(verbatim: ".")
    }

    private static func unknown(column name: String, _ columns: [String]) -> Phrase {
        let shown = ColumnError.shown(name)
        guard FilterField(word: name, columns: []) == nil else {
            return Phrase(
                "no list has a column \(shown); for the field write it without brackets.",
                "nenhuma lista tem uma coluna \(shown); para o campo, escreva sem colchetes.")
        }
        return Phrase("no list has a column \(shown)", "nenhuma lista tem uma coluna \(shown)")
            + FilterError.meant(name, among: columns) + own(columns) + Phrase(verbatim: ".")
    }

    private static func own(_ columns: [String]) -> Phrase {
        guard !columns.isEmpty else { return Phrase(verbatim: "") }
        let list = ColumnError.list(columns)
        return Phrase("; the lists have \(list)", "; as listas têm \(list)")
    }
}

extension FilterError {
    /// Asks whether the closest of the known words was meant, when one is close enough.
    static func meant(_ text: String, among known: [String]) -> Phrase {
        ClosestName.to(text, among: known).map(asked) ?? Phrase(verbatim: "")
    }

    fileprivate static func asked(_ name: String) -> Phrase {
        Phrase(" (did you mean \(name)?)", " (seria \(name)?)")
    }
}
