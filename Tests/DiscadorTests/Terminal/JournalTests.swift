import CampaignCore
import CampaignStore
import Foundation
import Glibc
import Logging
import Testing

@testable import discador

/// What is written when stderr is connected to the journal of systemd.
@Suite(.fewAtATime) struct `Lines for the journal` {
    private static func stream(of pipe: TestPipe, isJournal: Bool = true) throws -> ErrorStream {
        let identity = try #require(FileStatus(ofDescriptor: pipe.end)).identity
        let other = isJournal ? 0 : 1
        let variables = ["JOURNAL_STREAM": "\(identity.device):\(identity.number + UInt64(other))"]
        return ErrorStream(descriptor: pipe.end, environment: variables)
    }

    @Test(arguments: ["", "1", "1:", ":2", "a:b", "1:2:3", "-1:2", "18446744073709551616:1"])
    func `are written only to the stream that the variable names`(variable: String) throws {
        let pipe = try TestPipe()
        #expect(!ErrorStream(descriptor: pipe.end, environment: ["JOURNAL_STREAM": variable]).isJournal)
        #expect(!ErrorStream(descriptor: pipe.end, environment: [:]).isJournal)
        #expect(try !Self.stream(of: pipe, isJournal: false).isJournal)
        #expect(try Self.stream(of: pipe).isJournal)
    }

    @Test(arguments: [
        (Logger.Level.trace, 7), (.debug, 7), (.info, 6), (.notice, 5), (.warning, 4), (.error, 3), (.critical, 3),
    ])
    func `of the log have a priority, no time, and are one line each`(level: Logger.Level, priority: Int) throws {
        let pipe = try TestPipe()
        let stream = try Self.stream(of: pipe)
        var logger = Logger(label: "discador") { _ in TerminalLogHandler(JournalLogHandler(stream)) }
        logger.logLevel = .trace
        logger[metadataKey: "campaign"] = "november"
        logger.log(
            level: level, "instance\nchanged",
            metadata: ["trouble": "\u{1B}[2J down\r\n<0>again", "instance": "vendas"], source: nil)
        let line = try #require(pipe.lines().first)
        #expect(!line.contains("\u{1B}"))
        #expect(line.hasPrefix("<\(priority)>instance changed campaign=november instance=vendas trouble= [2J down"))
        #expect(line.hasSuffix("<0>again") && pipe.lines() == [])
    }

    @Test func `are what notes, warnings and errors become, each as one line`() throws {
        let pipe = try TestPipe()
        var output = Output(isJSON: false, isQuiet: false)
        output.errors = try Self.stream(of: pipe)
        output.note("november:\n  12 of 40\n\n  dialing")
        output.warn("december cannot be read")
        output.fail(Failure(.badInput, Phrase(verbatim: "there is no\u{7} campaign\nx")))
        try output.say("Error: Unknown option\nUsage: discador serve", isResult: false)
        #expect(
            pipe.lines() == [
                "<6>november: 12 of 40 dialing", "<4>december cannot be read", "<3>error: there is no  campaign x",
                "<3>Error: Unknown option Usage: discador serve",
            ])
        output.errors = try Self.stream(of: pipe, isJournal: false)
        output.note("november:\n  12 of 40")
        output.warn("december")
        #expect(pipe.lines() == ["november:", "  12 of 40", "discador: december"])
    }

    @Test func `are not drawn over`() throws {
        let pipe = try TestPipe()
        var output = Output(isJSON: false, isQuiet: false)
        output.errors = try Self.stream(of: pipe)
        #expect(!output.canRedraw)
    }

    @Test func `are recognized by the program itself`() async throws {
        // `sh` writes the identity of its own stderr, a pipe of this test, into the variable.
        let result = try await Program(
            ["run", "nothing"], in: FileManager.default.temporaryDirectory,
            shell: "JOURNAL_STREAM=$(stat -L -c %d:%i /proc/self/fd/2); export JOURNAL_STREAM"
        ).result()
        #expect(result.exitCode == 65)
        #expect(result.stderr.hasPrefix("<3>error: ") && !result.stderr.contains("\n"), "\(result.stderr)")
    }
}
