/// Why a value of a filter cannot be compared with its field.
enum FilterValueProblem: Hashable {
    case senseless(String, field: String, comparisons: Phrase)
    case containsNothing(field: String)
    case unknownState(String)
    case unknownWord(String, field: String, words: [String])
    case noPhone(String, PhoneProblem)
    case noDigits(String)
    case noNumber(String, field: String)
    case ambiguousNumber(String)
    case noMoment(String, field: String)

    /// One sentence, and what would be right.
    var phrase: Phrase {
        switch self {
        case .senseless(let comparison, let field, let comparisons):
            Phrase(
                "\(field) cannot be compared with \(comparison); use \(comparisons.english).",
                "\(field) não pode ser comparado com \(comparison); use \(comparisons.portuguese).")
        case .containsNothing(let field):
            Phrase(
                "every value contains the empty text; write \(field) = \"\" for unknown values, or the text that it must contain.",
                "todo valor contém o texto vazio; escreva \(field) = \"\" para valores desconhecidos, ou o texto que ele deve conter."
            )
        case .unknownState(let text):
            Phrase("“\(text)” is not a state", "“\(text)” não é um estado")
                + FilterError.meant(text, among: Self.states)
                + Phrase(
                    "; the states are \(Self.states.joined(separator: ", ")).",
                    "; os estados são \(Self.states.joined(separator: ", ")).")
        case .unknownWord(let text, let field, let words):
            Phrase("\(field) is never “\(text)”", "\(field) nunca é “\(text)”") + FilterError.meant(text, among: words)
                + Phrase(
                    "; it is \(words.joined(separator: " or ")), or \"\" where it is unknown.",
                    "; é \(words.joined(separator: " ou ")), ou \"\" onde não se sabe.")
        case .noPhone(let text, let problem):
            Phrase("“\(text)” is not a phone number. ", "“\(text)” não é um número de telefone. ") + problem.remedy
        case .noDigits(let text):
            Phrase(
                "“\(text)” has no digits to look for in a phone number; write some.",
                "“\(text)” não tem dígitos para procurar num telefone; escreva alguns.")
        case .noNumber(let text, let field):
            Phrase(
                "“\(text)” is not a number; \(field) is compared with one such as 500.",
                "“\(text)” não é um número; \(field) se compara com um como 500.")
        case .ambiguousNumber(let text):
            Phrase(
                "“\(text)” can be read in two ways; write thousands without a separator, or two decimals.",
                "“\(text)” pode ser lido de duas formas; escreva os milhares sem separador, ou duas casas decimais.")
        case .noMoment(let text, let field):
            Phrase(
                "“\(text)” is not a date or time; \(field) is compared with one such as 2026-11-25 or 2026-11-25T09:30.",
                "“\(text)” não é uma data ou hora; \(field) se compara com uma como 2026-11-25 ou 2026-11-25T09:30.")
        }
    }

    private static let states = CallState.allCases.map(\.rawValue)
}
