import CampaignCore
import CampaignStore
import Testing

@testable import CampaignRunner

@Suite(.timeLimit(.minutes(10))) struct `An accepted call that failed afterwards` {
    @Test func `counts for the brake, although it counted as a success before`() async throws {
        let fixture = try await RunFixture(contacts: 10, pace: .open)
        fixture.campaign.workers = 1
        fixture.campaign.brake = Brake(failuresPercent: 50, over: 4)
        let run = try fixture.run()
        async let report = run.run()
        for number in 1...5 {
            let call = try #require(try await fixture.begun(1).first)
            if number > 3 {
                fixture.control.note(.deliveryFailed(campaign: "test", .rejectedByWhatsApp), instance: "I0")
            }
            // A campaign that is not being dialed is of no concern.
            fixture.control.note(.deliveryFailed(campaign: "other", .badAudio), instance: "I0")
            call.accept()
        }
        guard case .braked(let brake) = try await report.end else {
            Issue.record("the run did not end by the brake")
            return
        }
        #expect(brake.failures == 2 && brake.over == 4)
        #expect(brake.errors == [ErrorCount(error: "not delivered: rejected_by_whatsapp", attempts: 2)])
    }

    @Test func `for its audio ends the run with a reason of its own`() async throws {
        let fixture = try await RunFixture(contacts: 5, pace: .open)
        fixture.campaign.workers = 1
        let run = try fixture.run()
        async let report = run.run()
        let call = try #require(try await fixture.begun(1).first)
        fixture.control.note(.deliveryFailed(campaign: "test", .badAudio), instance: "I0")
        call.accept()
        let end = try await report
        #expect(end.end == .badAudio && end.counts.ready == 4 && !end.staysActive)
    }

    @Test(arguments: [(DeliveryFailure.notQueued, true), (.other, true), (.noWhatsApp, false), (.badRequest, false)])
    func `five times in a row makes its instance rest, unless the contact is the reason`(
        failure: DeliveryFailure, rests: Bool
    ) async throws {
        let fixture = try await RunFixture(contacts: 12, pace: .open)
        fixture.campaign.workers = 1
        fixture.campaign.retry = RetryPolicy(attempts: 4, first: .seconds(30), longest: .seconds(900))
        let run = try fixture.run()
        async let report = run.run()
        var calls = fixture.provider.calls.makeAsyncIterator()
        var last = Duration.zero
        for number in 1...12 {
            let call = try #require(await fixture.next(&calls))
            last = call.at
            if number <= 5 { fixture.control.note(.deliveryFailed(campaign: "test", failure), instance: "I0") }
            call.accept()
        }
        #expect(last == (rests ? .seconds(30) : .zero))
        #expect(try await report.end == .finished)
    }

    @Test func `now and then, among many that went well, makes no instance rest`() {
        var streak = UndeliveredStreak()
        for number in 0..<1000 {
            streak.noteAccepted()
            if number.isMultiple(of: 4) { #expect(streak.noteFailure(RetryPolicy()) == nil) }
        }
    }

    @Test func `shows in the counts, also at the end of a run and when many come at once`() async throws {
        let fixture = try await RunFixture(contacts: 4, pace: .open)
        fixture.campaign.workers = 4
        let store = try fixture.openStore()
        let run = try fixture.run(store: store)
        async let report = run.run()
        let calls = try await fixture.begun(4)
        // Another part of the program has changed a contact, as an event would.
        let blocked = calls[0].phone
        for call in calls.dropFirst() { call.accept() }
        _ = try await store.block(now: RunFixture.start) { try $0.add(blocked, reason: "reply") }
        for _ in 0..<100 { fixture.control.note(.contactsChanged(campaign: "test"), instance: "I0") }
        fixture.control.noteBlocked([blocked.identity])
        calls[0].depart()
        let end = try await report
        #expect(try fixture.counts() == end.counts && end.counts.excluded == 1)
        try store.close()
    }

    @Test func `events in great number cost a count a second, and the run does not end before the last`() {
        var campaign = Campaign(name: "test", instances: [Instance(name: "i", id: "I0", token: Secret("T"))])
        campaign.window = nil
        var state = DispatcherState.dialing(campaign, .unused(campaign, ready: 1000), wall: RunFixture.start)
        var counts = 0
        for step in 0..<1000 {
            let time = Duration.milliseconds(step * 10)
            let moment = state.moment(elapsed: time, wall: RunFixture.start.advanced(by: time))
            state.note(.contactsChanged(campaign: "test"), ofInstance: "I0", at: moment)
            let turn = state.turn(at: moment)
            state.noteWritten(turn.batch)
            for own in turn.batch.campaigns where own.wantsCounts {
                counts += 1
                var counted = StateCounts()
                counted.ready = 1000
                state.note(counted, of: own.campaign)
            }
            _ = state.conclude(turn, at: moment)
        }
        #expect((10...11).contains(counts))
    }
}
