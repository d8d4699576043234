import CampaignCore
import CampaignRunner
import CampaignStore
import Ongoing
import Testing

@Suite(.timeLimit(.minutes(10))) struct `Redials` {
    @Test func `come hours after a call that was not answered, and the run waits to hear of it`() async throws {
        let fixture = try await RunFixture(contacts: 1, pace: .open)
        fixture.campaign.redial = RedialPolicy(attempts: 1, after: .seconds(3 * 3600))
        let store = try fixture.openStore()
        let run = try fixture.run(store: store, options: RunOptions(hearsEvents: true))
        async let report = run.run()
        var calls = fixture.provider.calls.makeAsyncIterator()
        let first = try #require(await fixture.next(&calls))
        first.accept()
        try await fixture.waitForActivity(.answers)
        // 5 s of ringing and two minutes.
        #expect(try fixture.latestActivity()?.until == RunFixture.start.advanced(by: .seconds(125)))
        await fixture.clock.advance(by: .seconds(60))
        try await fixture.receive(.call(CallNotification(phase: .missed, direction: .outgoing)), ids: ["M"], store)
        try await fixture.waitForWake(at: .seconds(60 + 3 * 3600))
        try await fixture.waitForActivity(.retry)
        let second = try #require(await fixture.next(&calls))
        #expect(second.phone == first.phone && second.at == .seconds(60 + 3 * 3600))
        second.accept()
        try await fixture.waitForActivity(.answers)
        try await fixture.moveToNextDeadline()
        let end = try await report
        #expect(end.end == .finished && end.counts.accepted == 1)
        #expect(fixture.clock.now.offset == .seconds(60 + 3 * 3600 + 125))
        try store.close()
    }

    @Test(arguments: [RunOptions(), RunOptions(waits: false, hearsEvents: true)])
    func `are not waited for by a run that hears no webhooks, or that may not wait`(_ options: RunOptions) async throws
    {
        let fixture = try await RunFixture(contacts: 1, pace: .open)
        fixture.campaign.redial = RedialPolicy(attempts: 1, after: .seconds(3600))
        let run = try fixture.run(options: options)
        async let report = run.run()
        try #require(try await fixture.begun(1).first).accept()
        #expect(try await report.end == .finished && fixture.clock.now.offset == .zero)
    }

    @Test func `that are due later end a run that may not wait, with the reason`() async throws {
        let fixture = try await RunFixture(contacts: 1, pace: .open)
        fixture.campaign.redial = RedialPolicy(attempts: 1, after: .seconds(3600))
        let store = try fixture.openStore()
        let first = try fixture.run(store: store)
        async let report = first.run()
        try #require(try await fixture.begun(1).first).accept()
        _ = try await report
        try await fixture.receive(.call(CallNotification(phase: .missed, direction: .outgoing)), ids: ["M"], store)
        let again = try fixture.run(
            control: DispatcherControl(), store: store, options: RunOptions(waits: false))
        let due = RunFixture.start.advanced(by: .seconds(3600))
        #expect(try await again.run().end == .notNow(.redial(until: due)))
        try store.close()
    }

    @Test func `that a person asks for wait until no event can be taken for one of the other call`() async throws {
        let fixture = try await RunFixture(contacts: 1, pace: .open)
        let store = try fixture.openStore()
        let instance = try #require(fixture.campaign.instances.first)
        let address = WebhookAddress(instance: instance.id, tokenHash: Array(repeating: 7, count: 32))
        try await store.setWebhookAddress(
            WebhookAddressEntry(
                address: address, name: instance.name, publicURL: "https://example.com", createdAt: .epoch),
            overlap: nil)
        let first = try fixture.run(store: store)
        async let report = first.run()
        try #require(try await fixture.begun(1).first).accept()
        _ = try await report
        try await fixture.receive(.call(CallNotification(phase: .missed, direction: .outgoing)), ids: ["M"], store)
        let filter = try ContactFilter(
            parsing: "answer = not_answered",
            FilterContext(columns: [], phones: PhoneReader(), utcOffset: { _ in 0 }))
        #expect(try await store.retry(campaign: fixture.campaign.name, where: filter).requeued == 1)
        let again = try fixture.run(
            control: DispatcherControl(), store: store, options: RunOptions(waits: false))
        let due = RunFixture.start.advanced(by: EventRule.span)
        #expect(try await again.run().end == .notNow(.events(until: due)))
        try store.close()
    }

    @Test func `are waited for by the next run too, when a process has ended before the answer`() async throws {
        let fixture = try await RunFixture(contacts: 1, pace: .open)
        fixture.campaign.redial = RedialPolicy(attempts: 1, after: .seconds(3600))
        let store = try fixture.openStore()
        let first = try fixture.run(store: store)
        async let report = first.run()
        try #require(try await fixture.begun(1).first).accept()
        _ = try await report
        let again = try fixture.run(
            control: DispatcherControl(), store: store, options: RunOptions(hearsEvents: true))
        async let end = again.run()
        try await fixture.waitForActivity(.answers)
        // The longest ring and two minutes.
        #expect(try fixture.latestActivity()?.until == RunFixture.start.advanced(by: .seconds(135)))
        try await fixture.moveToNextDeadline()
        #expect(try await end.end == .finished && fixture.clock.now.offset == .seconds(135))
        try store.close()
    }

    @Test func `are withdrawn when the person answers after all, and the run ends`() async throws {
        let fixture = try await RunFixture(contacts: 1, pace: .open)
        fixture.campaign.redial = RedialPolicy(attempts: 1, after: .seconds(3600))
        let store = try fixture.openStore()
        let run = try fixture.run(store: store, options: RunOptions(hearsEvents: true))
        async let report = run.run()
        try #require(try await fixture.begun(1).first).accept()
        try await fixture.waitForActivity(.answers)
        try await fixture.receive(.call(CallNotification(phase: .missed, direction: .outgoing)), ids: ["M"], store)
        try await fixture.waitForWake(at: .seconds(3600))
        await fixture.clock.advance(by: .seconds(300))
        try await fixture.receive(.call(CallNotification(phase: .accepted, direction: .outgoing)), ids: ["M"], store)
        let end = try await report
        #expect(end.end == .finished && end.counts.accepted == 1 && fixture.clock.now.offset == .seconds(300))
        try store.close()
    }
}

