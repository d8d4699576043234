import Yams

/// An entry of the campaign file: what stands there, and where.
struct Value {
    let node: Node
    let place: Place

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

    /// A list was written, with nothing in it.
    var isEmptyList: Bool {
        guard case .sequence(let sequence) = node else { return false }
        return sequence.isEmpty
    }

    /// What stands here, for an error about the wrong kind of thing.
    private var kind: String {
        switch node {
        case .mapping: "a mapping"
        case .sequence: "a list"
        case .scalar: "a single value"
        case .alias: "an alias"
        }
    }

    /// The scalar with its variables put in. `expected` completes "write …" when there is none.
    func text(expected: String, _ reading: inout Reading) -> Text? {
        guard let written = scalar(expected: expected, &reading) else { return nil }
        guard let template = template(written, &reading) else { return nil }
        guard areSet(template.variables, &reading) else { return nil }
        return Text(written: written, value: template.filled(from: reading.environment), place: place)
    }

    /// The scalar that must be exactly one variable: what is written otherwise is never shown.
    func secret(example: String, _ reading: inout Reading) -> Text? {
        guard let written = scalar(expected: "${\(example)}", &reading) else { return nil }
        guard let template = template(written, &reading) else { return nil }
        guard template.isOneVariable else {
            reading.report(
                "a secret does not belong into the campaign file",
                at: place,
                remedy: "write exactly one variable, such as ${\(example)}, and set it outside the file"
            )
            return nil
        }
        guard areSet(template.variables, &reading) else { return nil }
        return Text(written: written, value: template.filled(from: reading.environment), place: place)
    }

    /// The entries of a list, which must have some. `expected` completes "write …".
    func list(expected: String, _ reading: inout Reading) -> [Value]? {
        guard case .sequence(let sequence) = node else {
            reportWrongKind(expected: expected, &reading)
            return nil
        }
        guard !sequence.isEmpty else {
            reading.report("the list is empty", at: place, remedy: "write \(expected)")
            return nil
        }
        return sequence.enumerated().map { index, node in
            let path = "\(place.keyPath)[\(index)]"
            return Value(node: node, place: Place(keyPath: path, line: node.mark?.line, column: node.mark?.column))
        }
    }

    func reportWrongKind(expected: String, _ reading: inout Reading) {
        let message = isMissing ? "nothing is written here" : "\(kind) does not fit here"
        reading.report(message, at: place, remedy: "write \(expected)")
    }

    private func scalar(expected: String, _ reading: inout Reading) -> String? {
        guard case .scalar(let scalar) = node, !isMissing else {
            reportWrongKind(expected: expected, &reading)
            return nil
        }
        guard !scalar.string.isEmpty else {
            reading.report("the text is empty", at: place, remedy: "write \(expected)")
            return nil
        }
        return scalar.string
    }

    private func template(_ written: String, _ reading: inout Reading) -> Template? {
        do throws(Template.Fault) {
            return try Template(written)
        } catch {
            reading.report(error.message, at: place, remedy: error.remedy)
            return nil
        }
    }

    /// Whether every variable has a value; each one without is reported.
    private func areSet(_ variables: [String], _ reading: inout Reading) -> Bool {
        let absent = variables.filter { (reading.environment[$0] ?? "").isEmpty }
        for name in absent {
            reading.report(
                "the variable \(name) is \(reading.environment[name] == nil ? "not set" : "empty")",
                at: place,
                remedy: "set it in the environment or the env file"
            )
        }
        return absent.isEmpty
    }
}
