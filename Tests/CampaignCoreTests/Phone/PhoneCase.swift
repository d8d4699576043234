import CampaignCore
import Testing

/// What a cell holds, what must become of it, and where such a cell comes from.
struct PhoneCase: Sendable, CustomTestStringConvertible {
    let text: String
    let expected: Result<String, PhoneProblem>
    let source: String

    init(_ text: String, _ number: String, _ source: String) {
        (self.text, expected, self.source) = (text, .success(number), source)
    }

    init(_ text: String, _ problem: PhoneProblem, _ source: String) {
        (self.text, expected, self.source) = (text, .failure(problem), source)
    }

    var testDescription: String { "\(text.debugDescription) (\(source))" }
}
