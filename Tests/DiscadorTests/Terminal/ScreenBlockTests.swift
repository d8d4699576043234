import Reports
import Testing

@testable import discador

/// Lines that are drawn over themselves.
@Suite(.fewAtATime) struct `A block of lines on the screen` {
    private static let wide = TerminalSize(columns: 80, rows: 24)

    @Test func `is redrawn over itself, and only when something has changed`() {
        var block = ScreenBlock()
        #expect(String(decoding: block.bytes(["a", "b"], on: Self.wide), as: UTF8.self) == "a\nb\n")
        #expect(block.bytes(["a", "b"], on: Self.wide).isEmpty)
        #expect(String(decoding: block.bytes(["c"], on: Self.wide), as: UTF8.self) == "\u{1B}[2F\u{1B}[Kc\n\u{1B}[J")
        #expect(String(decoding: block.bytes(["d"], on: Self.wide), as: UTF8.self) == "\u{1B}[1F\u{1B}[Kd\n")
        #expect(String(decoding: block.clearing(on: Self.wide), as: UTF8.self) == "\u{1B}[1F\u{1B}[K")
        #expect(block.clearing(on: Self.wide).isEmpty)
    }

    @Test(arguments: [(80, 2), (79, 2), (60, 4), (40, 4), (39, 6), (27, 6), (20, 8)])
    func `clears all rows into which a narrower terminal has wrapped it`(columns: Int, rows: Int) {
        var block = ScreenBlock()
        _ = block.bytes([String(repeating: "x", count: 79), String(repeating: "日", count: 39)], on: Self.wide)
        let bytes = block.bytes(["a"], on: TerminalSize(columns: columns, rows: 24))
        #expect(String(decoding: bytes, as: UTF8.self) == "\u{1B}[\(rows)F\u{1B}[Ka\n\u{1B}[J")
    }

    @Test func `is never taller or wider than the terminal, and does not control it`() {
        var block = ScreenBlock()
        let lines = (1...40).map { "\($0) \u{1B}[2J" + String(repeating: "語", count: 60) }
        let text = String(decoding: block.bytes(lines, on: TerminalSize(columns: 40, rows: 10)), as: UTF8.self)
        let drawn = text.split(separator: "\n")
        #expect(drawn.count == 9 && drawn.last == "… 32 other lines")
        #expect(drawn.allSatisfy { TerminalText.width(String($0)) < 40 } && !text.contains("\u{1B}"))
    }
}
