import CampaignCore

/// The key of `call`.
enum CallKey: String, YAMLKey {
    case duration
}

/// The keys of `retry`.
enum RetryKey: String, YAMLKey {
    case attempts, first, longest
}

extension YAMLValue {
    func callDuration(_ context: inout ParseContext) -> Int? {
        mapping(CallKey.self, expected: "{duration: 5}", &context)?
            .required(.duration, remedy: "write {duration: 5}", &context)?
            .integer(in: 1...15, &context)
    }

    /// The retry policy; a missing key keeps its default.
    func retry(_ context: inout ParseContext) -> RetryPolicy? {
        let expected = "{attempts: 4, first: 30s, longest: 15m}"
        guard let section = mapping(RetryKey.self, expected: expected, &context) else { return nil }
        let spans: ClosedRange<Duration> = .milliseconds(1)...(.seconds(86_400))
        let attempts = section[.attempts]?.integer(in: 1...20, &context)
        let first = section[.first]?.duration(in: spans, &context)
        let longest = section[.longest]?.duration(in: spans, &context)
        let standard = RetryPolicy()
        let policy = RetryPolicy(
            attempts: attempts ?? standard.attempts,
            first: first ?? standard.first,
            longest: longest ?? standard.longest
        )
        // If one bound has already been reported as wrong, the two are not compared.
        let areBothRead = (section[.first] == nil || first != nil) && (section[.longest] == nil || longest != nil)
        if areBothRead, policy.first > policy.longest, let value = section[.first] ?? section[.longest] {
            let defaults = (DurationText.format(standard.first), DurationText.format(standard.longest))
            context.report(
                "first is longer than longest",
                at: value.location,
                remedy: "write both; the defaults are \(defaults.0) for first and \(defaults.1) for longest"
            )
        }
        return policy
    }
}