@Suite(.timeLimit(.minutes(10))) struct `Whoever has been called as often as perPerson allows` {
    @Test func `is called when the first of those calls is old enough`() async throws {
        let fixture = try await RunFixture(contacts: 1, pace: .open)
        fixture.campaign.perPerson = PersonLimit(quota: PersonLimit.Quota(calls: 1, per: .seconds(7200)))
        let store = try fixture.openStore()
        let first = try fixture.run(store: store)
        async let report = first.run()
        try #require(try await fixture.begun(1).first).accept()
        _ = try await report
        // The same person in another campaign.
        _ = try await store.importLists(campaign: "other", file: "other", now: RunFixture.start) { writer in
            try writer.beginList(file: "list.csv", columns: ["phone"])
            guard let phone = PhoneNumber(value: 5_511_900_000_000) else { return }
            try writer.add(.contact(ListContact(phone: phone, callDuration: nil, own: [phone.text])))
        }
        fixture.campaign.name = "other"
        await fixture.clock.advance(by: .seconds(60))
        let run = try fixture.run(control: DispatcherControl(), store: store)
        async let second = run.run()
        var calls = fixture.provider.calls.makeAsyncIterator()
        // Not a retry: `status` tells the true reason, and until when.
        try await fixture.provider.wait(for: "the activity") {
            try fixture.reader().lastRun(campaign: "other")?.activity?.word == .perPerson
        }
        #expect(
            try fixture.reader().lastRun(campaign: "other")?.activity?.until
                == RunFixture.start.advanced(by: .seconds(7200)))
        let call = try #require(await fixture.next(&calls))
        #expect(call.at == .seconds(7200))
        call.accept()
        #expect(try await second.end == .finished)
        try store.close()
    }
}

extension RunFixture {
    fileprivate func latestActivity() throws -> RunActivity? { try reader().lastRun(campaign: "test")?.activity }

    fileprivate func waitForActivity(_ word: RunActivity.Word) async throws {
        try await provider.wait(for: "the activity \(word)") { try latestActivity()?.word == word }
    }

    fileprivate func waitForWake(at time: Duration) async throws {
        try await provider.wait(for: "the next wake, at \(time)") { watch.nextWake(provider) == time }
    }

    /// An event arrives and reaches the dispatcher, as in a process that receives webhooks.
    func receive(_ kind: CallEvent.Kind, ids: [String], _ store: CampaignStore) async throws {
        let event = IncomingEvent(
            instance: "I0", type: "Test", key: "\(kind)", event: CallEvent(kind, ids: ids), body: [], receivedAt: wall)
        for receipt in try await store.receive([event]) {
            for effect in receipt.effects { control.note(effect, instance: "I0") }
        }
    }
}
