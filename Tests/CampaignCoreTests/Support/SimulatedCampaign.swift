import CampaignCore

/// A campaign dialed call by call: what the forecast is held against. All gaps are whole
/// seconds, and the zone keeps its offset.
struct SimulatedCampaign {
    static let utcOffset = -3 * 3600

    private struct Line {
        var gap: Int
        var cap: Int
        var warmup: [Int]
        var opensAt: Int
        var callsToday: Int
        var daysUsed: Int

        var left: Int {
            min(cap, warmup.isEmpty ? .max : warmup[min(daysUsed, warmup.count - 1)]) - callsToday
        }
    }

    private var lines: [Line]
    private let window: CallingWindow?
    private let gap: Int
    private let room: Int
    private let expires: Int

    private(set) var calls = 0
    private(set) var first: Int?
    private(set) var last: Int?
    private(set) var days: Set<Int> = []

    init(_ campaign: Campaign, baseline: ForecastBaseline) {
        lines = campaign.instances.map { instance in
            let stands = baseline.lines[instance.name] ?? ForecastBaseline.Line()
            let gap = instance.pace.gap(ringing: .seconds(campaign.callDuration), random: 0.5)
            return Line(
                // One phone rings one call at a time, 2 s apart.
                gap: max(Int(gap.components.seconds), campaign.callDuration + 2), cap: instance.dailyCap ?? .max,
                warmup: instance.warmup,
                opensAt: Int(stands.opensAt.milliseconds / 1000), callsToday: stands.callsToday,
                daysUsed: stands.daysOfUseBefore)
        }
        window = campaign.window
        gap = Int(campaign.pace?.gap.components.seconds ?? 0)
        room = campaign.callDuration + 3 + Int(campaign.timeout.components.seconds)
        expires = campaign.expires.map { Int($0.milliseconds / 1000) } ?? .max
    }

    /// Dials from a moment on; gives up after a number of days.
    mutating func run(contacts: Int, from now: Int, days limit: Int) {
        var today = day(now)
        var opensAt = 0
        var time = now
        while calls < contacts, time < min(expires, now + limit * 86_400) {
            if day(time) != today {
                today = day(time)
                for index in lines.indices {
                    if lines[index].callsToday > 0 { lines[index].daysUsed += 1 }
                    lines[index].callsToday = 0
                }
            }
            guard isOpen(time) && isOpen(time + room - 1) else {
                // Only whole minutes open a window.
                time = (time / 60 + 1) * 60
                continue
            }
            guard let next = nextLine() else {
                // Nobody may call before tomorrow.
                time = (today + 1) * 86_400 - Self.utcOffset
                continue
            }
            let earliest = max(opensAt, lines[next].opensAt)
            guard earliest <= time else {
                time = min(earliest, (time / 60 + 1) * 60)
                continue
            }
            lines[next].opensAt = time + lines[next].gap
            lines[next].callsToday += 1
            opensAt = time + gap
            calls += 1
            first = first ?? time
            last = time
            days.insert(today)
        }
    }

    private func day(_ time: Int) -> Int { (time + Self.utcOffset) / 86_400 }

    /// The line that is free first.
    private func nextLine() -> Int? {
        var next: Int?
        for index in lines.indices where lines[index].left > 0 {
            if let found = next, lines[found].opensAt <= lines[index].opensAt { continue }
            next = index
        }
        return next
    }

    private func isOpen(_ time: Int) -> Bool {
        guard let window else { return true }
        let minute = (time + Self.utcOffset) / 60
        let today = minute / 1440
        return isOpen(window, minute, ofHoursOn: today) || isOpen(window, minute, ofHoursOn: today - 1)
    }

    private func isOpen(_ window: CallingWindow, _ minute: Int, ofHoursOn day: Int) -> Bool {
        let length = (window.toMinute - window.fromMinute + 1439) % 1440 + 1
        let since = minute - day * 1440 - window.fromMinute
        // 1970-01-01 was a Thursday.
        return since >= 0 && since < length && window.days.contains(CallingWindow.Day.allCases[(day + 3) % 7])
    }
}
