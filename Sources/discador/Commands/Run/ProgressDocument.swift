import CampaignCore
import CampaignRunner

/// Why a line of progress is written.
enum ProgressEvent: String, Encodable {
    /// The campaign begins to be dialed, as far as this terminal knows.
    case start
    /// It waits for long, dials again, stops, or an instance is lost or back.
    case change
    /// Time has passed.
    case progress
    /// It is not dialed any more.
    case end
}

/// A campaign's progress as JSON, for `--progress json`.
struct ProgressDocument: Encodable {
    /// Contacts by state.
    struct Counts: Encodable, Equatable {
        var ready, dialing, accepted, failed, inDoubt, excluded, total: Int

        init(_ counts: StateCounts) {
            (ready, dialing, accepted) = (counts.ready, counts.dialing, counts.accepted)
            (failed, inDoubt, excluded, total) = (counts.failed, counts.inDoubt, counts.excluded, counts.total)
        }
    }

    var version = 1
    var event: ProgressEvent
    var time: String
    var campaign: String
    var counts: Counts
    var outcomes: OutcomeCounts.Document
    var elapsedSeconds: Int64
    /// A word of ``RunActivity/Word``.
    var activity: String
    /// Until when it waits; nil when that is not known, or it does not wait.
    var activityUntil: String?
    /// When it is forecast to end.
    var endsAt: String?
    var isStopping: Bool
    /// The instances that are not in use, with the reason.
    var troubles: [String]

    init(_ event: ProgressEvent, _ progress: RunProgress, of campaign: Campaign, endsAt: Timestamp?, now: Timestamp) {
        self.event = event
        time = TimeText.iso(now)
        self.campaign = campaign.name
        counts = Counts(progress.counts)
        outcomes = OutcomeCounts.Document(progress.outcomes)
        elapsedSeconds = progress.elapsed.components.seconds
        let doing = Self.activity(progress.waitsFor)
        activity = doing.word.rawValue
        activityUntil = doing.until.map { TimeText.iso($0) }
        self.endsAt = endsAt.map { TimeText.iso($0) }
        isStopping = progress.isStopping
        troubles = progress.troubles
    }

    /// The words of `status`.
    static func activity(_ wait: WaitReason?) -> RunActivity {
        wait?.activity ?? RunActivity(word: .dialing)
    }
}
