import CampaignCore
import CampaignStore
import NIOConcurrencyHelpers
import Ongoing
import Testing

@testable import CampaignRunner

/// What happens to one campaign, while another one uses the same instance.
@Suite(.timeLimit(.minutes(5))) struct `What concerns one campaign` {
    private static let refused = CallReply(verdict: .refused, httpStatus: 400, error: "no such number")

    @Test func `when too many of its calls fail, stops it and not the others`() async throws {
        try await DispatcherFixture.run { fixture in
            var failing = try await fixture.campaign("failing", contacts: 20)
            failing.brake = Brake(failuresPercent: 50, over: 4)
            failing.workers = 1
            let other = try await fixture.campaign("other", contacts: 20)
            let (bad, good) = (fixture.provider(), fixture.provider())
            let replies = [bad.replying(Self.refused), good.replying()]
            defer { for task in replies { task.cancel() } }
            let (one, two) = (fixture.dial(failing, bad), fixture.dial(other, good))
            guard case .braked(let brake) = try await one.report.end else {
                Issue.record("the campaign was not braked")
                return
            }
            #expect(brake.over == 4)
            #expect(try fixture.counts("failing").ready == 16)
            #expect(try await two.report.end == .finished)
            #expect(try fixture.counts("other").accepted == 20)
        }
    }

    @Test func `when it is halted, abandons its own calls and no others`() async throws {
        try await DispatcherFixture.run { fixture in
            let (first, second) = (fixture.provider(), fixture.provider())
            var campaign = try await fixture.campaign("halted", contacts: 5)
            campaign.workers = 2
            var other = try await fixture.campaign("other", contacts: 4)
            other.workers = 2
            let (one, two) = (fixture.dial(campaign, first), fixture.dial(other, second))
            _ = try await first.next(2)
            let calls = try await second.next(2)
            fixture.control.stop(.halt, campaign: "halted")
            let report = try await one.report
            #expect(report.end == .halted && !report.staysActive)
            #expect(try fixture.counts("halted").inDoubt == 2 && fixture.counts("halted").ready == 3)
            #expect(second.underWay == 2 && !two.isOver)
            for call in calls { call.accept() }
            for call in try await second.next(2) { call.accept() }
            #expect(try await two.report.counts.accepted == 4)
        }
    }

    @Test func `when it is drained, waits for its own calls alone`() async throws {
        try await DispatcherFixture.run { fixture in
            let (first, second) = (fixture.provider(), fixture.provider())
            var campaign = try await fixture.campaign("drained", contacts: 5)
            campaign.workers = 1
            let other = try await fixture.campaign("other", contacts: 1)
            let (one, two) = (fixture.dial(campaign, first), fixture.dial(other, second))
            let call = try #require(try await first.next(1).first)
            let held = try #require(try await second.next(1).first)
            fixture.control.stop(.drain, campaign: "drained", staysActive: true)
            call.accept()
            let report = try await one.report
            #expect(report.end == .drained && report.staysActive)
            #expect(report.counts.accepted == 1 && report.counts.ready == 4)
            held.accept()
            #expect(try await two.report.end == .finished)
        }
    }

    @Test func `when it expires, excludes its own contacts`() async throws {
        try await DispatcherFixture.run { fixture in
            var campaign = try await fixture.campaign("expired", contacts: 5)
            campaign.expires = RunFixture.start
            let other = try await fixture.campaign("other", contacts: 5)
            let (first, second) = (fixture.provider(), fixture.provider())
            let replies = second.replying()
            defer { replies.cancel() }
            // One that follows its lists ends as well: nobody may be called any more.
            let one = fixture.dial(campaign, first, options: RunOptions(follows: true))
            let two = fixture.dial(other, second)
            #expect(try await one.report.end == .finished)
            #expect(try fixture.counts("expired").excluded == 5)
            #expect(try await two.report.counts.accepted == 5)
        }
    }

    @Test func `when it is cancelled, ends it: its contacts are excluded, those of the others are not`() async throws {
        try await DispatcherFixture.run { fixture in
            let (first, second) = (fixture.provider(), fixture.provider())
            var campaign = try await fixture.campaign("cancelled", contacts: 5)
            campaign.workers = 1
            var other = try await fixture.campaign("other", contacts: 2)
            other.workers = 1
            let (one, two) = (fixture.dial(campaign, first), fixture.dial(other, second))
            let call = try #require(try await first.next(1).first)
            let held = try #require(try await second.next(1).first)
            _ = try await fixture.store.base.cancel(campaign: "cancelled")
            fixture.control.noteContactsChanged()
            call.accept()
            let report = try await one.report
            #expect(report.end == .finished)
            #expect(report.counts.accepted == 1 && report.counts.excluded == 4)
            held.accept()
            for call in try await second.next(1) { call.accept() }
            #expect(try await two.report.counts.accepted == 2)
        }
    }

    @Test func `when its window closes while a phone rings, holds back no other`() async throws {
        // Five minutes are left; the phone rings for 15 s a call, so that it is full long before.
        var short = SharedPhone.campaign(0)
        short.window = CallingWindow(
            timeZone: "UTC", days: Set(CallingWindow.Day.allCases), fromMinute: 480, toMinute: 485, holidays: [])
        var service = SimulatedService([short, SharedPhone.campaign(1)], ready: 500, seed: 1)
        service.join(0)
        service.join(1)
        service.play(until: service.time + .seconds(250))
        let late = service.beginnings.filter { $0.at > .seconds(86_400 + 150) }
        #expect(late.allSatisfy { $0.campaign == 1 })
        #expect(late.count >= 98, "one call a second")
    }
}

