import CampaignCore
import CampaignRunner
import Ongoing
import Testing

@Suite struct `A wait for something that a run will never do` {
    @Test func `ends with the run, and says what never came`() async throws {
        let fixture = try await RunFixture(contacts: 1, pace: .open)
        let run = try fixture.run()
        async let report = run.run()
        for call in try await fixture.begun(1) { call.accept() }
        let calls = await #expect(throws: ConditionNeverMet.self) { try await fixture.begun(2) }
        #expect(calls?.description == "It ended, and there was never a call 1 of 2.")
        let deadline = await #expect(throws: ConditionNeverMet.self) { try await fixture.moveToNextDeadline() }
        #expect(deadline?.description.contains("a deadline within") == true)
        await #expect(throws: ConditionNeverMet.self) {
            try await fixture.provider.wait(for: "a second question") { fixture.provider.healthChecks == 2 }
        }
        var iterator = fixture.provider.calls.makeAsyncIterator()
        #expect(try await report.end == .finished)
        #expect(await fixture.next(&iterator) == nil)
    }

    @Test func `succeeds when the next run does it`() async throws {
        let fixture = try await RunFixture(contacts: 1)
        let store = try fixture.openStore()
        fixture.provider.hang(on: 0)
        let run = try fixture.run(store: store)
        async let stopped = run.run()
        try await fixture.provider.wait(for: "a health check") { fixture.provider.healthChecks == 1 }
        fixture.control.stop(.drain)
        #expect(try await stopped.end == .drained)
        fixture.provider.answer(0)
        let next = try fixture.run(control: DispatcherControl(), store: store)
        async let report = next.run()
        for call in try await fixture.begun(1) { call.accept() }
        #expect(try await report.end == .finished)
    }

    @Test func `leaves no run behind: a test that fails in the middle ends`() async throws {
        let fixture = try await RunFixture(contacts: 2)
        await #expect(throws: ConditionNeverMet.self) {
            let run = try fixture.run()
            async let report = run.run()
            _ = try await fixture.begun(1)
            try await fixture.provider.wait(for: "a failure") { throw ConditionNeverMet(for: "what is looked for") }
            _ = try await report
        }
        #expect(fixture.provider.isOver)
        #expect(try fixture.counts().inDoubt == 1)
    }
}
