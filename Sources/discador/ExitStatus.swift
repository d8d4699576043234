import CampaignCore
import CampaignFile
import CampaignRunner
import CampaignStore
import Foundation
import ZAPISimulator

/// The exit codes of every command; a contract with scripts.
enum ExitStatus: Int32, Codable {
    /// All contacts are accepted or excluded; or the command did what it was asked.
    case success = 0
    /// Something nobody foresaw.
    case unexpected = 1
    /// Finished, and some contacts failed or are in doubt.
    case finishedWithFailures = 3
    /// The brake, or Z-API's refusal of every instance, stopped the run.
    case stopped = 4
    /// Another process holds the database.
    case held = 5
    /// The command line is wrong: an option, a value, a number written there; or a question that nobody was there to answer.
    case usage = 64
    /// What was named cannot be used, or not all of it: a campaign file, a list or some of its rows, a campaign or a number
    /// that is not there.
    case badInput = 65
    /// Z-API cannot be reached.
    case unreachable = 69
    /// The disk is full or fails, or the database is damaged; or standard output cannot be written.
    case disk = 74
    /// Nobody may be called now, and the run was not to wait; or the campaign is paused.
    case notNow = 75
    /// Stopped on request; nothing under way was left behind.
    case interrupted = 130

    /// How a run's end is told to a script.
    init(_ report: RunReport) {
        switch report.end {
        case .finished:
            self = report.counts.failed + report.counts.inDoubt > 0 ? .finishedWithFailures : .success
        case .drained, .halted: self = .interrupted
        case .braked, .misconfigured: self = .stopped
        case .unreachable: self = .unreachable
        case .notNow, .away: self = .notNow
        case .queueFailed(let error, _): self = ExitStatus(error)
        }
    }

    /// How an error of the database is told to a script.
    init(_ error: StoreError) {
        switch error {
        case .held: self = .held
        case .unknownCampaign, .missing: self = .badInput
        case .campaignComes: self = .notNow
        case .diskFull, .tooManyFiles, .io, .corrupt, .locked, .notOurs, .fromNewerVersion, .fromOlderVersion,
            .replaced, .overwritten,
            .indexOverwritten,
            .outdated,
            .otherDatabase, .lost, .unmarked, .writtenElsewhere:
            self = .disk
        case .otherName: self = .usage
        case .unexpected: self = .unexpected
        }
    }
}

extension ExitStatus {
    /// How work that stopped halfway is told to a script.
    init(_ error: InterruptedWork) {
        switch error {
        case .blocking(_, _, let cause), .listedAgain(let cause): self = ExitStatus(cause)
        case .beingCancelled: self = .notNow
        case .cancelledMeanwhile: self = .interrupted
        }
    }
}

/// An error with its exit code and the sentence for people.
struct Failure: Error, Codable {
    var exit: ExitStatus
    var message: String

    init(_ exit: ExitStatus, _ message: String) {
        self.exit = exit
        self.message = message
    }

    /// Any error that is ours; nil for those of the argument parser, which has its own way to tell them.
    init?(_ error: any Error) {
        switch error {
        case let error as Failure: self = error
        case let error as StoreError: self.init(ExitStatus(error), error.description)
        case let error as InterruptedWork: self.init(ExitStatus(error), error.description)
        case let error as CampaignFileError: self.init(.badInput, error.description)
        case let error as ListError: self.init(.badInput, error.description)
        case let error as ScenarioError: self.init(.badInput, error.description)
        case let error as SimulatorError: self.init(.unexpected, error.description)
        case let error as CocoaError: self.init(.unexpected, error.localizedDescription)
        default: return nil
        }
    }
}
