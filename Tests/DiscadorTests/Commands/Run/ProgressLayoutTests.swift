import CampaignCore
import Reports
import Testing

@testable import CampaignRunner
@testable import discador

/// What a terminal shows of several campaigns, as a function of its size.
@Suite(.fewAtATime) struct `Several campaigns on the screen` {
    private static let now = Timestamp(milliseconds: 1_795_000_000_000)

    private static func layout(
        _ names: [String], waits: WaitReason? = .replies(1), troubles: [String] = []
    ) -> ProgressLayout {
        let progress = names.map { _ in RunProgress.sample(waits: waits, troubles: troubles) }
        let texts = zip(names, progress).map {
            ProgressText($1, of: Campaign(name: $0, instances: []), now: Self.now)
        }
        return ProgressLayout(texts, ProgressTotals(progress))
    }

    private static func names(_ count: Int) -> [String] { (0..<count).map { "campaign-\($0 + 1)" } }

    @Test(arguments: [(1, 4), (2, 8), (3, 12)])
    func `up to three have a block each`(campaigns: Int, lines: Int) {
        let block = Self.layout(Self.names(campaigns)).lines(in: TerminalSize(columns: 100, rows: 23))
        #expect(block.count == lines)
        #expect(block.count { $0.contains("█") } == campaigns)
        #expect(block.count { $0 == "  waiting for 1 reply" } == campaigns)
    }

    @Test func `more have one line each, aligned`() {
        let names = ["x", "cobranca-novembro", "a", "b"]
        #expect(
            Self.layout(names).lines(in: TerminalSize(columns: 79, rows: 23)) == [
                "x                  ███░░░░░░░  12 of 40 · waiting for 1 reply",
                "cobranca-novembro  ███░░░░░░░  12 of 40 · waiting for 1 reply",
                "a                  ███░░░░░░░  12 of 40 · waiting for 1 reply",
                "b                  ███░░░░░░░  12 of 40 · waiting for 1 reply",
            ])
    }

    @Test(arguments: [(2, 7, 2), (3, 11, 3), (2, 3, 2), (3, 3, 3)])
    func `two or three have a line each where their blocks do not fit`(campaigns: Int, rows: Int, lines: Int) {
        let block = Self.layout(Self.names(campaigns)).lines(in: TerminalSize(columns: 100, rows: rows))
        #expect(block.count == lines && block.allSatisfy { $0.contains("12 of 40 · waiting for") }, "\(block)")
    }

    @Test func `troubles that need more room make lines of the blocks`() {
        let troubles = (1...4).map { "i\($0): not connected" }
        let layout = Self.layout(Self.names(3), troubles: troubles)
        #expect(layout.lines(in: TerminalSize(columns: 100, rows: 24)).count == 24)
        #expect(layout.lines(in: TerminalSize(columns: 100, rows: 23)).count == 3)
    }

    @Test(arguments: [(40, 4, "37 other campaigns"), (5, 4, "2 other campaigns"), (3, 2, "2 other campaigns")])
    func `those that do not fit are counted`(campaigns: Int, rows: Int, others: String) {
        let block = Self.layout(Self.names(campaigns)).lines(in: TerminalSize(columns: 100, rows: rows))
        #expect(block.count == rows && block.last == "… and \(others)")
        #expect(block[0].hasPrefix("campaign-1 "))
    }

    @Test func `the last one that fits takes the place of that count`() {
        let block = Self.layout(Self.names(4)).lines(in: TerminalSize(columns: 100, rows: 4))
        #expect(block.count == 4 && block[3].hasPrefix("campaign-4 "))
    }

    @Test func `a single row says what all of them do`() {
        let block = Self.layout(Self.names(4)).lines(in: TerminalSize(columns: 100, rows: 1))
        #expect(
            block == ["4 campaigns: 48 of 160, 48 accepted, 0 failed, 0 in doubt, 0 excluded; 4 dial"])
    }

    @Test(
        arguments: [200, 79, 60, 40, 25, 12],
        [
            ["a", "b", "c", "d"],
            ["a-name-longer-than-any-terminal-is-wide-" + String(repeating: "x", count: 120), "b"],
            ["日本語の名前🙂🙂⚡✅", "x", "y", "\u{1B}[2Jz"],
        ])
    func `never wraps, and shows every count`(width: Int, names: [String]) {
        for rows in 1...30 {
            let block = Self.layout(names, waits: .window(until: Self.now))
                .lines(in: TerminalSize(columns: width, rows: rows))
            #expect(block.count <= rows && block.allSatisfy { TerminalText.width($0) <= width }, "\(block)")
            #expect(!block.joined().contains("\u{1B}"))
            guard rows >= names.count, rows < 8, width > 12 else { continue }
            #expect(block.allSatisfy { $0.contains("12 of 40") }, "\(block)")
        }
    }
}

/// Many campaigns in one line of a log.
@Suite(.fewAtATime) struct `The totals of many campaigns` {
    @Test func `say what each kind of campaign does`() {
        let now = Timestamp(milliseconds: 1_795_000_000_000)
        let waits: [WaitReason?] = [
            nil, .pace(.seconds(3)), .canary(2), .window(until: now), .ringing(until: now), .instance,
            .retry(.seconds(9)), .cap(until: now), .cap(until: now), .asked(until: now, isEarlier: true),
        ]
        let stopping = RunProgress.sample(isStopping: true)
        #expect(
            ProgressTotals(waits.map { RunProgress.sample(waits: $0) } + [stopping]).line
                == "11 campaigns: 132 of 440, 132 accepted, 0 failed, 0 in doubt, 0 excluded; 3 dial, "
                + "1 waits for a retry, 2 wait for their window, 2 have used up their day's calls, "
                + "1 waits for an instance, 1 waits because Z-API asked for it, 1 is stopping")
    }
}
