import CampaignCore
import CampaignStore

/// What the API answers when something was done.
struct StartedDocument: Encodable {
    var campaign: String
    /// False when there was nobody to call.
    var isDialed: Bool
    /// Whether it was being dialed before; then its run goes on as it began.
    var wasDialed: Bool
}

struct PausedDocument: Encodable {
    var campaign: String
    var wasRunning, wasPaused: Bool
    var pause: PauseDocument

    init(_ campaign: String, _ outcome: PauseCampaign.Outcome, asked: CampaignPause) {
        self.campaign = campaign
        wasRunning = outcome.wasRunning
        wasPaused = outcome.pause != asked
        pause = PauseDocument(outcome.pause)
    }
}

struct ResumedDocument: Encodable {
    var campaign: String
    var wasPaused, isDialed: Bool
    /// Why it is not dialed although it is active.
    var obstacle: String?
    var pause: PauseDocument?

    init(_ campaign: String, _ outcome: ResumeCampaign.Outcome) {
        self.campaign = campaign
        (wasPaused, isDialed) = (outcome.pause != nil, outcome.isDialed)
        obstacle = outcome.obstacle?.message.english
        pause = outcome.pause.map(PauseDocument.init)
    }
}

struct CancelledDocument: Encodable {
    var campaign: String
    /// How many contacts will not be called.
    var cancelled: Int
}

struct RetriedDocument: Encodable {
    var campaign: String
    var requeued: Int
    /// How many were not, by the reason.
    var refused: [RequeueRefusal: Int]
    /// How many were left alone, because they were called or imported since they were seen.
    var calledSince: Int
}

struct ResolvedDocument: Encodable {
    var campaign: String
    var resolved: [PhoneNumber]
    var excluded: Int
    var notInDoubt: [PhoneNumber]
    /// How many were left alone, because they were called or imported since they were seen.
    var calledSince: Int
}

struct BlockedDocument: Encodable {
    var phone: String
    var wasBlocked: Bool
    /// How many waiting contacts will not be called.
    var excluded: Int
}

struct UnblockedDocument: Encodable {
    /// The number, and others of the same person.
    var removed: [String]
    var excluded, requeued: Int
}
