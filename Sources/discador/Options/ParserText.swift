import CampaignCore
import Foundation

/// The argument parser's own words, which it has in English only, in the user's language.
///
/// Its finished text is translated, line by line. Texts of this program in it are in that language already.
enum ParserText {
    /// What stands at the beginning of a line.
    private static let headings = [
        Phrase("OVERVIEW: ", ""), Phrase("USAGE: ", "USO: "), Phrase("Usage: ", "Uso: "),
        Phrase("ARGUMENTS:", "ARGUMENTOS:"), Phrase("OPTIONS:", "OPÇÕES:"), Phrase("SUBCOMMANDS:", "SUBCOMANDOS:"),
        Phrase("Error: ", "Erro: "), Phrase("Help:  ", "Ajuda:  "), Phrase("   or: ", "   ou: "),
    ]

    /// What stands anywhere, and nowhere else than in the parser's words.
    private static let remarks = [
        Phrase("Show the version.", "Mostra a versão."), Phrase("Show help information.", "Mostra esta ajuda."),
        Phrase("Show subcommand help information.", "Mostra a ajuda de um comando."),
        // What follows them may be on the next line.
        Phrase("(default:", "(padrão:"), Phrase("; default:", "; padrão:"), Phrase("(values:", "(valores:"),
        Phrase("                          default: ", "                          padrão: "),
        Phrase(" (default)", " (padrão)"),
    ]

    /// Whole lines; `{}` is what the user wrote, or a name.
    private static let sentences = [
        Phrase("  See '{}' for more information.", "  Mais informações: '{}'."),
        Phrase("  See '{}' for detailed help.", "  Ajuda de cada comando: '{}'."),
        Phrase("Erro: Unknown option '{}'. Did you mean '{}'?", "Erro: A opção '{}' não existe. Seria '{}'?"),
        Phrase("Erro: Unknown option '{}'", "Erro: A opção '{}' não existe."),
        Phrase("Erro: Invalid option: {}", "Erro: A opção {} não existe."),
        Phrase("Erro: Missing value for '{}'", "Erro: Falta o valor de '{}'."),
        Phrase(
            "Erro: The option '{}' does not take any value, but '{}' was specified.",
            "Erro: A opção '{}' não aceita um valor, mas foi escrito '{}'."),
        Phrase("Erro: Unexpected argument '{}'", "Erro: O argumento '{}' está sobrando."),
        Phrase("Erro: {} unexpected arguments: {}", "Erro: {} argumentos estão sobrando: {}"),
        Phrase("Erro: Missing expected argument '{}'", "Erro: Falta o argumento '{}'."),
        Phrase("Erro: Missing one of: {}", "Erro: Falta um destes: {}"),
        Phrase("Erro: Missing required subcommand.", "Erro: Falta o subcomando."),
        Phrase(
            "Erro: The value '{}' is invalid for '{}'. Please provide one of {}.",
            "Erro: O valor '{}' não serve para '{}'. Escolha um destes: {}."),
        Phrase(
            "Erro: The value '{}' is invalid for '{}'. Please provide one of the following:",
            "Erro: O valor '{}' não serve para '{}'. Escolha um destes:"),
        Phrase("Erro: The value '{}' is invalid for '{}'", "Erro: O valor '{}' não serve para '{}'."),
        Phrase(
            "Erro: Value to be set with {} had already been set with {}",
            "Erro: O que {} define já foi definido com {}"),
    ]

    /// The text of an error without the option that the parser proposes for an unknown one, unless the two are alike: it
    /// proposes any that shares a few letters.
    static func withoutFarProposals(_ text: String) -> String {
        text.components(separatedBy: "\n").map { line in
            let question = ". Did you mean '"
            guard let start = line.firstRange(of: "Unknown option '"), let end = line.firstRange(of: question),
                start.upperBound < end.lowerBound, line[..<end.lowerBound].hasSuffix("'")
            else { return line }
            let word = line[start.upperBound..<end.lowerBound].dropLast()
            let proposal = line[end.upperBound...].prefix { $0 != "'" }
            return isClose(String(word), String(proposal)) ? line : String(line[..<end.lowerBound])
        }.joined(separator: "\n")
    }

    private static func isClose(_ word: String, _ proposal: String) -> Bool {
        let (word, proposal) = (word.drop { $0 == "-" }, proposal.drop { $0 == "-" })
        let distance = NearestName.distance(word.lowercased(), proposal.lowercased())
        return distance <= 2 && distance * 3 <= max(word.count, proposal.count)
    }

    /// The text in this language. In both, the names of groups of commands are the headings of the groups.
    static func translated(_ text: String, to language: Language) -> String {
        text.components(separatedBy: "\n").map { line in
            let ending = " SUBCOMMANDS:"
            if line.hasSuffix(ending), line.uppercased() == line { return line.dropLast(ending.count) + ":" }
            return language.text(line, portuguese(line))
        }.joined(separator: "\n")
    }

    private static func portuguese(_ line: String) -> String {
        var line = line
        if let heading = headings.first(where: { line.hasPrefix($0.english) }) {
            line = heading.portuguese + line.dropFirst(heading.english.count)
        }
        for sentence in sentences {
            if let blanks = blanks(of: sentence.english, in: line) { return filled(sentence.portuguese, with: blanks) }
        }
        return remarks.reduce(line) { $0.replacing($1.english, with: $1.portuguese) }
    }

    /// What stands for each `{}` of a sentence in a line; nil when the line is another sentence.
    private static func blanks(of sentence: String, in line: String) -> [Substring]? {
        let parts = sentence.components(separatedBy: "{}")
        guard let first = parts.first, line.hasPrefix(first) else { return nil }
        var rest = line.dropFirst(first.count)
        var blanks: [Substring] = []
        for (index, part) in parts.enumerated().dropFirst() {
            // The last one reaches to the end of the line.
            let isLast = index == parts.count - 1
            if isLast {
                guard rest.hasSuffix(part) else { return nil }
                blanks.append(rest.dropLast(part.count))
            } else {
                guard let range = rest.firstRange(of: part) else { return nil }
                blanks.append(rest[..<range.lowerBound])
                rest = rest[range.upperBound...]
            }
        }
        return blanks
    }

    private static func filled(_ sentence: String, with blanks: [Substring]) -> String {
        let parts = sentence.components(separatedBy: "{}")
        let filled = zip(parts, blanks.map(String.init) + [""]).map { $0 + $1 }.joined()
        // The last two of several values.
        return filled.replacing("' or '", with: "' ou '").replacing("' and '", with: "' e '")
    }
}
