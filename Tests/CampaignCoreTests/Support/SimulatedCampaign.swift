import CampaignCore

/// A campaign dialed call by call, with which the forecast is compared. All gaps are whole seconds, and the zone's
/// offset does not change.
struct SimulatedCampaign {
    static let utcOffset = -3 * 3600

    private struct SimulatedInstance {
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

    private var instances: [SimulatedInstance]
    private let window: CallingWindow?
    private let gap: Int
    private let room: Int
    private let expires: Int

    private(set) var calls = 0
    private(set) var first: Int?
    private(set) var last: Int?
    private(set) var days: Set<Int> = []

    init(_ campaign: Campaign, baseline: ForecastBaseline) {
        instances = campaign.instances.map { instance in
            let known = baseline.instances[instance.name] ?? ForecastBaseline.InstanceBaseline()
            let gap = instance.pace.gap(ringing: .seconds(campaign.callDuration), random: 0.5)
            return SimulatedInstance(
                // One phone rings one call at a time, 2 s apart.
                gap: max(Int(gap.components.seconds), campaign.callDuration + 2), cap: instance.dailyCap ?? .max,
                warmup: instance.warmup,
                opensAt: Int(known.opensAt.milliseconds / 1000), callsToday: known.callsToday,
                daysUsed: known.daysOfUseBefore)
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
                for index in instances.indices {
                    if instances[index].callsToday > 0 { instances[index].daysUsed += 1 }
                    instances[index].callsToday = 0
                }
            }
            guard isOpen(time) && isOpen(time + room - 1) else {
                // Only whole minutes open a window.
                time = (time / 60 + 1) * 60
                continue
            }
            guard let next = nextInstance() else {
                // None may call before tomorrow.
                time = (today + 1) * 86_400 - Self.utcOffset
                continue
            }
            let earliest = max(opensAt, instances[next].opensAt)
            guard earliest <= time else {
                time = min(earliest, (time / 60 + 1) * 60)
                continue
            }
            instances[next].opensAt = time + instances[next].gap
            instances[next].callsToday += 1
            opensAt = time + gap
            calls += 1
            first = first ?? time
            last = time
            days.insert(today)
        }
    }

    private func day(_ time: Int) -> Int { (time + Self.utcOffset) / 86_400 }

    /// The instance that is free first.
    private func nextInstance() -> Int? {
        var next: Int?
        for index in instances.indices where instances[index].left > 0 {
            if let found = next, instances[found].opensAt <= instances[index].opensAt { continue }
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
