import CampaignCore
import CampaignRunner
import CampaignStore
import Testing

@Suite(.timeLimit(.minutes(10))) struct `The next phone of a row` {
    @Test func `lets a list have many numbers that are no use, without blaming the instance`() async throws {
        let fixture = try await RunFixture(contacts: 0, pace: .open)
        fixture.campaign.fallsBack = true
        let contacts = RefusalStreak.maxAboutCall + 1
        let store = try fixture.openStore()
        _ = try await store.importLists(campaign: "test", file: "test", now: RunFixture.start) { writer in
            try writer.beginList(file: "list.csv", columns: ["phone"])
            for index in 0..<Int64(contacts) {
                let first = try #require(PhoneNumber(value: 5_511_900_000_100 + index))
                var contact = ListContact(phone: first, callDuration: nil, own: [first.text])
                contact.further = [try #require(PhoneNumber(value: 5_511_900_000_200 + index))]
                try writer.add(.contact(contact))
            }
        }
        try store.close()
        let run = try fixture.run()
        async let report = run.run()
        var calls = fixture.provider.calls.makeAsyncIterator()
        for _ in 0..<2 * contacts {
            try #require(await fixture.next(&calls))
                .reply(CallReply(verdict: .refused, httpStatus: 400, error: "no such phone", subject: .number))
        }
        let end = try await report
        #expect(end.end == .finished && end.counts.failed == contacts && end.counts.ready == 0)
    }

    private func fixture() async throws -> (RunFixture, PhoneNumber, PhoneNumber) {
        let fixture = try await RunFixture(contacts: 0, pace: .open)
        fixture.campaign.fallsBack = true
        let first = try #require(PhoneNumber(value: 5_511_900_000_001))
        let second = try #require(PhoneNumber(value: 5_511_900_000_002))
        let store = try fixture.openStore()
        _ = try await store.importLists(campaign: "test", file: "test", now: RunFixture.start) { writer in
            try writer.beginList(file: "list.csv", columns: ["phone"])
            var contact = ListContact(phone: first, callDuration: nil, own: [first.text])
            contact.further = [second]
            try writer.add(.contact(contact))
        }
        try store.close()
        return (fixture, first, second)
    }

    @Test func `is called in the same run, also as the last call of all`() async throws {
        let (fixture, first, second) = try await fixture()
        let run = try fixture.run()
        async let report = run.run()
        var calls = fixture.provider.calls.makeAsyncIterator()
        let refused = try #require(await fixture.next(&calls))
        refused.reply(CallReply(verdict: .refused, httpStatus: 400, error: "no such phone", subject: .number))
        let accepted = try #require(await fixture.next(&calls))
        accepted.accept()
        let end = try await report
        #expect([refused.phone, accepted.phone] == [first, second])
        #expect(end.end == .finished && end.counts.accepted == 1 && end.counts.failed == 0)
    }

    @Test func `is called by the next run, where a webhook comes after the end of the last`() async throws {
        let (fixture, _, second) = try await fixture()
        let store = try fixture.openStore()
        let run = try fixture.run(store: store)
        async let report = run.run()
        try #require(try await fixture.begun(1).first).accept()
        #expect(try await report.counts.accepted == 1)
        try await fixture.receive(.deliveryFailed(.noWhatsApp), ids: ["M"], store)
        #expect(try fixture.counts().ready == 1)
        let again = try fixture.run(control: DispatcherControl(), store: store)
        async let end = again.run()
        let call = try #require(try await fixture.begun(1).first)
        #expect(call.phone == second)
        call.accept()
        #expect(try await end.counts.accepted == 1)
        try store.close()
    }
}
