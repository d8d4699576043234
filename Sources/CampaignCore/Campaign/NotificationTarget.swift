/// Where the program posts what happens to a campaign: `notify: {url: ${NOTIFY_URL}, secret: ${NOTIFY_SECRET}, on: …}`.
package struct NotificationTarget: Sendable, Equatable {
    /// What is told.
    package enum Event: String, CaseIterable, Sendable {
        /// The campaign is finished.
        case done
        /// The brake stopped it.
        case brake
        /// One of its instances lost its connection.
        case disconnected
        /// Somebody asked not to be called any more.
        case optOut
    }

    /// The address: `https`, or `http` to this machine. It is a secret, since such addresses often contain one.
    package var url: Secret
    /// What each message is signed with, as Standard Webhooks writes it: `whsec_` and 24 to 64 bytes in base64
    /// (standard-webhooks.com, read 2026).
    package var secret: Secret
    /// Which events are told; at least one.
    package var events: Set<Event>

    /// A target for these events; by default, all of them.
    package init(url: Secret, secret: Secret, events: Set<Event> = Set(Event.allCases)) {
        self.url = url
        self.secret = secret
        self.events = events
    }
}
