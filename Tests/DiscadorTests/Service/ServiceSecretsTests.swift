import CampaignCore
import Foundation
import Glibc
import Ongoing
import Testing
import ZAPISimulator

/// The values of `${…}` that commands send to the process that dials.
@Suite(.fewAtATime) struct `Secrets that travel to the service` {
    private static let secrets = [CLIFixture.environment["TOKEN"], CLIFixture.environment["CLIENT_TOKEN"]].compactMap(
        \.self)

    @Test func `are in no file, no message, no log and no argument of a process`() async throws {
        let cli = try await CLIFixture(phones: CLIFixture.phones(3, of: 0), settings: "health: {every: 1s}")
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        try await cli.addCampaign("other", phones: CLIFixture.phones(3, of: 1))
        cli.disconnect()
        // The service has none of the values itself.
        var service = try await cli.serve(environment: [:])
        let run = try cli.start("run", "camp", "--verbose")
        let asked = try await cli.discador("run", "other", "--detach", "--verbose")
        #expect(asked.exitCode == 0, "\(asked.stderr)")
        try await service.wait(for: "both") { cli.dialed() == ["camp", "other"] }
        try Self.expectNoSecret(inFilesOf: cli)
        Self.expectNoSecretInProcesses()
        #expect(try await cli.discador("pause", "other").exitCode == 0)
        let resumed = try await cli.discador("resume", "other", "--json")
        #expect(resumed.stdout.contains(#""isDialed" : true"#), "the values are kept for a campaign that is paused")
        try cli.connect()
        let ran = try await run.result()
        #expect(ran.exitCode == 0, "\(ran.stderr)")
        try await service.wait(for: "other is done", count: 1)
        await service.send(SIGKILL)
        let killed = try await service.result()
        service = try await cli.serve(environment: [:])
        await service.send(SIGTERM)
        let stopped = try await service.result()
        try Self.expectNoSecret(inFilesOf: cli)
        for result in [asked, resumed, ran, killed, stopped] {
            for secret in Self.secrets { #expect(!(result.stdout + result.stderr).contains(secret)) }
        }
        await cli.simulator.shutdown()
    }

    @Test func `are not asked of the service by another user`() async throws {
        guard try await OtherUser.canRun() else { return }
        let cli = try await CLIFixture(phones: CLIFixture.phones(1), settings: "health: {every: 1s}")
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        cli.disconnect()
        let service = try await cli.serve("camp")
        // Whatever its mode.
        chmod(cli.database + "-socket", 0o777)
        for path in [cli.folder.path, cli.database] { chmod(path, 0o777) }
        for command in [["run", "camp"], ["run", "camp", "--detach"], ["pause", "camp"], ["serve"]] {
            let result = try await OtherUser.run(command, cli)
            #expect(result.exitCode != 0, "\(command)")
        }
        #expect(cli.dialed() == ["camp"])
        await service.send(SIGTERM)
        #expect(try await service.result().exitCode == 0)
        await cli.simulator.shutdown()
    }

    private static func expectNoSecret(inFilesOf cli: CLIFixture) throws {
        for name in try FileManager.default.subpathsOfDirectory(atPath: cli.folder.path) {
            let path = cli.folder.appending(path: name).path
            let type = try FileManager.default.attributesOfItem(atPath: path)[.type] as? FileAttributeType
            guard type == .typeRegular else { continue }
            let bytes = FileManager.default.contents(atPath: path) ?? Data()
            for secret in secrets { #expect(bytes.range(of: Data(secret.utf8)) == nil, "\(name)") }
        }
    }

    private static func expectNoSecretInProcesses() {
        let processes = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        for process in processes where Int(process) != nil {
            let arguments = FileManager.default.contents(atPath: "/proc/\(process)/cmdline") ?? Data()
            for secret in secrets { #expect(arguments.range(of: Data(secret.utf8)) == nil) }
        }
    }
}
