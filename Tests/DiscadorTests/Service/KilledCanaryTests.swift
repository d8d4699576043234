import CampaignCore
import CampaignStore
import Foundation
import Glibc
import Ongoing
import Testing
import ZAPISimulator

/// The canary of a campaign is judged before all others are called, whatever becomes of the process that began it.
@Suite(.fewAtATime, .serialized) struct `A canary whose service ends` {
    @Test func `is gone on with by the next service, and nobody else is called while it is not judged good`()
        async throws
    {
        let clock = HeldClock()
        let cli = try await CLIFixture(
            phones: CLIFixture.phones(30, of: 0), settings: "workers: 2\ntimeout: 300s",
            scenario: Scenario(latency: .seconds(1) ... .seconds(1)), clock: clock)
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        let service = try await cli.serve()
        #expect(try await cli.discador("run", "camp", "--canary", "6", "--detach").exitCode == 0)
        for number in 1...2 {
            try await service.wait(for: "\(number + 1) calls") { clock.begun == number + 1 }
            clock.releaseNext()
        }
        try await service.wait(for: "two more under way") { try clock.begun == 4 && cli.counts().accepted == 2 }
        await service.send(SIGKILL)
        #expect(try await service.result().wasKilled)
        let again = try await cli.serve()
        #expect(cli.dialed() == ["camp"])
        for _ in 0..<1000 { clock.releaseNext() }
        try await again.wait(for: "its end") { cli.dialed() == [] }
        // The kill has left two of its calls in doubt, which are too many failures.
        #expect(cli.rang.count == 6)
        let counts = try cli.counts()
        #expect(counts.inDoubt == 2 && counts.accepted == 4 && counts.ready == 24)
        let activity = try #require(try cli.activity(of: "camp"))
        let reason = activity.stoppedBecause?.english ?? ""
        #expect(!activity.isActive && reason.contains("2 of the first 6 calls failed"), "\(reason)")
        // Whoever starts it now has seen that.
        _ = try await cli.discador("run", "camp", "--detach")
        try await again.wait(for: "its end") { cli.dialed() == [] }
        #expect(try cli.counts().accepted == 28)
        await again.send(SIGTERM)
        #expect(try await again.result().exitCode == 0)
        try cli.expectNobodyRangTwice()
        await cli.simulator.shutdown()
    }
}
