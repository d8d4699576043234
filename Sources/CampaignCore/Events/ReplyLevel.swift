/// What a reply asks for. The words are stored in the database and shown.
package enum ReplyLevel: String, CaseIterable, Sendable, Codable {
    /// Not to be called any more: the person is blocked.
    case optOut = "opt_out"
    /// Perhaps that: the person is held until somebody decides.
    case review
    /// Only a person can tell: a recording, an image. It is listed; nobody is held.
    case media
    /// Nothing of the kind.
    case none
}

/// What a person decided about a reply. The words are stored in the database and shown.
package enum ReplyDecision: String, CaseIterable, Sendable, Codable {
    /// It is an opt-out: whoever wrote it is on the do-not-call list.
    case blocked
    /// It is none: they may be called.
    case dismissed
}

/// What a reply says about being called again.
package struct ReplyReading: Hashable, Sendable {
    package var level: ReplyLevel
    /// What was recognized; empty when nothing was.
    package var rule: String

    /// The reading of a reply, by the words that are always known and those of each campaign that has called the
    /// person: the strongest counts.
    ///
    /// - Parameter lists: the campaigns' own words; those of a campaign without any are empty ones.
    package init(_ reply: Reply, _ lists: [OptOutLists]) {
        let readers = lists.isEmpty ? [OptOutLists()] : lists
        let readings = readers.map { lists in
            let reader = OptOutReader(words: lists.words, buttons: lists.buttons, review: lists.review)
            return switch reply.form {
            case .text, .media: reader.reading(of: reply.text)
            case .button: reader.reading(ofButton: reply.text)
            }
        }
        let strongest = readings.max { $0.level < $1.level }
        switch strongest?.level {
        case .optOut: level = .optOut
        case .review: level = .review
        case OptOutReading.Level.none?, nil: level = reply.form == .media ? .media : .none
        }
        rule = level == .optOut || level == .review ? strongest?.rule ?? "" : ""
    }
}
