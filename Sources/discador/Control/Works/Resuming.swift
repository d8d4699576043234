import CampaignStore

/// Lets a campaign be dialled again.
struct Resuming: Work {
    /// What comes of it.
    struct Outcome: Codable, Sendable {
        /// The pause that is over; nil when there was none.
        var pause: CampaignPause?
    }

    var campaign: String

    var label: String { "resume \(campaign)" }
    var order: WorkOrder { .resume(self) }

    func perform(at bench: Workbench) async throws -> Outcome {
        Outcome(pause: try await bench.store.resume(campaign: campaign))
    }
}
