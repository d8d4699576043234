import CampaignCore
import CampaignRunner
import CampaignStore
import Ongoing
import Testing

/// Servers that accept a request and never answer it.
@Suite(.timeLimit(.minutes(10))) struct `An instance that does not answer its health check` {
    @Test func `does not keep the others from dialing, and joins them when it answers`() async throws {
        let fixture = try await RunFixture(contacts: 3, instances: 2, healths: [.connected, .connected])
        fixture.provider.hang(on: 0)
        let run = try fixture.run()
        async let report = run.run()
        let first = try #require(try await fixture.begun(1).first)
        #expect(first.instance == 1 && first.at == .zero)
        fixture.provider.answer(0)
        let second = try #require(try await fixture.begun(1).first)
        #expect(second.instance == 0 && second.at == .zero)
        first.accept()
        second.accept()
        let mover = fixture.moveOn()
        defer { mover.cancel() }
        let third = try #require(try await fixture.begun(1).first)
        #expect(third.at >= .seconds(10))
        third.accept()
        #expect(try await report.end == .finished)
    }

    @Test func `is left out, and the run ends when the others have called everybody`() async throws {
        let fixture = try await RunFixture(contacts: 2, instances: 2, pace: .open)
        fixture.provider.hang(on: 0)
        let run = try fixture.run()
        async let report = run.run()
        for call in try await fixture.begun(2) {
            #expect(call.instance == 1)
            call.accept()
        }
        #expect(try await report.end == .finished)
    }

    @Test func `counts as unreachable when its time is up, and the run ends only when all instances are`() async throws
    {
        let fixture = try await RunFixture(contacts: 1, instances: 2, healths: [.unreachable("no route"), .connected])
        fixture.provider.hang(on: 1)
        let run = try fixture.run()
        async let report = run.run()
        try await fixture.provider.wait(for: "a check of each instance") { fixture.provider.healthChecks == 2 }
        let mover = fixture.moveOn()
        defer { mover.cancel() }
        guard case .unreachable(let lines) = try await report.end else {
            Issue.record("the run did not end as unreachable")
            return
        }
        #expect(lines == ["i0: no route", "i1: no answer within 15 s"])
    }

    @Test(arguments: [StopMode.drain, .halt])
    func `does not delay a stop`(order: StopMode) async throws {
        let fixture = try await RunFixture(contacts: 5, instances: 2)
        for instance in 0..<2 { fixture.provider.hang(on: instance) }
        let run = try fixture.run()
        async let report = run.run()
        try await fixture.provider.wait(for: "a check of each instance") { fixture.provider.healthChecks == 2 }
        fixture.control.stop(order)
        #expect(try await report.end == (order == .drain ? .drained : .halted))
        #expect(try fixture.counts().ready == 5)
    }

    @Test func `is not taken to have used up its calls before it has answered`() async throws {
        let fixture = try await RunFixture(contacts: 3, instances: 2, pace: .open)
        fixture.campaign.instances[1].dailyCap = 1
        fixture.provider.hang(on: 0)
        let run = try fixture.run(options: RunOptions(waits: false))
        async let report = run.run()
        for call in try await fixture.begun(1) { call.accept() }
        fixture.provider.answer(0)
        for call in try await fixture.begun(2) {
            #expect(call.instance == 0)
            call.accept()
        }
        #expect(try await report.end == .finished)
    }
}
