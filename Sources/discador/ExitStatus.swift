import CampaignCore
import CampaignRunner
import CampaignStore
import Webhooks

/// The exit codes of all commands; scripts rely on them.
enum ExitStatus: Int32, Codable, CaseIterable {
    /// All contacts are accepted or excluded; or the command did what was requested.
    case success = 0
    /// An unexpected error.
    case unexpected = 1
    /// Finished, but some contacts failed or are in doubt.
    case finishedWithFailures = 3
    /// The brake, or Z-API's refusal of every instance, stopped the run.
    case stopped = 4
    /// Another process holds the database.
    case held = 5
    /// The command line is wrong: an option, a value, a number in it; or there is a question but no terminal to answer
    /// it.
    case usage = 64
    /// Input cannot be used, or not all of it: a campaign file, a list or some of its rows, an unknown campaign or
    /// number, a database that another program or another version made.
    case badInput = 65
    /// Z-API cannot be reached.
    case unreachable = 69
    /// The disk is full or fails, or the database is damaged; or standard output cannot be written.
    case disk = 74
    /// With --no-wait: no call may be placed now. Or the campaign is paused.
    case notNow = 75
    /// Stopped on request; no call was left under way.
    case interrupted = 130

    /// The exit code of a run.
    init(_ report: RunReport) {
        switch report.end {
        case .finished:
            self = report.counts.failed + report.counts.inDoubt > 0 ? .finishedWithFailures : .success
        case .drained, .halted: self = .interrupted
        case .braked, .badAudio, .misconfigured, .contradicts: self = .stopped
        case .unreachable: self = .unreachable
        case .notNow, .away: self = .notNow
        case .storeFailed(let error, _): self = ExitStatus(error)
        }
    }

    /// The exit code of a database error.
    init(_ error: StoreError) {
        switch error {
        case .held: self = .held
        case .unknownCampaign, .missing, .notOurs, .fromNewerVersion, .fromOlderVersion: self = .badInput
        case .campaignIncomplete, .beingDeleted: self = .notNow
        case .diskFull, .tooManyFiles, .io, .corrupt, .locked, .replaced, .overwritten, .indexOverwritten, .outdated,
            .otherDatabase, .lost, .unmarked, .writtenElsewhere:
            self = .disk
        case .otherName: self = .usage
        case .unexpected: self = .unexpected
        }
    }
}

extension ExitStatus {
    /// The exit code of several runs: that of the one that a script has to know about first.
    init(worstOf statuses: [ExitStatus]) {
        let order: [ExitStatus] = [
            .disk, .unexpected, .usage, .badInput, .held, .interrupted, .stopped, .unreachable, .notNow,
            .finishedWithFailures,
        ]
        self = order.first(where: statuses.contains) ?? .success
    }

    /// The exit code when webhooks cannot be received.
    init(_ error: WebhookServerError) {
        switch error {
        case .unprotected: self = .usage
        case .certificate, .otherKey: self = .badInput
        case .addressTaken, .cannotListen: self = .unexpected
        }
    }

    /// The exit code of an operation that stopped midway.
    init(_ error: InterruptedOperation) {
        switch error {
        case .blocking(_, _, let cause), .listedAgain(let cause): self = ExitStatus(cause)
        case .beingCancelled: self = .notNow
        case .cancelledMeanwhile: self = .interrupted
        }
    }
}
