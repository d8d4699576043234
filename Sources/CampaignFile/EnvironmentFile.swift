import CampaignCore

/// An env file: `KEY=VALUE` lines, as a shell would source them.
///
/// A line is empty, a `#` comment, or an assignment, with or without `export ` before it. A value is bare, in single
/// quotes (taken literally), or in double quotes (where `\"`, `\\`, `\$` and `\n` are escapes). Values are not
/// expanded: what a shell would expand is refused outside single quotes. Values never appear in an error.
enum EnvironmentFile {
    static func parse(_ text: String, path: String) throws(CampaignFileError) -> [String: String] {
        var variables: [String: String] = [:]
        var firstLines: [String: Int] = [:]
        var problems: [CampaignFileError.Problem] = []
        let lines = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
        for (line, content) in zip(1..., lines) {
            do throws(Fault) {
                guard let (name, value) = try assignment(content) else { continue }
                if let first = firstLines[name] { throw .repeated(name, first: first) }
                firstLines[name] = line
                variables[name] = value
            } catch {
                problems.append(.init(line: line, message: error.message, remedy: error.remedy))
            }
        }
        guard problems.isEmpty else { throw CampaignFileError(path: path, problems: problems) }
        return variables
    }

    /// Whether a text can name a variable: letters, digits and `_`, no digit first.
    static func isName(_ text: Substring) -> Bool {
        guard let first = text.first else { return false }
        return !("0"..."9").contains(first) && text.allSatisfy(isNameCharacter)
    }

    static func isNameCharacter(_ character: Character) -> Bool {
        switch character {
        case "a"..."z", "A"..."Z", "0"..."9", "_": character.isASCII
        default: false
        }
    }

    private enum Fault: Error {
        case noAssignment
        case badName
        case spaceAroundEquals
        case unclosedQuote
        case textAfterQuote
        case substitution
        case repeated(String, first: Int)

        var message: Phrase {
            switch self {
            case .noAssignment: Phrase("this line sets no variable", "esta linha não define uma variável")
            case .badName:
                Phrase("what comes before = is not a variable name", "o que vem antes de = não é um nome de variável")
            case .spaceAroundEquals: Phrase("there is a space next to the =", "há um espaço ao lado do =")
            case .unclosedQuote: Phrase("a quote is not closed on its line", "aspas não fecham na mesma linha")
            case .textAfterQuote: Phrase("something follows the closing quote", "há algo depois das aspas que fecham")
            case .substitution:
                Phrase(
                    "the value refers to another variable or a command, which is not expanded here",
                    "o valor se refere a outra variável ou a um comando, o que aqui não é expandido")
            case .repeated(let name, let first):
                Phrase("\(name) is already set on line \(first)", "\(name) já está definida na linha \(first)")
            }
        }

        var remedy: Phrase {
            switch self {
            case .noAssignment:
                Phrase("write NAME=VALUE, or # before a comment", "escreva NAME=VALUE, ou # antes de um comentário")
            case .badName:
                Phrase(
                    "use letters, digits and _, and do not begin with a digit",
                    "use letras, dígitos e _, sem começar com um dígito")
            case .spaceAroundEquals:
                Phrase("write NAME=VALUE without spaces around the =", "escreva NAME=VALUE sem espaços em volta do =")
            case .unclosedQuote:
                Phrase("close it, and keep the value on one line", "feche-as, e mantenha o valor numa só linha")
            case .textAfterQuote:
                Phrase("leave only a # comment after the value", "deixe depois do valor só um comentário com #")
            case .substitution:
                Phrase(
                    "write the value itself, or put it in single quotes to use it literally",
                    "escreva o próprio valor, ou ponha-o entre aspas simples para usá-lo ao pé da letra")
            case .repeated: Phrase("keep one of the two lines", "fique com uma das duas linhas")
            }
        }
    }

    /// The assignment on a line; nil for an empty line or a comment.
    private static func assignment(_ line: Substring) throws(Fault) -> (name: String, value: String)? {
        var rest = line.drop(while: isBlank)
        guard let first = rest.first, first != "#" else { return nil }
        if rest.hasPrefix("export"), let next = rest.dropFirst(6).first, isBlank(next) {
            rest = rest.dropFirst(6).drop(while: isBlank)
        }
        guard let equals = rest.firstIndex(of: "=") else { throw .noAssignment }
        let name = rest[..<equals]
        let value = rest[rest.index(after: equals)...]
        if let last = name.last, isBlank(last) { throw .spaceAroundEquals }
        guard isName(name) else { throw .badName }
        return (String(name), try self.value(value))
    }

    private static func value(_ text: Substring) throws(Fault) -> String {
        switch text.first {
        case "'": return try quoted(text.dropFirst(), by: "'")
        case "\"": return try quoted(text.dropFirst(), by: "\"")
        case .some(let first) where isBlank(first):
            let rest = text.drop(while: isBlank)
            guard rest.isEmpty || rest.first == "#" else { throw .spaceAroundEquals }
            return ""
        default:
            var end = text.endIndex
            for index in text.indices.dropFirst() where text[index] == "#" && isBlank(text[text.index(before: index)]) {
                end = index
                break
            }
            let bare = text[..<end]
            guard !bare.indices.contains(where: { isSubstitution(bare[$0...]) }) else { throw .substitution }
            return String(bare[..<(bare.lastIndex { !isBlank($0) }.map(bare.index(after:)) ?? bare.startIndex)])
        }
    }

    /// The text up to the closing quote.
    private static func quoted(_ text: Substring, by quote: Character) throws(Fault) -> String {
        var value = ""
        var index = text.startIndex
        while index < text.endIndex, text[index] != quote {
            let next = text.index(after: index)
            if quote == "\"", text[index] == "\\", next < text.endIndex, let meant = escapes[text[next]] {
                value.append(meant)
                index = text.index(after: next)
            } else {
                guard quote == "'" || !isSubstitution(text[index...]) else { throw .substitution }
                value.append(text[index])
                index = next
            }
        }
        guard index < text.endIndex else { throw .unclosedQuote }
        let tail = text[text.index(after: index)...]
        let rest = tail.drop(while: isBlank)
        guard rest.isEmpty || (rest.first == "#" && rest.startIndex > tail.startIndex) else { throw .textAfterQuote }
        return value
    }

    /// Whether a shell would expand something here: `${NAME}`, `$NAME`, `$(command)`.
    private static func isSubstitution(_ text: Substring) -> Bool {
        guard text.first == "$", let next = text.dropFirst().first else { return false }
        return next == "{" || next == "(" || isName(Substring(String(next)))
    }

    private static let escapes: [Character: Character] = ["\"": "\"", "\\": "\\", "$": "$", "n": "\n"]

    private static func isBlank(_ character: Character) -> Bool {
        character == " " || character == "\t"
    }
}
