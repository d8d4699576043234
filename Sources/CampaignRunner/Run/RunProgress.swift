package import CampaignCore

/// The progress of a run at one moment, for display.
package struct RunProgress: Hashable, Sendable, Codable {
    /// The campaign's contacts by state.
    package var counts: StateCounts
    /// What came of its calls, as webhooks say.
    package var outcomes = OutcomeCounts()
    /// Contacts that were finished when the run began.
    package var finishedAtStart: Int
    /// Time since the run began.
    package var elapsed: Duration
    /// What it is waiting for; nil while it dials.
    package var waitsFor: WaitReason?
    /// When it wakes next, counted from its start; nil when only an event can change anything.
    package var wakesAt: Duration?
    /// The instances that are not in use, with the reason.
    package var troubles: [String]
    /// How many instances have not answered their first health check yet.
    package var uncheckedInstances: Int
    /// Whether it was asked to stop.
    package var isStopping: Bool
}