private enum SharedPhone {
    static func campaign(_ number: Int) -> Campaign {
        var instance = Instance(name: "I", id: "I", token: Secret("T"))
        instance.pace = .every(Pace(calls: 1, per: .seconds(1)))
        var campaign = Campaign(name: "c\(number)", instances: [instance])
        campaign.callDuration = 15
        campaign.timeout = .seconds(1)
        campaign.window = nil
        campaign.healthInterval = .seconds(86_400)
        return campaign
    }
}

@Suite(.timeLimit(.minutes(5))) struct `A store that fails` {
    private static let failure = StoreError.diskFull(path: "test.db")

    @Test(arguments: [false, true])
    func `ends every campaign, and the results are spooled once`(isSpoolFull: Bool) async throws {
        try await DispatcherFixture.run { fixture in
            let (first, second) = (fixture.provider(), fixture.provider())
            var campaigns: [Campaign] = []
            for name in ["one", "two"] {
                var campaign = try await fixture.campaign(name, contacts: 5)
                campaign.workers = 1
                campaigns.append(campaign)
            }
            let runs = [fixture.dial(campaigns[0], first), fixture.dial(campaigns[1], second)]
            let calls = try await first.next(1) + second.next(1)
            fixture.store.record.withLockedValue {
                $0.failure = Self.failure
                if isSpoolFull { $0.spoolFailure = .diskFull(path: "test.spool") }
            }
            for call in calls { call.accept() }
            var lost: [[Int64]] = []
            for (run, name) in zip(runs, ["one", "two"]) {
                let report = try await run.report
                guard case .storeFailed(Self.failure, let results) = report.end else {
                    Issue.record("\(name) ended with \(report.end)")
                    continue
                }
                #expect(report.staysActive)
                lost.append(results.map(\.attempt.contact))
            }
            let spooled = fixture.store.record.withLockedValue(\.spooled).flatMap(\.self)
            #expect(spooled.count == 2 && Set(spooled.map(\.attempt)).count == 2, "each once")
            #expect(lost.map(\.count) == (isSpoolFull ? [1, 1] : [0, 0]))
            #expect(Set(lost.flatMap(\.self)).count == lost.flatMap(\.self).count, "each its own")
            // Nobody joins any more.
            let late = try await fixture.dial(campaigns[0], fixture.provider()).report
            #expect(late.end == .drained)
        }
    }
}
