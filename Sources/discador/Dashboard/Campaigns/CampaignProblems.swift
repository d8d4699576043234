import CampaignCore
import CampaignStore
import Dashboard
import Reports

/// Who was not reached and why, counted over all contacts of a campaign: in the background, and kept for the next who
/// looks, however many contacts there are.
actor CampaignProblems {
    private struct Counted {
        var groups: [ProblemGroup]
        var at: Timestamp
        /// The next count begins not before this.
        var due: Timestamp
    }

    /// Counting takes a hundredth of the time at most.
    private static let share = 100
    private static let shortest: Int64 = 5_000
    private static let mostReasons = 12

    private let reads: StoreReads
    private var counted: [String: Counted] = [:]
    private var counting: [String: Task<Void, Never>] = [:]

    init(_ reads: StoreReads) { self.reads = reads }

    /// The groups as last counted, and when that was; empty while nothing was counted yet. What takes little time is
    /// waited for.
    func latest(of campaign: String) async -> (groups: [ProblemGroup], at: Timestamp?) {
        let now = SystemEnvironment.now()
        if counted[campaign].map({ $0.due <= now }) ?? true, counting[campaign] == nil {
            counting[campaign] = Task { await self.count(campaign) }
        }
        if counted[campaign] == nil { try? await SystemEnvironment.clock.sleep(for: .milliseconds(50)) }
        return (counted[campaign]?.groups ?? [], counted[campaign]?.at)
    }

    private func count(_ campaign: String) async {
        defer { counting[campaign] = nil }
        let begun = SystemEnvironment.now()
        // What cannot be read is asked for again by the next who looks; what was counted before stays, with its time.
        guard let reasons = try? await reads({ try $0.summary(campaign: campaign).reasons }) else { return }
        let now = SystemEnvironment.now()
        let wait = max((now.milliseconds - begun.milliseconds) * Int64(Self.share), Self.shortest)
        counted[campaign] = Counted(
            groups: reasons.filter { !$0.reason.isEmpty && $0.state != .accepted && $0.state != .ready }
                .prefix(Self.mostReasons).map(Self.group),
            at: now, due: Timestamp(milliseconds: now.milliseconds + wait))
    }

    private static func group(_ count: ReasonCount) -> ProblemGroup {
        let remedies = Language.allCases.map { $0.reportWords.remedy(count.reason, of: count.state) }
        let remedy =
            remedies.contains(nil) ? nil : Phrase { $0.reportWords.remedy(count.reason, of: count.state) ?? "" }
        return ProblemGroup(
            state: count.state.words, reason: count.state.words(count.reason) ?? Phrase(verbatim: count.reason),
            contacts: count.contacts, remedy: remedy,
            filter: "state = \(count.state.rawValue) and reason = \(count.reason)")
    }
}
