import CampaignCore
import Foundation
import Glibc
import Ongoing
import Testing

@testable import CampaignRunner
@testable import discador

/// The display of the campaigns under way, on a real terminal and elsewhere.
@Suite(.fewAtATime) struct `The display of campaigns` {
    private static let environment = ["TERM": "xterm"]
    /// The lines without the time of day at their beginning.
    private static func untimed(_ lines: [String]) -> [String] {
        lines.map { line in
            line.firstMatch(of: #/^\d\d:\d\d:\d\d /#).map { String(line[$0.range.upperBound...]) } ?? "no time: " + line
        }
    }

    private static func display(
        on terminal: TestTerminal, isQuiet: Bool = false, _ names: String...
    ) -> ProgressDisplay {
        display(on: terminal.descriptor, isQuiet: isQuiet, names)
    }

    private static func display(
        on descriptor: Int32, isQuiet: Bool = false, reportsWaits: Bool = true, _ names: [String]
    ) -> ProgressDisplay {
        var output = Output(isJSON: false, isQuiet: isQuiet)
        output.errors = ErrorStream(descriptor: descriptor, environment: environment)
        let display = ProgressDisplay(output: output, reportsWaits: reportsWaits)
        for name in names { display.add(campaign: Campaign(name: name, instances: []), forecast: nil) }
        return display
    }

    private static func block(_ name: String, _ activity: String = "waiting for 1 reply") -> [String] {
        [
            "\(name)  █████████░░░░░░░░░░░░░░░░░░░░░  12 of 40", "  1h 00m so far",
            "  12 accepted · 0 failed · 0 in doubt · 0 excluded · 0 under way · 28 waiting", "  \(activity)",
        ]
    }

    @Test func `redraws one block a campaign, in the order in which they came`() throws {
        let terminal = try TestTerminal(TerminalSize(columns: 100, rows: 24))
        let display = Self.display(on: terminal, "a", "b")
        display.redraw()
        #expect(terminal.lines() == [], "no progress is known yet")
        display.note(.sample(waits: nil), of: "b")
        display.redraw()
        #expect(terminal.lines() == Self.block("b", "dialing"))
        display.note(.sample(), of: "a")
        display.note(.sample(), of: "b")
        display.note(.sample(), of: "stranger")
        display.redraw()
        #expect(terminal.lines() == Self.block("a") + Self.block("b"))
        #expect(terminal.read() == 0)
        display.redraw()
        #expect(terminal.read() == 0, "nothing has changed")
        #expect(!terminal.leftScreen)
    }

    @Test func `leaves the last block of a campaign that ends above the others, once`() throws {
        let terminal = try TestTerminal(TerminalSize(columns: 100, rows: 12))
        let names = ["a", "b", "c", "d", "e"]
        let display = Self.display(on: terminal.descriptor, names)
        for name in names { display.note(.sample(), of: name) }
        display.redraw()
        #expect(terminal.lines().count == 5)
        for (index, name) in names.enumerated() {
            display.end(campaign: name)
            display.end(campaign: name)
            display.redraw()
            let ended = names.prefix(index + 1).flatMap { Self.block($0) }
            let lines = terminal.lines().filter { !$0.isEmpty }
            #expect(Array(lines.prefix(ended.count)) == ended)
            #expect(lines.count <= ended.count + 11)
        }
        display.end()
        #expect(terminal.lines().filter { !$0.isEmpty } == names.flatMap { Self.block($0) })
        #expect(!terminal.leftScreen)
    }

    @Test func `never has more lines than the terminal, whatever ends and joins`() throws {
        let terminal = try TestTerminal(TerminalSize(columns: 60, rows: 6))
        let display = Self.display(on: terminal)
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<300 {
            let name = "c\(Int.random(in: 0..<9, using: &generator))"
            switch Int.random(in: 0..<5, using: &generator) {
            case 0: display.end(campaign: name)
            case 1: display.note("a remark")
            case 2: display.add(campaign: Campaign(name: name, instances: []), forecast: nil)
            default: display.note(.sample(ready: .random(in: 0...40, using: &generator)), of: name)
            }
            display.redraw()
            _ = terminal.lines()
        }
        #expect(!terminal.leftScreen)
    }

    @Test func `writes a note or a warning above the block`() throws {
        let terminal = try TestTerminal(TerminalSize(columns: 100, rows: 24))
        let display = Self.display(on: terminal, "a")
        display.note(.sample(), of: "a")
        display.redraw()
        display.note("a joins")
        display.warn("b cannot be read")
        display.redraw()
        #expect(terminal.lines() == ["a joins", "discador: b cannot be read"] + Self.block("a"))
        display.end()
        display.note("later")
        #expect(terminal.lines().suffix(5) == Self.block("a") + ["later"], "the last block stays")
    }

    @Test func `shows the time that passes after a campaign's file has been read again`() throws {
        let terminal = try TestTerminal(TerminalSize(columns: 100, rows: 24))
        let display = Self.display(on: terminal, "a")
        display.note(.sample(), of: "a")
        display.add(campaign: Campaign(name: "a", instances: []), forecast: nil)
        display.redraw()
        #expect(terminal.lines() == Self.block("a"))
    }

    @Test func `does not draw with --quiet, but warns`() throws {
        let terminal = try TestTerminal(TerminalSize(columns: 100, rows: 24))
        let display = Self.display(on: terminal, isQuiet: true, "a")
        display.note(.sample(), of: "a")
        display.redraw()
        display.printNow()
        display.note("a joins")
        display.warn("b cannot be read")
        display.end()
        #expect(terminal.lines() == ["discador: b cannot be read"])
    }

    @Test func `is noted although the terminal has been halted`() async throws {
        let terminal = try TestTerminal(TerminalSize(columns: 100, rows: 24))
        try #require(tcflow(terminal.descriptor, TCOOFF) == 0)
        let display = Self.display(on: terminal, "a")
        display.note(.sample(), of: "a")
        let drawing = OngoingTask { display.redraw() }
        for ready in 0..<1000 { display.note(.sample(ready: 28 - ready % 2), of: "a") }
        display.note(.sample(), of: "a")
        try #require(tcflow(terminal.descriptor, TCOON) == 0)
        try await drawing.value
        display.redraw()
        #expect(terminal.lines() == Self.block("a"))
    }

    @Test func `is a line for each elsewhere, with the time of day: at its start, when asked, and at its end`() throws {
        let pipe = try TestPipe()
        let display = Self.display(on: pipe.end, ["a", "b"])
        let figures = "12 of 40, 12 accepted, 0 failed, 0 in doubt, 0 excluded; 1h 00m so far; "
        let (a, b) = ("a: \(figures)waiting for 1 reply", "b: \(figures)dialing")
        display.note(.sample(), of: "a")
        display.note(.sample(waits: nil), of: "b")
        #expect(Self.untimed(pipe.lines()) == [a, b])
        display.note(.sample(), of: "a")
        display.redraw()
        #expect(pipe.lines() == [], "nothing has changed")
        display.printNow()
        #expect(Self.untimed(pipe.lines()) == [a, b])
        display.end(campaign: "a")
        #expect(Self.untimed(pipe.lines()) == [a])
        display.end(campaign: "b")
        display.end()
        #expect(Self.untimed(pipe.lines()) == [b])
    }

    @Test func `says elsewhere when an instance is lost or back, when it stops, and when it dials again`() throws {
        let pipe = try TestPipe()
        let display = Self.display(on: pipe.end, ["a"])
        display.note(.sample(), of: "a")
        _ = pipe.lines()
        display.note(.sample(troubles: ["vendas: not connected"]), of: "a")
        display.note(.sample(troubles: ["vendas: not connected, asked again"]), of: "a")
        #expect(pipe.lines().count == 1)
        display.note(.sample(), of: "a")
        #expect(pipe.lines().count == 1)
        let wait = WaitReason.window(until: Timestamp(milliseconds: 1_795_000_000_000))
        display.note(.sample(waits: wait), of: "a")
        #expect(pipe.lines().count == 1)
        var progress = RunProgress.sample(waits: nil)
        progress.counts.move(from: .ready, to: .dialing)
        display.note(progress, of: "a")
        display.note(progress, of: "a")
        #expect(pipe.lines().count == 1)
        progress.isStopping = true
        display.note(progress, of: "a")
        #expect(pipe.lines().count == 1)
    }

    @Test func `is one line for all elsewhere when there are more than twenty`() throws {
        let pipe = try TestPipe()
        let names = (0..<21).map { "c\($0)" }
        let display = Self.display(on: pipe.end, names)
        for name in names.dropLast() { display.note(.sample(), of: name) }
        #expect(pipe.lines().count == 20)
        display.printNow()
        #expect(pipe.lines().count == 20)
        display.note(.sample(waits: .window(until: nil)), of: "c20")
        #expect(pipe.lines() == [], "the line of the minute says it")
        display.printNow()
        #expect(
            Self.untimed(pipe.lines()) == [
                "21 campaigns: 252 of 840, 252 accepted, 0 failed, 0 in doubt, 0 excluded; 20 dial, "
                    + "1 waits for its window"
            ])
    }

    @Test(arguments: [true, false])
    func `reports a long wait when it begins, once, before and after the minute`(isRefreshed: Bool) async throws {
        let pipe = try TestPipe()
        let display = Self.display(on: pipe.end, ["a", "b"])
        let clock = HeldClock()
        let refreshing = OngoingTask { if isRefreshed { await display.refresh(on: clock) } }
        if isRefreshed { try await refreshing.wait(for: "a wait") { clock.begun == 1 } }
        let wait = WaitReason.asked(until: Timestamp(milliseconds: 1_795_000_000_000), isEarlier: false)
        for _ in 0..<3 { display.note(.sample(waits: wait), of: "b") }
        refreshing.cancel()
        try await refreshing.value
        #expect(pipe.lines().filter { $0.contains(" b: ") && $0.contains("Z-API asked to wait until") }.count == 1)
    }
}
