import CampaignCore
import CampaignStore
import Foundation
import Ongoing
import TestJSON
import Testing
import ZAPI
import ZAPISimulator

/// From what a person writes to what the program does, through Z-API's webhooks and a service that dials.
@Suite(.fewAtATime) struct `A reply that a service has acknowledged` {
    /// Answers, and writes "SAIR".
    private static let optsOut = "5511999997101"
    /// Answers, and writes "quem é você?".
    private static let unclear = "5511999997301"
    /// Does not answer.
    private static let missed = "5511999990101"

    @Test func `decides whether the person is called again`() async throws {
        var scenario = Scenario()
        scenario.timeScale = 0
        let cli = try await CLIFixture(
            phones: [Self.optsOut, Self.unclear, Self.missed],
            settings: "redial: {notAnswered: {attempts: 1, after: 1m}}\nfollow: true\nworkers: 4", scenario: scenario)
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        let service = try await Self.service(cli)
        #expect(try await cli.discador("run", "camp", "--detach").exitCode == 0)
        let reader = try StoreReader(path: cli.database)
        // Whoever has not answered waits for another call.
        try await service.wait(for: "two replies and a redial") {
            try reader.replyCount(ReplyChoice()) == 2 && cli.counts().ready == 1
        }
        #expect(try await cli.post(#""text":{"message":"Parar, por favor"}"#, from: Self.missed) == .answered(200))
        #expect(try cli.counts().ready == 0 && cli.counts().excluded == 1)
        let blocked = try await cli.discador("block", "list").stdout
        #expect(blocked.contains(Self.optsOut) && blocked.contains(Self.missed), "\(blocked)")
        #expect(!blocked.contains(Self.unclear))

        // No other campaign calls them, nor whoever waits for a decision.
        try await cli.addCampaign("outra", phones: [Self.optsOut, Self.unclear, Self.missed])
        #expect(try await cli.discador("run", "outra").exitCode == 0)
        #expect(try cli.counts(of: "outra").excluded == 3)
        #expect(cli.rang.count == 3)
        try cli.expectNobodyRangTwice()
        let waiting = try await cli.discador("replies")
        #expect(waiting.stdout.contains("\(Self.unclear)  review, ") && waiting.stdout.contains("1 reply waits"))
        #expect(!waiting.stdout.contains("SAIR"), "\(waiting.stdout)")

        let dismissed = try await cli.discador(
            "replies", "decide", "--phone", Self.unclear, "--as", "dismiss", "--yes")
        #expect(dismissed.stdout.contains("1 contact goes back to ready"), "\(dismissed.stdout)\(dismissed.stderr)")
        #expect(try await cli.discador("run", "outra").exitCode == 0)
        #expect(cli.rang.count == 4 && cli.rang.last == Self.unclear)
        await service.send(SIGTERM)
        #expect(try await service.result().exitCode == 0)
        await cli.simulator.shutdown()
    }

    /// A service at whose address Z-API posts.
    private static func service(_ cli: CLIFixture) async throws -> Program {
        let service = try cli.start("serve", "--verbose", "--webhooks", "127.0.0.1:0")
        let line = try await service.line(with: "Webhooks are received at ")
        let port = try #require(line.firstMatch(of: /127\.0\.0\.1:([0-9]+)/)?.1)
        try await service.wait(for: " serves ", count: 1)
        let set = try await cli.discador("webhooks", "set", "camp", "--url", "http://127.0.0.1:\(port)")
        #expect(set.exitCode == 0, "\(set.stderr)")
        return service
    }
}

extension CLIFixture {
    /// Posts a message from a person to the address that Z-API has for an instance.
    func post(_ members: String, from phone: String, instance: String = "A") async throws -> PostTrial {
        let url = try #require(try await webhooks(of: instance)[.received])
        let address = try #require(PostAddress(Secret(url)))
        let call = TakenCall(instance: instance, phone: phone, zaapId: "-", messageId: UUID().uuidString)
        let pool = ConnectionPool(connections: 1, now: { .epoch })
        let poster = EventPoster(to: address, signedWith: nil, pool: pool, now: { .epoch })
        let trial = await poster.tryOnce(
            OutgoingMessage(id: "event", body: call.body("ReceivedCallback", members, ids: false)))
        try await pool.shutdown()
        return trial
    }
}
