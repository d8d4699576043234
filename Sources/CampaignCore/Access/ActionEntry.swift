/// An entry of the log of who did what.
package struct ActionEntry: Hashable, Sendable {
    package enum State: String, Codable, Hashable, Sendable, CaseIterable {
        /// Under way; or the process was ended before it could say how it went.
        case begun
        case done
        case failed
    }

    /// Later entries have larger ones.
    package var id: Int64
    package var at: Timestamp
    package var actor: Actor
    /// What was done, in the words of the command line, such as `block add`.
    package var operation: String
    package var detail: ActionDetail
    package var state: State
    package var endedAt: Timestamp?
    /// Why it failed, in English, with phones masked.
    package var error: String?

    package init(
        id: Int64, at: Timestamp, actor: Actor, operation: String, detail: ActionDetail, state: State,
        endedAt: Timestamp? = nil, error: String? = nil
    ) {
        self.id = id
        self.at = at
        self.actor = actor
        self.operation = operation
        self.detail = detail
        self.state = state
        self.endedAt = endedAt
        self.error = error
    }
}
