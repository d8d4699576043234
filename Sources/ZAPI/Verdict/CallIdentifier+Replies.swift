import CampaignCore

/// Call ids as they are written in replies.
extension CallIdentifier {
    /// Z-API's ids have 32 characters; of longer ones only the beginning is kept.
    static let longest = 256

    /// The id in a value; nil when it is not an id.
    static func text(_ value: JSONMembers.Value) -> String? {
        switch value {
        case .text(let text), .number(let text): id(text)
        case .other: nil
        }
    }

    /// An id in the form in which it is kept. Secrets must be searched for before that: half of one can no longer be
    /// found.
    static func kept(_ id: String) -> String { TextSanitizer.shortened(id, to: longest) }
}
