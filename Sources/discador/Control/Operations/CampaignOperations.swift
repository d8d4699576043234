import CampaignCore
import CampaignRunner
import CampaignStore
import Foundation

/// Excludes every contact of a campaign that still waits to be called, and ends its run.
struct CancelCampaign: CampaignOperation {
    struct Outcome: Codable, Sendable {
        /// How many contacts will not be called.
        var cancelled: Int
        /// The process that was dialing the campaign and is about to end; nil when none is.
        var runner: Int32?
    }

    static let name = "cancel"
    static let goesAheadUnlogged = true

    var campaign: String

    func counts(of outcome: Outcome) -> [String: Int] { ["contacts": outcome.cancelled] }

    func perform(in context: OperationContext) async throws -> Outcome {
        if let dialing = context.dialing, await dialing.isDialing(campaign) {
            return try await stopRun(dialing, context.store)
        }
        // Also when its run has just ended: another must not follow it.
        await context.dialing?.stop(.drain, [campaign])
        let cancelled = try await context.store.cancel(campaign: campaign)
        // A run may have begun before that was written.
        guard let dialing = context.dialing, await dialing.isDialing(campaign) else {
            return Outcome(cancelled: cancelled, runner: nil)
        }
        return try await stopRun(dialing, context.store)
    }

    private func stopRun(_ dialing: DialingSession, _ store: CampaignStore) async throws -> Outcome {
        await dialing.stop(.drain, [campaign])
        // Before waiting, so that it takes effect even if this process is killed while it waits.
        _ = try await store.cancel(campaign: campaign, isBeingDialed: true)
        await dialing.waitForEnd(of: campaign)
        // A call that was under way may have been requeued.
        let cancelled = try await store.cancel(campaign: campaign, isAfterRun: true)
        return Outcome(cancelled: cancelled, runner: await dialing.processEnding(with: campaign))
    }
}

/// Keeps a campaign from being dialed until it is resumed, and drains its run.
struct PauseCampaign: CampaignOperation {
    struct Outcome: Codable, Sendable {
        /// The pause now in effect, which may be an earlier one.
        var pause: CampaignPause
        /// Whether it was being dialed.
        var wasRunning = false
        /// The process that was dialing it and is about to end; nil when none is.
        var runner: Int32?
    }

    static let name = "pause"
    static let goesAheadUnlogged = true

    var campaign: String
    /// Who paused the campaign, when, and by which command.
    var pause: CampaignPause

    func perform(in context: OperationContext) async throws -> Outcome {
        // First, so that no call begins even if the pause cannot be written; also when its run has just ended, so that no
        // other follows it.
        let wasRunning = await context.dialing?.pause(campaign) ?? false
        var outcome = Outcome(
            pause: try await context.store.pause(campaign: campaign, pause), wasRunning: wasRunning)
        guard let dialing = context.dialing else { return outcome }
        // Another run may have begun before the pause was written. One that begins from now on finds it.
        if await dialing.pause(campaign) { outcome.wasRunning = true }
        guard outcome.wasRunning else { return outcome }
        await dialing.waitForEnd(of: campaign)
        outcome.runner = await dialing.processEnding(with: campaign)
        return outcome
    }
}

/// Ends the run of a campaign once its calls under way have ended, and does not keep it from being started again.
struct StopCampaign: CampaignOperation {
    struct Outcome: Codable, Sendable {
        /// Whether it was being dialed.
        var wasRunning = false
    }

    static let name = "stop"
    static let goesAheadUnlogged = true

    var campaign: String

    func perform(in context: OperationContext) async throws -> Outcome {
        guard let dialing = context.dialing, await dialing.isDialing(campaign) else { return Outcome() }
        await dialing.stop(.drain, [campaign])
        await dialing.waitForEnd(of: campaign)
        return Outcome(wasRunning: true)
    }
}

/// Lets a campaign be dialed again. The process that holds the database goes on with it, if it was active and nobody
/// watched it.
struct ResumeCampaign: CampaignOperation {
    struct Outcome: Codable, Sendable {
        /// The pause that ended; nil when there was none.
        var pause: CampaignPause?
        /// Whether it is being dialed now.
        var isDialed = false
        /// Why it cannot be dialed although it is active; nil when it can, or is not.
        var obstacle: Failure?
    }

    static let name = "resume"

    var campaign: String

    func perform(in context: OperationContext) async throws -> Outcome {
        var outcome = Outcome(pause: try await context.store.resume(campaign: campaign, now: SystemEnvironment.now()))
        guard let dialing = context.dialing else { return outcome }
        let active = try context.store.reader().activeCampaigns().first { $0.name == campaign }
        guard let active else { return outcome }
        let (isDialed, obstacle) = await dialing.resume(active)
        outcome.isDialed = isDialed
        outcome.obstacle = obstacle
        if let obstacle { try await context.store.noteObstacle(campaign: campaign, reason: obstacle.message) }
        return outcome
    }
}

/// Has the process that holds the database hand over to a service, which is about to take it.
struct HandOver: StoreOperation {
    struct Outcome: Codable, Sendable {
        /// What the service goes on with, with the values of variables.
        var requests: [DialRequest] = []
    }

    static let name = "serve"
    static let goesAheadUnlogged = true

    func perform(in context: OperationContext) async throws -> Outcome {
        guard let dialing = context.dialing else { return Outcome() }
        guard !dialing.isService else {
            let process = ProcessInfo.processInfo.processIdentifier
            let run = SuggestedCommands(databaseAt: context.store.path).command("run", "--detach")
            throw Failure(
                .held,
                Phrase(
                    "another service (process \(process)) already holds the database: it dials what `\(run)` asks for. Stop "
                        + "it first if this one shall take its place.",
                    "outro serviço (processo \(process)) já usa o banco de dados: ele disca o que `\(run)` pede. Pare-o "
                        + "antes, se este for tomar o lugar dele."))
        }
        return Outcome(requests: await dialing.handOver())
    }
}

/// Requeues contacts.
struct RetryContacts: CampaignOperation {
    static let name = "retry"

    var campaign: String
    /// It may name a person.
    var filter: ContactFilter
    /// When somebody was shown whom they requeue, or asked for it unseen: whoever was called since is left alone.
    var seenAt: Timestamp

    func counts(of totals: RetryTotals) -> [String: Int] {
        ["requeued": totals.requeued, "refused": totals.refused.values.reduce(0, +)]
    }

    func perform(in context: OperationContext) async throws -> RetryTotals {
        try await context.store.retry(campaign: campaign, where: filter, seenAt: seenAt)
    }
}

/// Resolves doubts as a person has decided.
struct ResolveDoubts: CampaignOperation {
    static let name = "resolve"

    var campaign: String
    var doubts: DoubtChoice
    var resolution: CampaignStore.Resolution
    /// When somebody was shown the doubts, or asked for it unseen: a doubt about a later call is left alone.
    var seenAt: Timestamp

    var logged: ActionDetail { ActionDetail(campaign: campaign, words: ["as": resolution.rawValue]) }

    func counts(of done: ResolvedDoubts) -> [String: Int] {
        ["resolved": done.resolved.count, "excluded": done.excluded]
    }

    func perform(in context: OperationContext) async throws -> ResolvedDoubts {
        try await context.store.resolve(campaign: campaign, doubts, as: resolution, seenAt: seenAt)
    }
}
