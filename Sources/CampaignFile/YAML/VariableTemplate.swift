import CampaignCore

/// A text with `${VARIABLE}` in it, before the variables are expanded.
///
/// There are no defaults, no nesting and no escape: an expanded value is never expanded again.
struct VariableTemplate: Hashable {
    /// A piece of the text.
    enum Part: Hashable {
        case literal(String)
        case variable(String)
    }

    /// Why a text is not a template. The offending text is omitted: it may be a secret.
    enum Fault: Error, Hashable {
        case unclosed
        case hasDefault(variable: String)
        case badName

        var message: Phrase {
            switch self {
            case .unclosed: Phrase("a ${ is not closed", "um ${ não está fechado")
            case .hasDefault(let variable):
                Phrase(
                    "${\(variable)…} contains more than a variable name",
                    "${\(variable)…} contém mais que um nome de variável")
            case .badName: Phrase("a ${…} does not contain a variable name", "um ${…} não contém um nome de variável")
            }
        }

        var remedy: Phrase {
            switch self {
            case .unclosed: Phrase("write ${NAME} with a closing brace", "escreva ${NAME} com a chave que fecha")
            case .hasDefault(let variable):
                Phrase(
                    "write ${\(variable)}; defaults and other forms are not supported",
                    "escreva ${\(variable)}; valores padrão e outras formas não são aceitos")
            case .badName:
                Phrase("write ${NAME} with letters, digits and _ only", "escreva ${NAME} só com letras, dígitos e _")
            }
        }
    }

    let parts: [Part]

    init(_ text: String) throws(Fault) {
        var parts: [Part] = []
        var rest = Substring(text)
        while let open = rest.firstRange(of: "${") {
            guard let close = rest[open.upperBound...].firstIndex(of: "}") else { throw .unclosed }
            if open.lowerBound > rest.startIndex {
                parts.append(.literal(String(rest[..<open.lowerBound])))
            }
            parts.append(.variable(try Self.name(rest[open.upperBound..<close])))
            rest = rest[rest.index(after: close)...]
        }
        if !rest.isEmpty {
            parts.append(.literal(String(rest)))
        }
        self.parts = parts
    }

    /// Whether the text is one variable and nothing else.
    var isOneVariable: Bool {
        guard parts.count == 1, case .variable = parts.first else { return false }
        return true
    }

    /// The variables in it, in order.
    var variables: [String] {
        parts.compactMap { part in
            guard case .variable(let name) = part else { return nil }
            return name
        }
    }

    /// The text with the values of the variables; a variable that is not set counts as empty.
    func filled(from environment: [String: String]) -> String {
        parts.map { part in
            switch part {
            case .literal(let text): text
            case .variable(let name): environment[name] ?? ""
            }
        }.joined()
    }

    private static func name(_ text: Substring) throws(Fault) -> String {
        let name = text.prefix(while: EnvironmentFile.isNameCharacter)
        guard EnvironmentFile.isName(name) else { throw .badName }
        guard name.endIndex == text.endIndex else {
            guard ":-?+=".contains(text[name.endIndex]) else { throw .badName }
            throw .hasDefault(variable: String(name))
        }
        return String(name)
    }
}
