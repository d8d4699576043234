import CampaignCore
import Testing

/// What a cell holds, what must become of it, and where such a cell comes from.
struct PhoneCase: Sendable, CustomTestStringConvertible {
    let text: String
    let expected: Result<String, PhoneProblem>
    let source: String
    /// The calling code of the list's country.
    let country: String

    init(_ text: String, _ number: String, _ source: String, in country: String = "55") {
        (self.text, expected, self.source, self.country) = (text, .success(number), source, country)
    }

    init(_ text: String, _ problem: PhoneProblem, _ source: String, in country: String = "55") {
        (self.text, expected, self.source, self.country) = (text, .failure(problem), source, country)
    }

    var testDescription: String { "\(text.debugDescription) (\(source))" }
}
