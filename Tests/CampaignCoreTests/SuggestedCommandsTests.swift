import CampaignCore
import Testing

/// How the program words numbers and suggested commands.
@Suite("Suggested commands") struct SuggestedCommandsTests {
    @Test(arguments: [
        (0, "0 replies", "0 rows"), (1, "1 reply", "1 row"), (2, "2 replies", "2 rows"), (21, "21 replies", "21 rows"),
    ])
    func `a number has its noun with it`(number: Int, replies: String, rows: String) {
        #expect(number.counted("reply", "replies") == replies && number.counted("row") == rows)
    }

    @Test(arguments: [
        (SuggestedCommands(), "discador run camp"),
        (SuggestedCommands(database: "a.db"), "discador run camp --db a.db"),
        (SuggestedCommands(database: "/srv/my calls.db"), "discador run camp --db '/srv/my calls.db'"),
        (SuggestedCommands(database: "it's;rm.db"), #"discador run camp --db 'it'\''s;rm.db'"#),
        (SuggestedCommands(database: ""), "discador run camp --db ''"),
        (
            SuggestedCommands(database: "a.db", environmentFile: "~/$x.env"),
            "discador run camp --db a.db --env-file '~/$x.env'"
        ),
    ])
    func `a suggested command names the same database and secrets`(commands: SuggestedCommands, text: String) {
        #expect(commands.command("run", "camp") == text)
    }

    @Test func `a command without secrets is suggested without their file`() {
        let commands = SuggestedCommands(environmentFile: "x.env")
        #expect(commands.command("doubts", "camp") == "discador doubts camp")
    }

    @Test(arguments: [
        ("discador pause camp", "wait for it to end, or stop it with `discador pause camp`."),
        (nil, "wait for it to end, then run the same command again."),
    ])
    func `an error about a database in use names the command that stops its holder`(stop: String?, advice: String) {
        let holder = Phrase(verbatim: "process 7 on h (run camp)")
        let error = StoreError.held(path: "my calls.db", holder: holder, stop: stop)
        #expect(error.description.contains(advice))
    }

    @Test(arguments: [
        ("José;99", Array("José;99".utf8)),
        ("José;99", [0x4A, 0x6F, 0x73, 0xE9, 0x3B, 0x39, 0x39]),
        ("“1” é", [0x93, 0x31, 0x94, 0x20, 0xC3, 0xA9]),
        ("José;日", [0x4A, 0, 0x6F, 0, 0x73, 0, 0xE9, 0, 0x3B, 0, 0xE5, 0x65]),
        ("José;日", [0, 0x4A, 0, 0x6F, 0, 0x73, 0, 0xE9, 0, 0x3B, 0x65, 0xE5]),
        ("", []),
    ])
    func `a rejected row is read in whatever encoding it was written`(text: String, raw: [UInt8]) {
        #expect(RejectRow(file: "f", line: 1, raw: raw, own: [], reason: "r", suggestion: "s").text == text)
    }
}
