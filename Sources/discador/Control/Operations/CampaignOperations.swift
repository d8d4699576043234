import CampaignCore
import CampaignStore
import Foundation

/// Excludes every contact of a campaign that still waits to be called, and ends its run.
struct CancelCampaign: CampaignOperation {
    struct Outcome: Codable, Sendable {
        /// How many contacts will not be called.
        var cancelled: Int
        /// The process that was dialing the campaign and is about to end; nil when none was.
        var runner: Int32?
    }

    static let name = "cancel"

    var campaign: String

    func perform(in context: OperationContext) async throws -> Outcome {
        guard let run = context.run, run.campaign == campaign else {
            return Outcome(cancelled: try await context.store.cancel(campaign: campaign), runner: nil)
        }
        await run.stop()
        guard await !run.hasEnded else {
            return Outcome(cancelled: try await context.store.cancel(campaign: campaign), runner: nil)
        }
        // Before waiting, so that it takes effect even if this process is killed while it waits.
        _ = try await context.store.cancel(campaign: campaign, isBeingDialed: true)
        await run.waitForEnd()
        // A call that was under way may have been requeued.
        let cancelled = try await context.store.cancel(campaign: campaign, isAfterRun: true)
        return Outcome(cancelled: cancelled, runner: ProcessInfo.processInfo.processIdentifier)
    }
}

/// Keeps a campaign from being dialed until it is resumed, and drains its run.
struct PauseCampaign: CampaignOperation {
    struct Outcome: Codable, Sendable {
        /// The pause now in effect, which may be an earlier one.
        var pause: CampaignPause
        /// The process that is dialing it and is about to end; nil when the campaign is not being dialed.
        var runner: Int32?
    }

    static let name = "pause"

    var campaign: String
    /// Who paused the campaign, when, and by which command.
    var pause: CampaignPause

    func perform(in context: OperationContext) async throws -> Outcome {
        guard let run = context.run, run.campaign == campaign else {
            return Outcome(pause: try await context.store.pause(campaign: campaign, pause), runner: nil)
        }
        // First, so that no call begins even if the pause cannot be written.
        await run.stop()
        let pause = try await context.store.pause(campaign: campaign, pause)
        let runner = await run.hasEnded ? nil : ProcessInfo.processInfo.processIdentifier
        return Outcome(pause: pause, runner: runner)
    }
}

/// Lets a campaign be dialed again.
struct ResumeCampaign: CampaignOperation {
    struct Outcome: Codable, Sendable {
        /// The pause that ended; nil when there was none.
        var pause: CampaignPause?
    }

    static let name = "resume"

    var campaign: String

    func perform(in context: OperationContext) async throws -> Outcome {
        Outcome(pause: try await context.store.resume(campaign: campaign))
    }
}

/// Requeues contacts.
struct RetryContacts: CampaignOperation {
    static let name = "retry"

    var campaign: String
    var filter: ContactFilter

    func perform(in context: OperationContext) async throws -> RetryTotals {
        try await context.store.retry(campaign: campaign, where: filter)
    }
}

/// Resolves doubts as a person has decided.
struct ResolveDoubts: CampaignOperation {
    static let name = "resolve"

    var campaign: String
    var doubts: DoubtChoice
    var resolution: CampaignStore.Resolution

    func perform(in context: OperationContext) async throws -> ResolvedDoubts {
        try await context.store.resolve(campaign: campaign, doubts, as: resolution)
    }
}
