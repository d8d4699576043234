import CampaignCore
import CampaignStore

extension Campaign {
    private static let maxNamed = 3

    /// When it may call: `mon tue wed thu fri 09:00–18:00 America/Sao_Paulo, 1d 21h a week`.
    var windowText: String {
        guard let window else { return "always: calls at any hour" }
        let days = CallingWindow.Day.allCases.filter { window.days.contains($0) }.map(\.rawValue).joined(separator: " ")
        let clock = window.timeZone ?? "on each contact's own clock"
        let perWeek = DurationText.elapsed(calendar.openPerWeek)
        return "\(days) \(Self.clock(window.fromMinute))–\(Self.clock(window.toMinute)) \(clock), \(perWeek) a week"
            + (hasWrittenWindow ? "" : "; this is the default, because campaign.yml has no `window`")
    }

    private static func clock(_ minute: Int) -> String {
        let (hours, minutes) = (minute / 60, minute % 60)
        return "\(hours < 10 ? "0" : "")\(hours):\(minutes < 10 ? "0" : "")\(minutes)"
    }

    /// Why further calls to somebody who did not answer may wait much longer than `redial` says; nil when they do not.
    var redialRemark: String? {
        // The last call that fits into the period is followed by one that must wait for its end.
        guard let redial, let quota = perPerson?.quota, redial.attempts >= quota.calls,
            redial.after * quota.calls < quota.per
        else { return nil }
        let per = DurationText.plain(quota.per)
        return
            "perPerson allows \(quota.calls.counted("call")) in \(per), and redial asks for up to \(redial.attempts + 1): "
            + "whoever does not answer waits for the rest until the \(per) are over, and the campaign stays open until then. "
            + "Lower `redial.notAnswered.attempts` to \(quota.calls - 1), or raise `perPerson.calls`"
    }

    /// A warning about paces that are faster than a phone can ring; nil when there are none.
    var paceRemark: String? {
        let ringing = Duration.seconds(callDuration)
        let fast = instances.filter { InstanceLimits($0).isFasterThanPhone(ringing: ringing) }
        guard !fast.isEmpty else { return nil }
        let others = fast.count > Self.maxNamed ? " and \((fast.count - Self.maxNamed).counted("other"))" : ""
        let names = fast.prefix(Self.maxNamed).map(\.name).joined(separator: ", ") + others
        let hourly = Int(3600 / InstanceLimits.occupancy(ringing: ringing).inSeconds)
        return
            "the pace of \(names) is faster than one phone can ring: one phone makes about \(hourly) calls an hour "
            + "(\(callDuration) s each, with 1 to 3 s between them). Z-API queues the rest, so no more calls are sent "
            + "to it than can ring before the window closes. Leave out `pace`, or add instances"
    }
}

extension CampaignPause {
    /// Since when and by whom: `since 2026-11-26T09:00:00Z, by ana (uid 1000) with “pause november”`.
    var text: String {
        "since \(TimeText.iso(since)), by \(user) with “\(command)”"
    }
}

/// A pause as JSON.
struct PauseDocument: Encodable {
    var since: String
    var user: String
    var command: String

    init(_ pause: CampaignPause) {
        since = pause.since.json()
        user = pause.user
        command = pause.command
    }
}
