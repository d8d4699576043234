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

        var message: String {
            switch self {
            case .noAssignment: "this line sets no variable"
            case .badName: "what comes before = is not a variable name"
            case .spaceAroundEquals: "there is a space next to the ="
            case .unclosedQuote: "a quote is not closed on its line"
            case .textAfterQuote: "something follows the closing quote"
            case .substitution: "the value refers to another variable or a command, which is not expanded here"
            case .repeated(let name, let first): "\(name) is already set on line \(first)"
            }
        }

        var remedy: String {
            switch self {
            case .noAssignment: "write NAME=VALUE, or # before a comment"
            case .badName: "use letters, digits and _, and do not begin with a digit"
            case .spaceAroundEquals: "write NAME=VALUE without spaces around the ="
            case .unclosedQuote: "close it, and keep the value on one line"
            case .textAfterQuote: "leave only a # comment after the value"
            case .substitution: "write the value itself, or put it in single quotes to use it literally"
            case .repeated: "keep one of the two lines"
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
