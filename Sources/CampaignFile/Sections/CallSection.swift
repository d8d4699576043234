import CampaignCore

/// The keys of `call`.
enum CallKey: String, YAMLKey {
    case duration, audio
}

/// The keys of `retry`.
enum RetryKey: String, YAMLKey {
    case attempts, first, longest
}

extension YAMLValue {
    /// How a call is placed: the seconds that it rings and the sound that is played, where the file says so.
    func call(_ context: inout ParseContext) -> (duration: Int?, audio: String?) {
        let expected = Phrase(
            "{duration: 5}, and audio for a sound to play", "{duration: 5}, e audio para tocar um som")
        guard let section = mapping(CallKey.self, expected: expected, &context) else { return (nil, nil) }
        let audio = section[.audio]
        // With audio, the duration keeps its default.
        let duration =
            audio == nil
            ? section.required(.duration, remedy: Phrase("write {duration: 5}", "escreva {duration: 5}"), &context)
            : section[.duration]
        return (duration?.integer(in: 1...15, &context), audio?.webAddress(&context)?.text)
    }

    /// The retry policy; a missing key keeps its default.
    func retry(_ context: inout ParseContext) -> RetryPolicy? {
        let expected = Phrase(verbatim: "{attempts: 4, first: 30s, longest: 15m}")
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
                Phrase("first is longer than longest", "first é mais longo que longest"),
                at: value.location,
                remedy: Phrase(
                    "write both; the defaults are \(defaults.0) for first and \(defaults.1) for longest",
                    "escreva os dois; o padrão é \(defaults.0) para first e \(defaults.1) para longest")
            )
        }
        return policy
    }
}

extension YAMLValue {
    /// The address of a sound. It is not shown: it may contain a password.
    private func webAddress(_ context: inout ParseContext) -> WebAddress? {
        guard
            let text = text(
                expected: Phrase(
                    "an address such as https://example.com/audio.mp3", "um endereço como https://example.com/audio.mp3"
                ), &context)
        else {
            return nil
        }
        do throws(WebAddress.Fault) {
            return try WebAddress(text.value)
        } catch {
            context.report(error.message, at: text.location, remedy: error.remedy)
            return nil
        }
    }
}
