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
        let expected = "{attempts: 2, after: 3h}"
        let section = mapping(RedialKey.self, expected: "{notAnswered: \(expected)}", &context)?
            .required(.notAnswered, remedy: "write {notAnswered: \(expected)}", &context)?
            .mapping(NotAnsweredKey.self, expected: expected, &context)
        guard let section else { return nil }
        let attempts = section.required(.attempts, remedy: "write \(expected)", &context)?
            .integer(in: 1...10, &context)
        let after = section.required(.after, remedy: "write \(expected)", &context)?
            .duration(in: .seconds(60)...(.seconds(7 * 86_400)), &context)
        guard let attempts, let after else { return nil }
        return RedialPolicy(attempts: attempts, after: after)
    }

    /// How often one person may be called: a number of calls in a period, a number of unanswered ones, or both.
    func personLimit(_ context: inout ParseContext) -> PersonLimit? {
        let expected = "{calls: 2, per: 7d}, {unansweredInARow: 3} or both"
        guard let section = mapping(PersonKey.self, expected: expected, &context) else { return nil }
        var limit = PersonLimit()
        limit.unansweredInARow = section[.unansweredInARow]?.integer(in: 1...100, &context)
        if section[.calls] != nil || section[.per] != nil {
            let remedy = "write {calls: 2, per: 7d}"
            let calls = section.required(.calls, remedy: remedy, &context)?.integer(in: 1...100, &context)
            let per = section.required(.per, remedy: remedy, &context)?
                .duration(in: .seconds(60)...DurationText.longest, &context)
            guard let calls, let per else { return nil }
            limit.quota = PersonLimit.Quota(calls: calls, per: per)
        } else if section[.unansweredInARow] == nil {
            context.report("there is no limit in it", at: location, remedy: "write \(expected)")
        }
        return limit
    }
}
