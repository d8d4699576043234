import CampaignCore

/// The keys of `columns`.
enum ColumnKey: String, YAMLKey {
    case phone, name, callDuration, callAudioUrl, notBefore, ddd, ddi
}

extension YAMLValue {
    func columns(_ context: inout ParseContext) -> ColumnNames? {
        guard let section = mapping(ColumnKey.self, expected: "{phone: …, name: …}", &context) else { return nil }
        let expected = "a column name"
        var names = ColumnNames(
            phone: section[.phone]?.text(expected: expected, &context)?.value,
            name: section[.name]?.text(expected: expected, &context)?.value,
            callDuration: section[.callDuration]?.text(expected: expected, &context)?.value,
            ddd: section[.ddd]?.text(expected: expected, &context)?.value,
            ddi: section[.ddi]?.text(expected: expected, &context)?.value
        )
        names.callAudioUrl = section[.callAudioUrl]?.text(expected: expected, &context)?.value
        names.notBefore = section[.notBefore]?.text(expected: expected, &context)?.value
        return names
    }

    func country(_ context: inout ParseContext) -> String? {
        let expected = "a calling code of 1 to 3 digits, such as \"55\""
        guard let text = text(expected: expected, &context) else { return nil }
        guard text.value.wholeMatch(of: /[1-9][0-9]{0,2}/) != nil else {
            text.report("is not a valid calling code", remedy: "write \(expected)", &context)
            return nil
        }
        return text.value
    }
}
