import CampaignCore

@testable import CampaignRunner

/// For tests that play the turns themselves, without a database and without waiting. Only the decisions are the real
/// ones.
extension DispatcherState {
    /// A dispatcher that one campaign has just joined: its number is 0, and its instances have those of their places.
    static func dialing(
        _ campaign: Campaign, _ snapshot: RunSnapshot, _ options: RunOptions = RunOptions(), wall: Timestamp,
        uptime: Uptime = Uptime(boot: "boot", duration: .seconds(3600))
    ) -> DispatcherState {
        var state = DispatcherState(uptime: uptime)
        let moment = state.moment(elapsed: .zero, wall: wall)
        state.join(campaign, options, as: 0, snapshot, at: moment)
        return state
    }

    /// A campaign joins.
    mutating func join(
        _ campaign: Campaign, _ options: RunOptions, as number: Int, _ snapshot: RunSnapshot,
        at moment: RunMoment
    ) {
        let dialed = DialedCampaign(
            campaign, options: options, provider: SilentProvider(),
            calendar: WindowCalendar(window: campaign.window) { _ in SimulatedZone.offset(of: campaign) })
        join(dialed, as: number, through: numbers(for: campaign.instances), snapshot, at: moment)
    }

    /// What the loop does after a turn's transaction and the calls that it let begin.
    ///
    /// - Returns: the instances whose health is to be checked.
    mutating func conclude(_ turn: Turn, at moment: RunMoment) -> [Int] {
        let checks = dueHealthChecks(of: turn.awake, at: moment)
        settle(Set(awake(at: moment.elapsed)).union(turn.awake).sorted(), at: moment)
        return checks
    }

    /// The health of an instance has been checked.
    mutating func note(_ health: InstanceHealth, of instance: Int, at moment: RunMoment) {
        instances[instance].note(health, at: moment)
        noteNews(ofInstance: instance)
    }
}

/// Time zones without summer time.
enum SimulatedZone {
    static let names = ["UTC", "America/Sao_Paulo", "Asia/Tokyo"]

    /// Seconds east of UTC.
    static func offset(of campaign: Campaign) -> Int {
        switch campaign.window?.timeZone {
        case "America/Sao_Paulo"?: -3 * 3600
        case "Asia/Tokyo"?: 9 * 3600
        default: 0
        }
    }
}

extension RunSnapshot {
    /// A campaign that nobody has dialed yet.
    static func unused(_ campaign: Campaign, ready: Int) -> RunSnapshot {
        let open = PaceMark(nextAt: .epoch)
        var counts = StateCounts()
        counts.ready = ready
        return RunSnapshot(
            counts: counts,
            instances: campaign.instances.map { InstanceSnapshot(pace: open, limits: InstanceLimits($0)) },
            campaignPace: open, interrupted: 0, unspooled: 0)
    }
}

/// A provider that is never asked: the test itself says how calls and checks end.
private struct SilentProvider: CallProvider {
    func call(
        _ phone: PhoneNumber, seconds: Int, audio: String?, through instance: Int,
        unless refusal: @escaping @Sendable () -> SendRefusal?
    ) async -> CallReply {
        CallReply(verdict: .notSent, error: "nobody answers")
    }

    func health(of instance: Int) async -> InstanceHealth { .unreachable("nobody answers") }
}
