/// The names of the columns that mean something to us. Where no column has that name, a whole number is the column's
/// place, counted from 1; `none` means no such column, whatever the columns are called.
package struct ColumnNames: Hashable, Sendable, Codable {
    /// The column with the phone number.
    package var phone: String?
    /// Further columns with phone numbers of the same person, in the order in which they count after ``phone``.
    package var furtherPhones: [String] = []
    /// The column with the contact's name.
    package var name: String?
    /// The column with the seconds that the call should ring.
    package var callDuration: String?
    /// The column with the address of the sound that whoever answers hears.
    package var callAudioUrl: String?
    /// The column with the date and time before which the contact is not called.
    package var notBefore: String?
    /// The column with the area code (DDD), where it is not in front of the number.
    package var ddd: String?
    /// The column with the country calling code (DDI), where it is not in front of the number.
    package var ddi: String?

    /// The given names; nil means "detect it".
    package init(
        phone: String? = nil,
        name: String? = nil,
        callDuration: String? = nil,
        ddd: String? = nil,
        ddi: String? = nil
    ) {
        self.phone = phone
        self.name = name
        self.callDuration = callDuration
        self.ddd = ddd
        self.ddi = ddi
    }

    /// These names, replaced by those of `others` if it has any: an option takes precedence over the campaign file.
    package func merging(_ others: ColumnNames) -> ColumnNames {
        var names = ColumnNames(
            phone: others.phone ?? phone,
            name: others.name ?? name,
            callDuration: others.callDuration ?? callDuration,
            ddd: others.ddd ?? ddd,
            ddi: others.ddi ?? ddi
        )
        names.furtherPhones = others.phone == nil ? furtherPhones : others.furtherPhones
        names.callAudioUrl = others.callAudioUrl ?? callAudioUrl
        names.notBefore = others.notBefore ?? notBefore
        return names
    }

    /// The names of columns.
    package var all: [String] {
        [phone, name, callDuration, callAudioUrl, notBefore, ddd, ddi].compactMap(\.self)
            .filter { $0.lowercased() != ColumnMatcher.none } + furtherPhones
    }

    /// Only those that say that there is no such column.
    package var declined: ColumnNames {
        func kept(_ name: String?) -> String? { name.flatMap { $0.lowercased() == ColumnMatcher.none ? $0 : nil } }
        var names = ColumnNames(
            name: kept(name), callDuration: kept(callDuration), ddd: kept(ddd), ddi: kept(ddi))
        names.callAudioUrl = kept(callAudioUrl)
        names.notBefore = kept(notBefore)
        return names
    }

    var byMeaning: [ContactColumn: String] {
        var names: [ContactColumn: String] = [:]
        names[.phone] = phone
        names[.name] = name
        names[.callDuration] = callDuration
        names[.callAudioUrl] = callAudioUrl
        names[.notBefore] = notBefore
        names[.ddd] = ddd
        names[.ddi] = ddi
        return names
    }
}

extension ColumnNames {
    /// The keys of an option's text and of `columns` in the campaign file.
    package static let keys = ["phone", "name", "callDuration", "callAudioUrl", "notBefore", "ddd", "ddi"]

    /// Names from the text of an option: `phone=telefone,name=nome`. Several phones are several entries,
    /// `phone=celular,phone=fone`. A name with a comma goes in quotes, `phone="Tel, fixo"`, and a quote inside them is
    /// doubled.
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
            if place == \.phone, phone != nil {
                furtherPhones.append(name)
                continue
            }
            guard self[keyPath: place] == nil else { throw .twice(key: key) }
            self[keyPath: place] = name
        }
    }

    /// The names as the text of an option.
    package var text: String {
        let values = [phone, name, callDuration, callAudioUrl, notBefore, ddd, ddi]
        return zip(ColumnNames.keys, values).flatMap { key, value in
            ([value].compactMap(\.self) + (key == "phone" ? furtherPhones : [])).map { "\(key)=\(Self.quoted($0))" }
        }.joined(separator: ",")
    }

    private static func quoted(_ name: String) -> String {
        guard name.utf8.contains(where: { $0 == 0x22 || $0 == 0x2C }) || trimmed(name[...]) != name else { return name }
        return "\"" + name.replacing("\"", with: "\"\"") + "\""
    }

    private static func place(of key: String) -> WritableKeyPath<ColumnNames, String?>? {
        switch key.lowercased() {
        case "phone": \.phone
        case "name": \.name
        // As under `call` in the campaign file, too.
        case "callduration", "duration": \.callDuration
        case "callaudiourl", "audio": \.callAudioUrl
        case "notbefore": \.notBefore
        case "ddd": \.ddd
        case "ddi": \.ddi
        default: nil
        }
    }

    /// The parts between the commas outside of quotes.
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
package enum ColumnNamesError: Error, Hashable, Sendable, Explained {
    /// An entry is not `key=column`.
    case noEqualsSign(entry: String)
    /// Nothing follows `=`.
    case noName(key: String)
    /// There is no such key.
    case unknownKey(String)
    /// A key is given two times.
    case twice(key: String)
    /// A quote opens and does not close.
    case unclosedQuote

    /// One sentence for people: what, and what would be right.
    package var phrase: Phrase {
        switch self {
        case .noEqualsSign(let entry):
            Phrase(
                "\(ColumnError.shown(entry)) does not name a column; write key=column, such as phone=telefone,name=nome.",
                "\(ColumnError.shown(entry)) não indica uma coluna; escreva chave=coluna, como phone=telefone,name=nome."
            )
        case .noName(let key):
            Phrase(
                "\(key)= has no column after it; write \(key)=<column>.",
                "\(key)= não tem uma coluna depois; escreva \(key)=<coluna>.")
        case .unknownKey(let key):
            Phrase(
                "\(ColumnError.shown(key)) is not a known key; the keys are \(ColumnNames.keys.joined(separator: ", ")).",
                "\(ColumnError.shown(key)) não é uma chave conhecida; as chaves são "
                    + "\(ColumnNames.keys.joined(separator: ", ")).")
        case .twice(let key):
            Phrase(
                "\(key) is given twice; name one column for it.",
                "\(key) aparece duas vezes; indique uma só coluna.")
        case .unclosedQuote:
            Phrase(
                "A quote opens and is never closed; write a name with a comma as phone=\"Tel, fixo\".",
                "Aspas abrem e nunca fecham; escreva um nome com vírgula como phone=\"Tel, fixo\".")
        }
    }
}
