import CampaignCore
import CampaignFile
import CampaignStore
import Dashboard
import Foundation
import Webhooks
import ZAPISimulator

/// An error with its exit code and its message for people.
struct Failure: Error, Codable, Explained {
    var exit: ExitStatus
    var message: Phrase

    var phrase: Phrase { message }

    init(_ exit: ExitStatus, _ message: Phrase) {
        self.exit = exit
        self.message = message
    }

    /// Converts any error of this program; nil for those of the argument parser, which prints them itself.
    init?(_ error: any Error) {
        switch error {
        case let error as Failure: self = error
        case let error as StoreError: self.init(ExitStatus(error), error.phrase)
        case let error as ErasureError: self.init(.notNow, error.phrase)
        case let error as InterruptedOperation: self.init(ExitStatus(error), error.phrase)
        case let error as CampaignFileError: self.init(.badInput, error.phrase)
        case let error as ListError: self.init(.badInput, error.phrase)
        case let error as ScenarioError: self.init(.badInput, error.phrase)
        case let error as SimulatorError: self.init(.unexpected, error.phrase)
        case let error as DashboardServerError: self.init(.unexpected, error.phrase)
        case let error as WebhookServerError: self.init(ExitStatus(error), error.phrase)
        case let error as CocoaError: self.init(.unexpected, Phrase(ofFile: error))
        default: return nil
        }
    }
}
