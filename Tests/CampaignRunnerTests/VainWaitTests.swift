import CampaignCore
import CampaignRunner
import Ongoing
import Testing

@Suite struct `A wait for what a run will never do` {
    @Test func `ends with the run, and says what never came`() async throws {
        let stage = try await Stage(contacts: 1, pace: .open)
        let run = try stage.run()
        async let report = run.run()
        for call in try await stage.begun(1) { call.accept() }
        let calls = await #expect(throws: WaitedInVain.self) { try await stage.begun(2) }
        #expect(calls?.description == "It ended, and there was never a call 1 of 2.")
        let deadline = await #expect(throws: WaitedInVain.self) { try await stage.moveToNextDeadline() }
        #expect(deadline?.description.contains("a deadline within") == true)
        await #expect(throws: WaitedInVain.self) {
            try await stage.line.wait(for: "a second question") { stage.line.healthQuestions == 2 }
        }
        var iterator = stage.line.calls.makeAsyncIterator()
        #expect(try await report.end == .finished)
        #expect(await stage.next(&iterator) == nil)
    }

    @Test func `is none when the next run does it`() async throws {
        let stage = try await Stage(contacts: 1)
        let store = try stage.openStore()
        let stopped = try stage.run(store: store)
        await stage.control.stop(.drain)
        #expect(try await stopped.run().end == .drained)
        let next = try stage.run(control: RunControl(), store: store)
        async let report = next.run()
        for call in try await stage.begun(1) { call.accept() }
        #expect(try await report.end == .finished)
    }

    @Test func `leaves no run behind: a test that fails in the middle ends`() async throws {
        let stage = try await Stage(contacts: 2)
        await #expect(throws: WaitedInVain.self) {
            let run = try stage.run()
            async let report = run.run()
            _ = try await stage.begun(1)
            try await stage.line.wait(for: "a failure") { throw WaitedInVain(for: "what is looked for") }
            _ = try await report
        }
        #expect(stage.line.isOver)
        #expect(try stage.counts().inDoubt == 1)
    }
}
