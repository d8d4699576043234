import CampaignCore

/// The key of `redial`.
enum RedialKey: String, YAMLKey {
    case notAnswered
}

/// The keys of `redial.notAnswered`.
enum NotAnsweredKey: String, YAMLKey {
    case attempts, after
}

/// The keys of `perPerson`.
enum PersonKey: String, YAMLKey {
    case calls, per, unansweredInARow
}

extension YAMLValue {
    /// Whether and when somebody who did not answer is called again.
    func redial(_ context: inout ParseContext) -> RedialPolicy? {
        let expected = Phrase(verbatim: "{attempts: 2, after: 3h}")
        let section = mapping(
            RedialKey.self, expected: Phrase(verbatim: "{notAnswered: \(expected.english)}"), &context)?
            .required(
                .notAnswered,
                remedy: Phrase("write ", "escreva ") + Phrase(verbatim: "{notAnswered: \(expected.english)}"), &context)?
            .mapping(NotAnsweredKey.self, expected: expected, &context)
        guard let section else { return nil }
        let attempts = section.required(.attempts, remedy: Phrase("write ", "escreva ") + expected, &context)?
            .integer(in: 1...10, &context)
        let after = section.required(.after, remedy: Phrase("write ", "escreva ") + expected, &context)?
            .duration(in: .seconds(60)...(.seconds(7 * 86_400)), &context)
        guard let attempts, let after else { return nil }
        return RedialPolicy(attempts: attempts, after: after)
    }

    /// How often one person may be called: a number of calls in a period, a number of unanswered ones, or both.
    func personLimit(_ context: inout ParseContext) -> PersonLimit? {
        let expected = Phrase(
            "{calls: 2, per: 7d}, {unansweredInARow: 3} or both",
            "{calls: 2, per: 7d}, {unansweredInARow: 3} ou os dois")
        guard let section = mapping(PersonKey.self, expected: expected, &context) else { return nil }
        var limit = PersonLimit()
        limit.unansweredInARow = section[.unansweredInARow]?.integer(in: 1...100, &context)
        if section[.calls] != nil || section[.per] != nil {
            let remedy = Phrase("write {calls: 2, per: 7d}", "escreva {calls: 2, per: 7d}")
            let calls = section.required(.calls, remedy: remedy, &context)?.integer(in: 1...100, &context)
            let per = section.required(.per, remedy: remedy, &context)?
                .duration(in: .seconds(60)...DurationText.longest, &context)
            guard let calls, let per else { return nil }
            limit.quota = PersonLimit.Quota(calls: calls, per: per)
        } else if section[.unansweredInARow] == nil {
            context.report(
                Phrase("there is no limit in it", "não há nenhum limite"), at: location,
                remedy: Phrase("write ", "escreva ") + expected)
        }
        return limit
    }
}
