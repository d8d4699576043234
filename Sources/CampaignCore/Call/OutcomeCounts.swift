/// What came of a campaign's calls, as webhooks say: how many contacts each is true of, by their last call.
package struct OutcomeCounts: Hashable, Sendable, Codable {
    /// The call went out to WhatsApp.
    package var delivered = 0
    /// Somebody answered.
    package var answered = 0
    /// It rang, and nobody answered.
    package var notAnswered = 0
    /// They rang us within three days.
    package var calledBack = 0
    /// They wrote, or sent something.
    package var replied = 0
    /// They asked not to be called any more, by a reply.
    package var optedOut = 0

    package init() {}
}
