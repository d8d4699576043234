import CampaignStore

/// Lets a campaign be dialed again.
struct ResumeCampaign: StoreOperation {
    /// What comes of it.
    struct Outcome: Codable, Sendable {
        /// The pause that is over; nil when there was none.
        var pause: CampaignPause?
    }

    var campaign: String

    var label: String { "resume \(campaign)" }
    var request: ControlRequest { .resume(self) }

    func perform(at context: OperationContext) async throws -> Outcome {
        Outcome(pause: try await context.store.resume(campaign: campaign))
    }
}
