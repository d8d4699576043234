import CampaignCore

/// A scalar of the campaign file with its variables expanded.
struct YAMLScalar: Hashable {
    /// As written in the file, before variables are expanded.
    let written: String
    /// With the variables expanded: never part of an error.
    let value: String
    let location: SourceLocation

    /// The text for an error: as written, in quotes, without line breaks, and shortened if it is very long.
    var shown: String {
        let flat = String(written.prefix(40)).map { $0.isNewline ? " " : String($0) }.joined()
        return "\"\(flat)\(written.count > 40 ? "…" : "")\""
    }

    /// Reports what is wrong with this text: `"x" is not a valid duration`.
    func report(_ complaint: Phrase, remedy: Phrase, _ context: inout ParseContext) {
        context.report(Phrase(verbatim: "\(shown) ") + complaint, at: location, remedy: remedy)
    }

    /// The value as a whole number in plain decimal digits; nil when it is not one.
    var wholeNumber: Int? {
        let digits = value.utf8
        guard digits.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
            digits.count == 1 || digits.first != UInt8(ascii: "0")
        else { return nil }
        return digits.count > 18 ? .max : Int(value)
    }
}

extension YAMLValue {
    /// A whole number within a range.
    func integer(in range: ClosedRange<Int>, _ context: inout ParseContext) -> Int? {
        let expected = Phrase(
            "a whole number from \(range.lowerBound) to \(range.upperBound)",
            "um número inteiro de \(range.lowerBound) a \(range.upperBound)")
        guard let text = text(expected: expected, &context) else { return nil }
        guard let number = text.wholeNumber else {
            text.report(
                Phrase("is not a whole number", "não é um número inteiro"),
                remedy: Phrase("write ", "escreva ") + expected, &context)
            return nil
        }
        guard range.contains(number) else {
            text.report(
                Phrase("is out of range", "está fora dos limites"), remedy: Phrase("write ", "escreva ") + expected,
                &context)
            return nil
        }
        return number
    }

    /// A duration within a range.
    func duration(in range: ClosedRange<Duration>, _ context: inout ParseContext) -> Duration? {
        guard
            let text = text(
                expected: Phrase(
                    "a number and ms, s, m, h or d, such as 30s", "um número e ms, s, m, h ou d, como 30s"), &context)
        else { return nil }
        do throws(DurationText.Fault) {
            // Where years may be written, the range says what is too long.
            let longest = range.upperBound > DurationText.longest ? range.upperBound * 100 : DurationText.longest
            let duration = try DurationText.parse(text.value, atMost: longest)
            guard range.contains(duration) else {
                let bounds = (DurationText.format(range.lowerBound), DurationText.format(range.upperBound))
                text.report(
                    Phrase("is out of range", "está fora dos limites"),
                    remedy: Phrase(
                        "write a duration from \(bounds.0) to \(bounds.1)",
                        "escreva uma duração de \(bounds.0) a \(bounds.1)"), &context)
                return nil
            }
            return duration
        } catch {
            text.report(error.complaint, remedy: error.remedy, &context)
            return nil
        }
    }

    /// `true` or `false`.
    func truth(_ context: inout ParseContext) -> Bool? {
        guard let text = text(expected: Phrase("true or false", "true ou false"), &context) else { return nil }
        guard let truth = Bool(text.value) else {
            text.report(
                Phrase("is not allowed here", "não é permitido aqui"),
                remedy: Phrase("write true or false", "escreva true ou false"), &context)
            return nil
        }
        return truth
    }

    /// One of a few words.
    func word<Word: RawRepresentable<String> & CaseIterable>(_ type: Word.Type, _ context: inout ParseContext) -> Word?
    {
        let words = Word.allCases.map(\.rawValue)
        let expected = Phrase { language in
            words.dropLast().joined(separator: ", ") + language.text(" or ", " ou ") + (words.last ?? "")
        }
        guard let text = text(expected: expected, &context) else { return nil }
        guard let word = Word(rawValue: text.value) else {
            text.report(
                Phrase("is not allowed here", "não é permitido aqui"), remedy: Phrase("write ", "escreva ") + expected,
                &context)
            return nil
        }
        return word
    }
}
