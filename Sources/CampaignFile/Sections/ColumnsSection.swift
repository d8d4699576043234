import CampaignCore

/// The keys of `columns`.
enum ColumnKey: String, YAMLKey {
    case phone, name, callDuration, callAudioUrl, notBefore, ddd, ddi
}

extension YAMLValue {
    func columns(_ context: inout ParseContext) -> ColumnNames? {
        guard let section = mapping(ColumnKey.self, expected: Phrase(verbatim: "{phone: …, name: …}"), &context) else {
            return nil
        }
        let expected = Phrase("a column name", "um nome de coluna")
        let phones = section[.phone]?.phones(&context) ?? []
        var names = ColumnNames(
            phone: phones.first,
            name: section[.name]?.text(expected: expected, &context)?.value,
            callDuration: section[.callDuration]?.text(expected: expected, &context)?.value,
            ddd: section[.ddd]?.text(expected: expected, &context)?.value,
            ddi: section[.ddi]?.text(expected: expected, &context)?.value
        )
        names.furtherPhones = Array(phones.dropFirst())
        names.callAudioUrl = section[.callAudioUrl]?.text(expected: expected, &context)?.value
        names.notBefore = section[.notBefore]?.text(expected: expected, &context)?.value
        return names
    }

    /// One column, or a list of them.
    private func phones(_ context: inout ParseContext) -> [String]? {
        let expected = Phrase("a column name, or a list of them", "um nome de coluna, ou uma lista deles")
        guard isList else { return text(expected: expected, &context).map { [$0.value] } }
        return list(expected: expected, &context)?.distinct(&context) { value, context in
            value.text(expected: Phrase("a column name", "um nome de coluna"), &context)?.value
        }
    }

    func country(_ context: inout ParseContext) -> String? {
        let expected = Phrase(
            "a calling code of 1 to 3 digits, such as \"55\"", "um código de país de 1 a 3 dígitos, como \"55\"")
        guard let text = text(expected: expected, &context) else { return nil }
        guard text.value.wholeMatch(of: /[1-9][0-9]{0,2}/) != nil else {
            text.report(
                Phrase("is not a valid calling code", "não é um código de país válido"),
                remedy: Phrase("write ", "escreva ") + expected, &context)
            return nil
        }
        return text.value
    }
}
