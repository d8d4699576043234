import CampaignCore
import CampaignStore
import Foundation
import Logging
import TestJSON
import Testing
import ZAPISimulator

@testable import discador

/// `--log-format json`: lines on stderr for log collectors.
@Suite(.fewAtATime) struct `Lines on stderr as JSON` {
    @Test func `an error in it is its English sentence`() {
        let failure = Failure(.badInput, Phrase("The file is empty.", "O arquivo está vazio."))
        #expect("\(failure)" == "The file is empty.")
    }

    @Test func `are objects, and those of calls name campaign, instance and latency, with the phone masked`()
        async throws
    {
        let cli = try await CLIFixture(phones: ["11987654301", "11987654393"])
        #expect(try await cli.discador("import", "camp", "--log-format", "json").exitCode == 0)
        let run = try await cli.discador("run", "camp", "--verbose", "--log-format=json", "--lang", "pt-BR")
        #expect(run.exitCode == 3, "\(run.stderr)")
        let lines = try run.stderr.split(separator: "\n").map { try JSONValue(String($0)) }
        #expect(lines.allSatisfy { $0["time"]?.text?.hasSuffix("Z") == true && $0["message"]?.text != nil })
        let calls = lines.filter { $0["message"] == "call ended" }
        #expect(calls.count == 2, "\(run.stderr)")
        for call in calls {
            #expect(call["level"] == "debug" && call["campaign"] == "camp" && call["attempt"] == 1)
            #expect(["iA", "iB"].contains(call["instance"]?.text))
            #expect(call["latencyMs"]?.number != nil && call["httpStatus"]?.number != nil)
            #expect(call["phone"]?.text?.hasPrefix("5511•••••43") == true, "\(call)")
        }
        #expect(lines.contains { $0["message"] == "run started" && $0["level"] == "info" && $0["ready"] == 2 })
        for secret in ["secret-", "11987654301", "11987654393", "http://"] {
            #expect(!run.stderr.contains(secret), "\(run.stderr)")
        }
        await cli.simulator.shutdown()
    }

    @Test func `are also what errors and warnings become, in English and without a control character`() async throws {
        let folder = FileManager.default.temporaryDirectory
        let error = try await Program.run(
            ["run", "no\u{1B}where", "--log-format", "json", "--lang", "pt-BR"], in: folder)
        #expect(error.exitCode == 65)
        let line = try JSONValue(error.stderr)
        #expect(line["level"] == "error" && line["message"]?.text?.hasPrefix("error") == false, "\(error.stderr)")
        #expect(!error.stderr.contains("\u{1B}") && !error.stderr.contains("\\u001b"))
        let usage = try await Program.run(["run", "camp", "--nonsense", "--log-format", "json"], in: folder)
        #expect(usage.exitCode == 64)
        #expect(try JSONValue(usage.stderr)["message"]?.text?.contains("--nonsense") == true, "\(usage.stderr)")
        #expect(try await Program.run(["status", "--log-format", "xml"], in: folder).exitCode == 64)
    }

    @Test func `keep facts apart from their own keys, and count only what is a number`() throws {
        let text = LogLine.json(
            .warning, "a “quoted”\nline", ["campaign": "2026", "latencyMs": "41", "level": "x", "httpStatus": "-"],
            at: .epoch)
        #expect(!text.contains("\n"))
        let line = try JSONValue(text)
        #expect(line["time"] == "1970-01-01T00:00:00.000Z" && line["level"] == "warning" && line["level_"] == "x")
        #expect(line["campaign"] == "2026" && line["latencyMs"] == 41 && line["httpStatus"] == "-")
        #expect(line["message"] == "a “quoted”\nline")
    }

    @Test func `in the journal keep their priority`() throws {
        let pipe = try TestPipe()
        let identity = try #require(FileStatus(ofDescriptor: pipe.end)).identity
        let stream = ErrorStream(
            descriptor: pipe.end, environment: ["JOURNAL_STREAM": "\(identity.device):\(identity.number)"],
            format: .json)
        #expect(stream.isJournal && !stream.canRedraw)
        stream.write("november cannot be read", .error)
        let line = try #require(pipe.lines().first)
        #expect(line.hasPrefix("<3>{"))
        #expect(try JSONValue(String(line.dropFirst(3)))["message"] == "november cannot be read")
    }
}
