import CampaignCore

/// The keys of `columns`.
enum ColumnKey: String, SectionKey {
    case phone, name, callDuration, ddd, ddi
}

/// The key of `call`.
enum CallKey: String, SectionKey {
    case duration
}

/// The keys of `retry`.
enum RetryKey: String, SectionKey {
    case attempts, first, longest
}

/// The key of `health`.
enum HealthKey: String, SectionKey {
    case every
}

/// The keys of `brake`.
enum BrakeKey: String, SectionKey {
    case failures, over
}

extension Value {
    func columns(_ reading: inout Reading) -> ColumnNames? {
        guard let section = section(ColumnKey.self, expected: "{phone: …, name: …}", &reading) else { return nil }
        let expected = "the name of a column"
        return ColumnNames(
            phone: section[.phone]?.text(expected: expected, &reading)?.value,
            name: section[.name]?.text(expected: expected, &reading)?.value,
            callDuration: section[.callDuration]?.text(expected: expected, &reading)?.value,
            ddd: section[.ddd]?.text(expected: expected, &reading)?.value,
            ddi: section[.ddi]?.text(expected: expected, &reading)?.value
        )
    }

    func country(_ reading: inout Reading) -> String? {
        let expected = "a calling code of 1 to 3 digits, such as \"55\""
        guard let text = text(expected: expected, &reading) else { return nil }
        guard text.value.wholeMatch(of: /[1-9][0-9]{0,2}/) != nil else {
            text.report("is no country", remedy: "write \(expected)", &reading)
            return nil
        }
        return text.value
    }

    func callDuration(_ reading: inout Reading) -> Int? {
        section(CallKey.self, expected: "{duration: 5}", &reading)?
            .required(.duration, remedy: "write {duration: 5}", &reading)?
            .integer(in: 1...15, &reading)
    }

    /// The retry rule; a key that is left out keeps its default.
    func retry(_ reading: inout Reading) -> RetryPolicy? {
        let expected = "{attempts: 4, first: 30s, longest: 15m}"
        guard let section = section(RetryKey.self, expected: expected, &reading) else { return nil }
        let spans: ClosedRange<Duration> = .milliseconds(1)...(.seconds(86_400))
        let attempts = section[.attempts]?.integer(in: 1...20, &reading)
        let first = section[.first]?.duration(in: spans, &reading)
        let longest = section[.longest]?.duration(in: spans, &reading)
        let standard = RetryPolicy()
        let policy = RetryPolicy(
            attempts: attempts ?? standard.attempts,
            first: first ?? standard.first,
            longest: longest ?? standard.longest
        )
        // A bound that is already reported as wrong is no measure for the other one.
        let areBothRead = (section[.first] == nil || first != nil) && (section[.longest] == nil || longest != nil)
        if areBothRead, policy.first > policy.longest, let value = section[.first] ?? section[.longest] {
            let defaults = (DurationText.format(standard.first), DurationText.format(standard.longest))
            reading.report(
                "first is longer than longest",
                at: value.place,
                remedy: "write both; left out, first is \(defaults.0) and longest \(defaults.1)"
            )
        }
        return policy
    }

    func healthInterval(_ reading: inout Reading) -> Duration? {
        section(HealthKey.self, expected: "{every: 60s}", &reading)?
            .required(.every, remedy: "write {every: 60s}", &reading)?
            .duration(in: .seconds(1)...(.seconds(86_400)), &reading)
    }

    func brake(_ reading: inout Reading) -> Brake? {
        let expected = "{failures: 50%, over: 20}"
        guard let section = section(BrakeKey.self, expected: expected, &reading) else { return nil }
        let failures = section.required(.failures, remedy: "write \(expected)", &reading)?.percent(&reading)
        let over = section.required(.over, remedy: "write \(expected)", &reading)?.integer(in: 1...10_000, &reading)
        guard let failures, let over else { return nil }
        return Brake(failuresPercent: failures, over: over)
    }

    private func percent(_ reading: inout Reading) -> Int? {
        let expected = "a share from 1% to 100%, such as 50%"
        guard let text = text(expected: expected, &reading) else { return nil }
        let match = text.value.wholeMatch(of: /([1-9][0-9]{0,2})%/)
        guard let percent = match.flatMap({ Int($0.1) }), (1...100).contains(percent) else {
            text.report("is no share", remedy: "write \(expected)", &reading)
            return nil
        }
        return percent
    }
}
