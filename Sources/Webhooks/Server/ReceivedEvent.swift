package import CampaignCore

/// An event that is on disk, with what became of it.
package struct ReceivedEvent: Sendable {
    /// Where it came to.
    package var address: WebhookAddress
    package var event: IncomingEvent
    package var receipt: EventReceipt
}

/// How many requests came to the listener.
package struct WebhookCounts: Equatable, Sendable {
    /// Events kept and acknowledged, without repeats.
    package var events = 0
    /// Repeats, acknowledged too.
    package var repeats = 0
    /// Requests to a wrong address, answered with 404, as is whatever else is wrong with a request.
    package var refused = 0
    /// Bodies over the limit at a right address: these are lost.
    package var tooLarge = 0
    /// Requests that could not be kept, answered with 503.
    package var unavailable = 0
}
