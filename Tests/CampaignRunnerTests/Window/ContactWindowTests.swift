import CampaignCore
import CampaignRunner
import CampaignStore
import Testing

/// A run begins on Friday, 2027-01-15, at 08:00 UTC: 05:00 in São Paulo and 04:00 in Manaus.
@Suite(.timeLimit(.minutes(10))) struct `The window of each contact` {
    @Test func `contacts are called once the window opens where they live, an hour later in Manaus`() async throws {
        let fixture = try await RunFixture(contacts: 2)
        try await fixture.add(phones: [5_592_900_000_000, 5_592_900_000_001])
        fixture.gate = ZoneGate(from: 9 * 60, to: 18 * 60)
        let calls = try await fixture.calls(afterWakes: [1, 1, 2, 1])
        #expect(calls.map(\.at) == [.hours(4), .hours(4) + .seconds(10), .hours(5), .hours(5) + .seconds(10)])
        #expect(calls.map { $0.phone.value / 1_000_000_000 } == [5511, 5511, 5592, 5592])
    }

    @Test func `contacts that have to wait do not delay a contact that may be called now`() async throws {
        let fixture = try await RunFixture(contacts: 0)
        try await fixture.add(phones: [5_592_900_000_000, 5_511_900_000_000, 5_592_900_000_001, 5_511_900_000_001])
        fixture.gate = ZoneGate(from: 5 * 60, to: 18 * 60)
        let calls = try await fixture.calls(afterWakes: [0, 1, 2, 1])
        #expect(calls.map(\.at) == [.zero, .seconds(10), .hours(1), .hours(1) + .seconds(10)])
        #expect(calls.map { $0.phone.value / 1_000_000_000 } == [5511, 5511, 5592, 5592])
    }

    @Test
    func `the last call of the day has ended when the window shuts, and the next one waits for the following day`()
        async throws
    {
        let fixture = try await RunFixture(contacts: 6)
        fixture.gate = ZoneGate(from: 3 * 60, to: 5 * 60 + 1)
        let calls = try await fixture.calls(afterWakes: [0, 1, 1, 1, 1, 2])
        #expect(calls.map(\.at) == [0, 10, 20, 30, 40].map { .seconds($0) } + [.hours(22)])
    }

    @Test(arguments: [-1800, 1800])
    func `opens by the wall clock, also when that is set while it is waited for`(step: Int) async throws {
        let fixture = try await RunFixture(contacts: 1)
        fixture.campaign.window = CallingWindow(
            zone: .contact, days: Set(CallingWindow.Day.allCases), fromMinute: 360, toMinute: 1080, holidays: [])
        fixture.campaign.healthInterval = .hours(1000)
        fixture.gate = ZoneGate(from: 6 * 60, to: 18 * 60)
        let run = try fixture.run()
        async let report = run.run()
        try await fixture.moveToNextDeadline()
        fixture.clock.setWall(by: .seconds(step))
        var calls = fixture.provider.calls.makeAsyncIterator()
        let call = try #require(await fixture.next(&calls))
        // Never early, and noticed within a minute.
        let opening = Duration.hours(1) - .seconds(step)
        #expect((opening...opening + .seconds(60)).contains(call.at), "\(call.at)")
        call.accept()
        #expect(try await report.end == .finished)
    }

    @Test(arguments: [15 * 60, 24 * 3600])
    func `a run that may not wait calls the contacts that may be called now and says when the next one may be`(
        longestRetry: Int
    ) async throws {
        let fixture = try await RunFixture(contacts: 1, pace: .open)
        fixture.campaign.retry.longest = .seconds(longestRetry)
        try await fixture.add(phones: [5_592_900_000_000])
        fixture.campaign.window = CallingWindow(
            zone: .contact, days: Set(CallingWindow.Day.allCases), fromMinute: 300, toMinute: 1080, holidays: [])
        fixture.gate = ZoneGate(from: 5 * 60, to: 18 * 60)
        let run = try fixture.run(options: RunOptions(waits: false))
        async let report = run.run()
        var calls = fixture.provider.calls.makeAsyncIterator()
        try #require(await fixture.next(&calls)).accept()
        let end = try await report
        #expect(end.end == .notNow(.window(until: RunFixture.start.advanced(by: .hours(1)))))
        #expect(end.counts.accepted == 1 && end.counts.ready == 1)
    }
}

/// A window by the clock of each contact, in a Brazil that has two zones.
private struct ZoneGate: ClaimGate {
    private static let hoursWest = ["America/Sao_Paulo": 3, "America/Manaus": 4]
    private let window: CallingWindow

    init(from: Int, to: Int) {
        window = CallingWindow(
            zone: .contact, days: Set(CallingWindow.Day.allCases), fromMinute: from, toMinute: to, holidays: [])
    }

    func opening(of phone: PhoneNumber, at now: Timestamp) -> Timestamp? {
        let calendars = ContactZones.zones(of: phone, country: "55").map { zone in
            let hours = Self.hoursWest[zone] ?? 0
            return WindowCalendar(window: window) { _ in hours * -3600 }
        }
        let start = CommonWindow(calendars).nextStart(atOrAfter: now, needing: .seconds(18))
        return start == now ? nil : start ?? now.advanced(by: WindowCalendar.horizon)
    }
}

extension RunFixture {
    /// More contacts of the campaign.
    fileprivate func add(phones: [Int64]) async throws {
        let store = try openStore()
        _ = try await store.importLists(campaign: "test", file: "test", now: Self.start) { writer in
            try writer.beginList(file: "more.csv", columns: ["phone"])
            for value in phones {
                let phone = try #require(PhoneNumber(value: value))
                try writer.add(.contact(ListContact(phone: phone, callDuration: nil, own: [phone.text])))
            }
        }
        try store.close()
    }

    /// The next calls, each accepted immediately, after this many wakes of the run before each.
    fileprivate func calls(afterWakes wakes: [Int]) async throws -> [ScriptedProvider.Call] {
        campaign.healthInterval = .hours(1000)
        let run = try run()
        async let report = run.run()
        var begun: [ScriptedProvider.Call] = []
        var calls = provider.calls.makeAsyncIterator()
        for count in wakes {
            for _ in 0..<count { try await moveToNextDeadline(within: .hours(24)) }
            let call = try #require(await calls.next())
            begun.append(call)
            call.accept()
        }
        #expect(try await report.end == .finished)
        return begun
    }
}

extension Duration {
    fileprivate static func hours(_ hours: Int) -> Duration { .seconds(hours * 3600) }
}
