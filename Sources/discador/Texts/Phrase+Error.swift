import CampaignCore

extension Phrase {
    /// What an error says to people: in every language, where it knows them.
    init(_ error: any Error) {
        switch error {
        case let error as Failure: self = error.message
        case let error as any Explained: self = error.phrase
        default: self.init(verbatim: "\(error)")
        }
    }
}

extension [String] {
    /// `a`, `a and b`, `a, b and c`.
    func inWords(_ language: Language) -> String {
        guard count > 1, let last else { return first ?? "" }
        return dropLast().joined(separator: ", ") + language.text(" and ", " e ") + last
    }
}
