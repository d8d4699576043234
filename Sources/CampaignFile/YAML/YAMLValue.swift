import CampaignCore
import Yams

/// An entry of the campaign file with its location.
struct YAMLValue {
    let node: Node
    let location: SourceLocation

    /// Nothing was written: `key:` or `key: null`. In quotes these are texts.
    var isMissing: Bool {
        guard case .scalar(let scalar) = node, scalar.style == .plain else { return false }
        return ["", "~", "null", "Null", "NULL"].contains(scalar.string)
    }

    /// Something was written that is neither a mapping nor a list.
    var isText: Bool {
        guard case .scalar = node else { return false }
        return !isMissing
    }

    /// A list was written.
    var isList: Bool {
        guard case .sequence = node else { return false }
        return true
    }

    /// A list was written, with nothing in it.
    var isEmptyList: Bool {
        guard case .sequence(let sequence) = node else { return false }
        return sequence.isEmpty
    }

    /// The kind of the entry, for an error about the wrong kind.
    private var kind: Phrase {
        switch node {
        case .mapping: Phrase("a mapping", "um mapeamento")
        case .sequence: Phrase("a list", "uma lista")
        case .scalar: Phrase("a single value", "um valor só")
        case .alias: Phrase("an alias", "um alias")
        }
    }

    /// The scalar with its variables expanded. `expected` completes "write …" when there is none.
    func text(expected: Phrase, _ context: inout ParseContext) -> YAMLScalar? {
        guard let written = scalar(expected: expected, &context) else { return nil }
        guard let template = template(written, &context) else { return nil }
        guard areSet(template.variables, &context) else { return nil }
        return YAMLScalar(written: written, value: context.filled(template), location: location)
    }

    /// The scalar, which must be exactly one variable: anything else is never shown.
    func secret(example: String, _ context: inout ParseContext) -> YAMLScalar? {
        guard let written = scalar(expected: Phrase(verbatim: "${\(example)}"), &context) else { return nil }
        guard let template = template(written, &context) else { return nil }
        guard template.isOneVariable else {
            context.report(
                Phrase(
                    "a secret does not belong in the campaign file", "um segredo não pertence ao arquivo de campanha"),
                at: location,
                remedy: Phrase(
                    "write exactly one variable, such as ${\(example)}, and set it outside the file",
                    "escreva exatamente uma variável, como ${\(example)}, e defina-a fora do arquivo")
            )
            return nil
        }
        guard context.needsSecrets || !template.variables.contains(where: context.isUnset) else { return nil }
        guard areSet(template.variables, &context) else { return nil }
        return YAMLScalar(written: written, value: context.filled(template), location: location)
    }

    /// The scalar with its variables expanded; as it is written if they are not set and nobody is to be called.
    func identifier(expected: Phrase, _ context: inout ParseContext) -> YAMLScalar? {
        guard !context.needsSecrets, case .scalar(let scalar) = node,
            let template = try? VariableTemplate(scalar.string),
            template.variables.contains(where: context.isUnset)
        else { return text(expected: expected, &context) }
        return YAMLScalar(written: scalar.string, value: scalar.string, location: location)
    }

    /// The entries of a list, which must have some. `expected` completes "write …".
    func list(expected: Phrase, _ context: inout ParseContext) -> [YAMLValue]? {
        guard case .sequence(let sequence) = node else {
            reportWrongKind(expected: expected, &context)
            return nil
        }
        guard !sequence.isEmpty else {
            context.report(
                Phrase("the list is empty", "a lista está vazia"), at: location,
                remedy: Phrase("write ", "escreva ") + expected)
            return nil
        }
        return sequence.enumerated().map { index, node in
            let path = "\(location.keyPath)[\(index)]"
            return YAMLValue(
                node: node, location: SourceLocation(keyPath: path, line: node.mark?.line, column: node.mark?.column))
        }
    }

    func reportWrongKind(expected: Phrase, _ context: inout ParseContext) {
        let message =
            isMissing
            ? Phrase("the value is missing", "falta o valor")
            : kind + Phrase(" is not allowed here", " não é permitido aqui")
        context.report(message, at: location, remedy: Phrase("write ", "escreva ") + expected)
    }

    private func scalar(expected: Phrase, _ context: inout ParseContext) -> String? {
        guard case .scalar(let scalar) = node, !isMissing else {
            reportWrongKind(expected: expected, &context)
            return nil
        }
        guard !scalar.string.isEmpty else {
            context.report(
                Phrase("the text is empty", "o texto está vazio"), at: location,
                remedy: Phrase("write ", "escreva ") + expected)
            return nil
        }
        return scalar.string
    }

    private func template(_ written: String, _ context: inout ParseContext) -> VariableTemplate? {
        do throws(VariableTemplate.Fault) {
            return try VariableTemplate(written)
        } catch {
            context.report(error.message, at: location, remedy: error.remedy)
            return nil
        }
    }

    /// Whether every variable has a value; each one without is reported.
    private func areSet(_ variables: [String], _ context: inout ParseContext) -> Bool {
        let absent = variables.filter(context.isUnset)
        for name in absent {
            context.report(
                context.environment[name] == nil
                    ? Phrase("the variable \(name) is not set", "a variável \(name) não está definida")
                    : Phrase("the variable \(name) is empty", "a variável \(name) está vazia"),
                at: location,
                remedy: Phrase("set it in the environment or ", "defina-a no ambiente ou ")
                    + (context.environmentFile ?? Phrase("the env file", "no arquivo env"))
            )
        }
        return absent.isEmpty
    }
}

extension [YAMLValue] {
    /// The elements in order; nil when one of them is wrong or occurs twice, which is probably a typo for another one.
    func distinct<Item: Hashable>(
        _ context: inout ParseContext,
        read: (YAMLValue, inout ParseContext) -> Item?
    ) -> [Item]? {
        var found: [Item] = []
        var seen: Set<Item> = []
        var isComplete = true
        for value in self {
            guard let item = read(value, &context) else {
                isComplete = false
                continue
            }
            found.append(item)
            if !seen.insert(item).inserted {
                context.report(
                    Phrase("this is in the list twice", "isto está duas vezes na lista"), at: value.location,
                    remedy: Phrase("write it once", "escreva-o uma só vez"))
                isComplete = false
            }
        }
        return isComplete ? found : nil
    }
}
