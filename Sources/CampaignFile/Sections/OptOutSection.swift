import CampaignCore

/// The keys of `optOut`.
enum OptOutKey: String, YAMLKey {
    case words, buttons, review
}

extension YAMLValue {
    private static let optOutForm = Phrase(
        "a list such as [sair, \"não me ligue mais\"]", "uma lista como [sair, \"não me ligue mais\"]")

    /// The campaign's own words for opting out; a missing key is an empty list.
    func optOut(_ context: inout ParseContext) -> OptOutLists? {
        let expected = Phrase(verbatim: "{words: […], buttons: […], review: […]}")
        guard let section = mapping(OptOutKey.self, expected: expected, &context) else { return nil }
        let words = section[.words].map { $0.replies(&context) } ?? []
        let buttons = section[.buttons].map { $0.replies(&context) } ?? []
        let review = section[.review].map { $0.replies(besides: words ?? [], &context) } ?? []
        guard let words, let buttons, let review else { return nil }
        return OptOutLists(words: words, buttons: buttons, review: review)
    }

    /// What people may reply: a list that may be empty, without those that block at once.
    private func replies(besides words: [String] = [], _ context: inout ParseContext) -> [String]? {
        if isEmptyList { return [] }
        guard let values = list(expected: Self.optOutForm, &context) else { return nil }
        let replies = values.distinct(&context) { value, context in value.reply(&context) }
        let blocking = Set(words)
        for (value, reply) in zip(values, replies ?? []) where blocking.contains(reply) {
            context.report(
                Phrase(
                    "this is also one of the words, which block at once",
                    "isto também está em words, que bloqueiam na hora"), at: value.location,
                remedy: Phrase("keep it in one of the lists", "deixe-o numa das listas"))
        }
        return replies
    }

    /// One of them: something must be left of it without its punctuation.
    private func reply(_ context: inout ParseContext) -> String? {
        let expected = Phrase("a word or phrase of up to 100 characters", "uma palavra ou frase de até 100 caracteres")
        guard let text = text(expected: expected, &context) else { return nil }
        guard text.value.count <= 100 else {
            text.report(
                Phrase("is too long", "é longo demais"), remedy: Phrase("write ", "escreva ") + expected, &context)
            return nil
        }
        guard text.value.contains(where: { $0.isLetter || $0.isNumber }) else {
            text.report(
                Phrase("has no letter or digit", "não tem letra nem dígito"),
                remedy: Phrase("write ", "escreva ") + expected, &context)
            return nil
        }
        return text.value
    }
}
