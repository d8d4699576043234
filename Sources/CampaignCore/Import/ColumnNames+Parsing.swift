extension ColumnNames {
    /// The keys of an option's text and of `columns` in the campaign file.
    package static let keys = ["phone", "name", "callDuration", "ddd", "ddi"]

    /// Names from the text of an option: `phone=telefone,name=nome`. A name with a comma stands in quotes, `phone="Tel, fixo"`,
    /// and a quote inside them is doubled.
    ///
    /// - Throws: ``ColumnNamesError``, at the first entry that cannot be understood.
    package init(parsing text: String) throws(ColumnNamesError) {
        self.init()
        for entry in try ColumnNames.entries(text) {
            guard let sign = entry.firstIndex(of: "=") else { throw .noEqualsSign(entry: entry) }
            let key = ColumnNames.trimmed(entry[..<sign])
            guard let place = ColumnNames.place(of: key) else { throw .unknownKey(key) }
            let name = ColumnNames.unquoted(ColumnNames.trimmed(entry[entry.index(after: sign)...]))
            guard !name.isEmpty else { throw .noName(key: key) }
            guard self[keyPath: place] == nil else { throw .twice(key: key) }
            self[keyPath: place] = name
        }
    }

    private static func place(of key: String) -> WritableKeyPath<ColumnNames, String?>? {
        switch key.lowercased() {
        case "phone": \.phone
        case "name": \.name
        case "callduration": \.callDuration
        case "ddd": \.ddd
        case "ddi": \.ddi
        default: nil
        }
    }

    /// What stands between the commas outside of quotes.
    private static func entries(_ text: String) throws(ColumnNamesError) -> [String] {
        var entries = [String.UnicodeScalarView()]
        var isQuoted = false
        for scalar in text.unicodeScalars {
            if scalar == "\"" { isQuoted.toggle() }
            if scalar == ",", !isQuoted {
                entries.append(String.UnicodeScalarView())
            } else {
                entries[entries.count - 1].append(scalar)
            }
        }
        guard !isQuoted else { throw .unclosedQuote }
        return entries.map { String($0) }
    }

    private static func trimmed(_ text: Substring) -> String {
        var scalars = text.unicodeScalars
        while scalars.first?.properties.isWhitespace == true { scalars.removeFirst() }
        while scalars.last?.properties.isWhitespace == true { scalars.removeLast() }
        return String(scalars)
    }

    private static func unquoted(_ text: String) -> String {
        guard text.utf8.count >= 2, text.utf8.first == 0x22, text.utf8.last == 0x22 else { return text }
        var content: [UInt8] = []
        var isDoubled = false
        for byte in text.utf8.dropFirst().dropLast() {
            isDoubled = byte == 0x22 && !isDoubled
            if !isDoubled { content.append(byte) }
        }
        return String(decoding: content, as: UTF8.self)
    }
}

/// Why the text of an option names no columns.
package enum ColumnNamesError: Error, Hashable, Sendable, CustomStringConvertible {
    /// An entry is not `key=column`.
    case noEqualsSign(entry: String)
    /// Nothing stands behind `=`.
    case noName(key: String)
    /// There is no such key.
    case unknownKey(String)
    /// A key is given two times.
    case twice(key: String)
    /// A quote opens and does not close.
    case unclosedQuote

    /// One sentence for people: what, and what would be right.
    package var description: String {
        switch self {
        case .noEqualsSign(let entry):
            "\(ColumnError.shown(entry)) names no column; write key=column, such as phone=telefone,name=nome."
        case .noName(let key): "\(key)= has no column behind it; write \(key)=<column>."
        case .unknownKey(let key):
            "\(ColumnError.shown(key)) is nothing that a column can be; the keys are "
                + "\(ColumnNames.keys.joined(separator: ", "))."
        case .twice(let key): "\(key) is given twice; name one column for it."
        case .unclosedQuote:
            "A quote opens and is never closed; write a name with a comma as phone=\"Tel, fixo\"."
        }
    }
}
