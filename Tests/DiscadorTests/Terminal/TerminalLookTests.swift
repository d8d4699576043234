import CampaignCore
import Testing

@testable import CampaignRunner
@testable import discador

/// Colors and signs: what a terminal can show, and nothing where there is none.
@Suite(.fewAtATime) struct `The look of a terminal` {
    private static func display(on terminal: TestTerminal, _ environment: [String: String]) -> ProgressDisplay {
        var output = Output(isJSON: false, isQuiet: false)
        output.errors = ErrorStream(descriptor: terminal.descriptor, environment: environment)
        let display = ProgressDisplay(output: output, reportsWaits: true)
        display.add(campaign: Campaign(name: "a", instances: []), forecast: nil)
        return display
    }

    @Test func `has colors with a meaning on a terminal, and none with NO_COLOR or TERM=dumb`() throws {
        let terminal = try TestTerminal(TerminalSize(columns: 100, rows: 24))
        let display = Self.display(on: terminal, ["TERM": "xterm"])
        var progress = RunProgress.sample()
        progress.counts.failed = 3
        progress.counts.inDoubt = 1
        display.note(progress, of: "a")
        display.redraw()
        _ = terminal.lines()
        #expect(terminal.colored.map(\.text) == ["12 accepted", "3 failed", "1 in doubt"])
        #expect(terminal.colored.map(\.color) == [32, 31, 33])
        for environment in [["TERM": "xterm", "NO_COLOR": "1"], ["TERM": "dumb"]] {
            let terminal = try TestTerminal(TerminalSize(columns: 100, rows: 24))
            let display = Self.display(on: terminal, environment)
            display.note(progress, of: "a")
            display.redraw()
            display.printNow()
            #expect(terminal.lines().joined().contains("12 accepted") && terminal.colored.isEmpty)
        }
    }

    @Test(arguments: [100, 60, 40])
    func `is ASCII where the locale is not UTF-8, and never wider than the terminal`(columns: Int) throws {
        let terminal = try TestTerminal(TerminalSize(columns: columns, rows: 24))
        var output = Output(isJSON: false, isQuiet: false)
        output.language = .portuguese
        output.errors = ErrorStream(
            descriptor: terminal.descriptor, environment: ["TERM": "xterm", "LC_ALL": "pt_BR.ISO-8859-1"])
        let display = ProgressDisplay(output: output, reportsWaits: true)
        let name = "cobrança-" + String(repeating: "x", count: 120)
        display.add(campaign: Campaign(name: name, instances: []), forecast: nil)
        display.note(.sample(troubles: (0..<6).map { "i\($0): não está conectada" }), of: name)
        display.redraw()
        let lines = terminal.lines()
        #expect(lines.allSatisfy { $0.allSatisfy(\.isASCII) && $0.count < columns }, "\(lines)")
        #expect(lines.joined().contains("em duvida") && lines[0].hasPrefix("cobranca-"), "\(lines)")
        #expect(lines[0].contains("..."), "\(lines)")
    }

    @Test(arguments: [
        (["LC_ALL": "C"], false), (["LANG": "pt_BR.ISO-8859-1"], false), (["LANG": "POSIX"], false),
        (["LC_ALL": "", "LC_CTYPE": "C.UTF-8", "LANG": "C"], true), (["LANG": "pt_BR.utf8"], true),
        (["LC_ALL": "en_US.UTF-8", "LANG": "C"], true), ([:], true),
    ])
    func `is UTF-8 as the locale says`(environment: [String: String], isUTF8: Bool) {
        #expect(TerminalLook(isTerminal: true, environment: environment).isUTF8 == isUTF8)
    }

    @Test func `signs become ASCII everywhere, letters only on a terminal, where they are no data`() {
        let locale = ["LC_ALL": "C"]
        let line = "“João” · 5511•••••4321 – 3 × 名 …"
        #expect(
            TerminalLook(isTerminal: true, environment: locale).folded(line)
                == "\"Joao\" - 5511*****4321 - 3 x ?? ...")
        #expect(
            TerminalLook(isTerminal: false, environment: locale).folded(line)
                == "\"João\" - 5511*****4321 - 3 x 名 ...")
        #expect(TerminalLook(isTerminal: true, environment: [:]).folded(line) == line)
    }

    @Test(arguments: [
        ("  accepted  36   90.0%        in_doubt  1", ["accepted", "in_doubt"]),
        ("  aceita  0  0,0%  em dúvida  2", ["em dúvida"]), ("0 failed, 12 not answered, 3 answered", ["3 answered"]),
        ("  discador retry c --failed  9 contacts", []), ("2 falharam · 1 falhou", ["2 falharam", "1 falhou"]),
        ("unaccepted 3 acceptedly", []),
        ("discador: error: it failed", ["discador: error:"]),
    ])
    func `what is counted has a color, unless it is zero`(line: String, colored: [String]) {
        let painted = TerminalLook(isTerminal: true, environment: ["TERM": "xterm"]).painted(line)
        let pieces = painted.split(separator: "\u{1B}[").dropFirst(painted.hasPrefix("\u{1B}") ? 0 : 1)
        let texts = pieces.filter { !$0.hasPrefix("39m") }.map { String($0.dropFirst(3)) }
        #expect(texts == colored, "\(painted)")
        #expect(TerminalLook(isTerminal: false, environment: ["TERM": "xterm"]).painted(line) == line)
    }
}
