package import CampaignCore
import HTTPTypes
import Markup

// A form says when the page was made on which somebody decided: what has happened since was not seen.
extension FormFields {
    /// When the page of this form was made; nil for a form without it.
    func seenAt() throws(DashboardError) -> Timestamp? {
        guard let text = text(Components.seenAtName) else { return nil }
        guard let milliseconds = Int64(text), milliseconds >= 0 else {
            throw .invalid(
                Phrase(
                    "The form is not as its page had made it: load the page again.",
                    "O formulário não está como a página o fez: recarregue a página."))
        }
        return Timestamp(milliseconds: milliseconds)
    }
}

extension Components {
    static let seenAtName = "seenAt"

    /// What a form carries that decides about people who are shown.
    func seenAt(_ moment: Timestamp) -> HTML { hidden(Self.seenAtName, Self.text(seenAt: moment)) }

    /// The value of that field.
    static func text(seenAt moment: Timestamp) -> String { String(moment.milliseconds) }

    /// Why nothing was done, above the question that is asked again.
    func alert(_ problem: Phrase?) -> HTML? {
        problem.map { "<p class=\"banner bad\" role=\"alert\">\($0[language])</p>" }
    }
}

extension DashboardError {
    private static let calledSinceWord = "called-since"

    /// Nothing was done, since all about whom somebody decided have been called after they were shown.
    package static func calledSince(_ phrase: Phrase) -> Self {
        DashboardError(.conflict, calledSinceWord, phrase)
    }

    /// Whether the question is to be asked again.
    var isCalledSince: Bool { word == Self.calledSinceWord }
}
