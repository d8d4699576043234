import CampaignCore
import Foundation
import TestJSON
import Testing
import ZAPISimulator

@testable import discador

/// The commands as a user types them.
@Suite(.fewAtATime) struct `The command line` {
    @Test func `carries a list from import to report`() async throws {
        let cli = try await CLIFixture(
            phones: ["(11) 98765-4301", "11 8765-4301", "98765-4302", "(11) 98765-4393", "(11) 98765-4397"])
        let imported = try await cli.discador("import", "camp", "--json")
        #expect(imported.exitCode == 0, "\(imported.stderr)")
        let list = try #require(try JSONValue(imported.stdout)["lists"]?[0])
        #expect(list["rows"] == 5)
        #expect(list["accepted"] == 3)
        #expect(list["duplicates"] == 1)
        #expect(list["rejected"] == 1)
        #expect(list["reasons"]?["phone_no_ddd"] == 1)

        let run = try await cli.discador("run", "camp", "--json")
        #expect(run.exitCode == 3, "\(run.stderr)")
        #expect(try JSONValue(run.stdout)["end"] == "finished")

        let status = try await cli.discador("status", "camp", "--json")
        let states = try #require(try JSONValue(status.stdout)["campaigns"]?[0]?["counts"])
        #expect(states["accepted"] == 1)
        #expect(states["failed"] == 1)
        #expect(states["inDoubt"] == 1)

        let csv = try await cli.discador("report", "camp", "--format", "csv")
        let lines = csv.stdout.components(separatedBy: "\r\n")
        #expect(
            lines.first
                == "nome,telefone,phone,state,reason,attempts,zaapId,messageId,httpStatus,error,instance,"
                + "firstAttemptAt,lastAttemptAt,delivery,deliveryError,answer,answeredAt,calledBackAt,repliedAt")
        #expect(lines[1].hasPrefix("Pessoa 0,(11) 98765-4301,5511987654301,accepted,,1,"))
        #expect(lines[2].contains("5511987654393,failed,refused,1,"))
        #expect(lines[3].contains("5511987654397,in_doubt,no_reply,1,"))

        let rejects = try await cli.discador("report", "camp", "--format", "csv", "--rows", "rejects")
        #expect(rejects.stdout.contains("Pessoa 2,98765-4302,"))
        #expect(rejects.stdout.contains("phone_no_ddd"))
        let attempts = try await cli.discador("report", "camp", "--format", "jsonl", "--rows", "attempts")
        #expect(attempts.stdout.split(separator: "\n").count == 3)
        await cli.simulator.shutdown()
    }

    @Test func `keeps tokens out of everything it leaves behind`() async throws {
        let cli = try await CLIFixture(phones: ["5511987654301", "5511987654393", "5511987654397"])
        #expect(try await cli.discador("import", "camp", "--verbose").exitCode == 0)
        let run = try await cli.discador("run", "camp", "--verbose")
        #expect(run.exitCode == 3)
        #expect(try await cli.discador("report", "camp", "--format", "json", "-o", "r.json").exitCode == 0)
        let left = try FileManager.default.subpathsOfDirectory(atPath: cli.folder.path)
        #expect(left.contains("discador.db"))
        #expect(left.contains("r.json"))
        for file in left {
            let bytes = FileManager.default.contents(atPath: cli.folder.appending(path: file).path) ?? Data()
            #expect(bytes.range(of: Data("secret-".utf8)) == nil, "\(file) holds a token")
        }
        #expect(!run.stderr.contains("secret-"))
        #expect(!run.stderr.contains("5511987654301"))
        await cli.simulator.shutdown()
    }

    @Test func `repeats the database that was given in the commands that it suggests`() async throws {
        let cli = try await CLIFixture(phones: ["5511987650001", "5511987650002", "123"])
        let options = ["--db", "my calls.db"]
        func said(_ arguments: [String]) async throws -> String {
            let result = try await Program.run(
                arguments + options, in: cli.folder, environment: CLIFixture.environment)
            return result.stdout + result.stderr
        }
        _ = try await said(["import", "camp"])
        #expect(try await said(["status", "camp"]).contains("`discador run camp --db 'my calls.db'`"))
        #expect(try await said(["report", "camp"]).contains("discador run camp --db 'my calls.db' "))
        #expect(try await said(["run", "camp"]).contains("report camp --format csv --rows rejects --db 'my calls.db'"))
        let status = try await said(["status", "camp"])
        #expect(status.contains("camp: 2 contacts: ") && !status.contains("1 calls"), "\(status)")
    }

    @Test func `names its version to programs as well`() async throws {
        let result = try await Program.run(["--version", "--json"], in: FileManager.default.temporaryDirectory)
        let document = try JSONValue(result.stdout)
        #expect(result.exitCode == 0 && document["version"] == 1)
        #expect(document["programVersion"] == .text(Discador.version))
    }

    @Test(arguments: [
        ("--delimiter", "x", "'comma', 'semicolon', 'tab' or 'pipe'"), ("--encoding", "y", "Windows-1252"),
    ])
    func `names the values of an option as the user would type them`(option: String, value: String, words: String)
        async throws
    {
        let folder = FileManager.default.temporaryDirectory
        let result = try await Program.run(["import", "camp", option, value], in: folder)
        #expect(result.exitCode == 64 && result.stderr.contains(words) && !result.stderr.contains("44"))
    }
}
