import ArgumentParser
import CampaignCore
import CampaignFile
import CampaignRunner
import CampaignStore
import Foundation
import Logging
import Testing
import ZAPI
import ZAPISimulator

@testable import discador

@Suite(.fewAtATime) struct `A dialing session` {
    @Test func `obeys a stop that comes before the dispatcher knows the campaign`() async throws {
        try await Self.withSession { session, request, cli in
            let end = await session.dial(request, onProgress: { _ in }, unless: { .drain })
            guard case .ended(let report) = end else { throw Unexpected(end: end) }
            #expect(report.end == .drained)
            #expect(report.counts.ready == 3)
            #expect(cli.simulator.ledger().isEmpty)
            #expect(try session.store.reader().activity(campaign: "camp")?.isActive == false)
        }
    }

    @Test func `hands nothing over that was stopped meanwhile`() async throws {
        try await Self.withSession { session, request, cli in
            for instance in ["A", "B"] { cli.simulator.disconnect(instance: instance) }
            let (progress, sink) = AsyncStream.makeStream(of: Void.self)
            async let dialed = session.dial(request, onProgress: { _ in sink.yield() })
            for await _ in progress { break }
            #expect(await session.handOver().map(\.campaign) == ["camp"])
            await session.stop(.drain, ["camp"])
            let end = await dialed
            guard case .ended(let report) = end else { throw Unexpected(end: end) }
            #expect(report.end == .drained && !report.staysActive)
            #expect(try session.store.reader().activity(campaign: "camp")?.isActive == false)
        }
    }

    @Test func `leaves a campaign to whoever comes next once it is about to end`() async throws {
        try await Self.withSession { session, request, cli in
            await session.close()
            let end = await session.dial(request, onProgress: { _ in })
            guard case .handedOver = end else { throw Unexpected(end: end) }
            guard case .handedOver? = await session.start(request) else { throw Unexpected(end: nil) }
            #expect(cli.simulator.ledger().isEmpty)
        }
    }

    private struct Unexpected: Error {
        var end: DialEnd?
    }

    /// Calls `body` with a session of a service, and a request for a campaign of three contacts.
    private static func withSession(
        _ body: (DialingSession, DialRequest, CLIFixture) async throws -> Void
    ) async throws {
        let cli = try await CLIFixture(phones: CLIFixture.phones(3))
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        let options = try GlobalOptions.parse(["--db", cli.database, "--quiet"])
        let loaded = try CampaignFile.load(
            cli.campaignFile.path, environmentFile: nil, environment: CLIFixture.environment)
        let host = DialingHost(
            store: try options.openStore(for: RunLabel.service),
            setting: DialingSession.Setting(command: RunLabel.service, isService: true, options: options),
            pool: try ConnectionPool(for: [], connections: 1, output: options.output),
            logger: Logger(label: "session") { _ in SwiftLogNoOpLogHandler() })
        try await host.withSession { session in
            try await body(session, DialRequest(loaded, options: RunOptions(), isDetached: false), cli)
        }
        await cli.simulator.shutdown()
    }
}
