import CampaignCore
import Foundation
import Ongoing
import TestJSON
import Testing

@testable import CampaignRunner
@testable import discador

/// Progress as the user has asked for it: lines, JSON, or none.
@Suite(.fewAtATime) struct `The style of progress` {
    private static let environment = ["TERM": "xterm"]

    private static func display(on pipe: TestPipe, style: ProgressStyle, _ name: String) -> ProgressDisplay {
        var output = Output(isJSON: false, isQuiet: false)
        output.errors = ErrorStream(descriptor: pipe.end, environment: environment)
        let display = ProgressDisplay(output: output, reportsWaits: true, style: style)
        display.add(campaign: Campaign(name: name, instances: []), forecast: nil)
        return display
    }

    @Test func `is one JSON document a line with --progress json`() async throws {
        let pipe = try TestPipe()
        let display = Self.display(on: pipe, style: .json, "a")
        let clock = HeldClock()
        let refreshing = OngoingTask { await display.refresh(on: clock) }
        try await refreshing.wait(for: "a wait") { clock.begun == 1 }
        display.note(.sample(), of: "a")
        refreshing.cancel()
        try await refreshing.value
        display.end(campaign: "a")
        display.end()
        let documents = try pipe.lines().map { try JSONValue($0) }
        #expect(documents.map { $0["event"]?.text } == ["start", "end"])
        for document in documents {
            #expect(document["version"] == 1 && document["campaign"] == "a" && document["activity"] == "dialing")
            #expect(document["counts"]?["accepted"] == 12 && document["counts"]?["total"] == 40)
            #expect(document["elapsedSeconds"] == 3600 && document["isStopping"] == false)
            #expect(document["time"]?.text?.contains("T") == true)
        }
    }

    @Test func `is nothing with --progress none, but notes and warnings`() throws {
        let pipe = try TestPipe()
        let display = Self.display(on: pipe, style: .none, "a")
        display.note(.sample(), of: "a")
        display.note("a joins")
        display.end(campaign: "a")
        display.end()
        #expect(pipe.lines() == ["a joins"])
    }

    @Test func `is lines on a terminal, too, with --progress plain`() throws {
        let terminal = try TestTerminal(TerminalSize(columns: 100, rows: 24))
        var output = Output(isJSON: false, isQuiet: false)
        output.errors = ErrorStream(descriptor: terminal.descriptor, environment: Self.environment)
        let display = ProgressDisplay(output: output, reportsWaits: true, style: .plain)
        display.add(campaign: Campaign(name: "a", instances: []), forecast: nil)
        for _ in 1...3 {
            display.note(.sample(), of: "a")
            display.redraw()
        }
        #expect(terminal.lines().count == 1)
    }
}
