import CampaignCore
import Testing

/// The columns `callAudioUrl` and `notBefore` of a list.
@Suite struct ContactWishesTests {
    private static func list(_ cell: String, column: String = "notBefore", country: String = "55") throws -> ReadList {
        try ReadList("telefone;\(column)\n+5511999990001;\"\(cell)\"\n", country: country)
    }

    @Test(arguments: [
        ("2026-12-01", "2026-12-01 00:00"), ("01/12/2026", "2026-12-01 00:00"), ("1/2/2026", "2026-02-01 00:00"),
        ("01-12-2026", "2026-12-01 00:00"), ("01.12.2026", "2026-12-01 00:00"), ("2026/12/01", "2026-12-01 00:00"),
        ("2026-2-3", "2026-02-03 00:00"), ("31/12/2026", "2026-12-31 00:00"), ("29/02/2028", "2028-02-29 00:00"),
        ("2026-12-01T14:30", "2026-12-01 14:30"), ("2026-12-01 14:30", "2026-12-01 14:30"),
        ("2026-12-01T14:30:00", "2026-12-01 14:30"), ("2026-12-01T14:30:01", "2026-12-01 14:31"),
        ("2026-12-01T14:30:00.000", "2026-12-01 14:30"), ("2026-12-01T14:30:00.5", "2026-12-01 14:31"),
        ("2026-12-01T23:59:59", "2026-12-01 24:00"), ("2026-12-01t09:05", "2026-12-01 09:05"),
        ("01/12/2026 14:30", "2026-12-01 14:30"), ("01/12/2026  9:30", "2026-12-01 09:30"),
        ("01/12/2026 00:00:00", "2026-12-01 00:00"), ("01/12/2026 14h30", "2026-12-01 14:30"),
        ("01/12/2026 14h", "2026-12-01 14:00"), ("01/12/2026, 14:30", "2026-12-01 14:30"),
        ("01/12/2026 às 14h30", "2026-12-01 14:30"), ("01/12/2026\u{A0}14:30", "2026-12-01 14:30"),
        ("  01/12/2026 ", "2026-12-01 00:00"), ("2026-12-01T14:30Z", "2026-12-01 14:30 +00:00"),
        ("2026-12-01T14:30-03:00", "2026-12-01 14:30 -03:00"), ("2026-12-01 14:30 -0300", "2026-12-01 14:30 -03:00"),
        ("2026-12-01T14:30:00+05:45", "2026-12-01 14:30 +05:45"), ("2026-12-01T14:30-03", "2026-12-01 14:30 -03:00"),
        ("=\"\"01/12/2026\"\"", "rejected"),
    ])
    func `a date is read as people and programs write it`(cell: String, time: String) throws {
        let list = try Self.list(cell)
        #expect(list.contacts.first?.wishes?.notBefore?.description ?? "rejected" == time)
        #expect(list.rows.count == 1)
    }

    @Test(arguments: [
        ("01/12/26", "not_before_ambiguous"), ("26-12-01", "not_before_ambiguous"), ("1.2.26", "not_before_ambiguous"),
        ("12/31/2026", "not_before_ambiguous"), ("02/13/2026 10:00", "not_before_ambiguous"),
        ("31/02/2026", "not_before_invalid"), ("2026-02-29", "not_before_invalid"),
        ("2026-13-01", "not_before_invalid"), ("2026-31-12", "not_before_invalid"),
        ("32/13/2026", "not_before_invalid"),
        ("00/12/2026", "not_before_invalid"), ("01/00/2026", "not_before_invalid"),
        ("1999-12-31", "not_before_invalid"),
        ("01/12/2200", "not_before_invalid"), ("01/12", "not_before_invalid"), ("01/12/026", "not_before_invalid"),
        ("01/12-2026", "not_before_invalid"), ("46357", "not_before_invalid"), ("20261201", "not_before_invalid"),
        ("14:30", "not_before_invalid"), ("amanhã", "not_before_invalid"), ("-", "not_before_invalid"),
        ("01/12/2026 24:00", "not_before_invalid"), ("01/12/2026 14:60", "not_before_invalid"),
        ("01/12/2026 14", "not_before_invalid"), ("01/12/2026 2:30 PM", "not_before_invalid"),
        ("01/12/2026 14:30 x", "not_before_invalid"), ("01/12/202614:30", "not_before_invalid"),
        ("2026-12-01T14:30+15:00", "not_before_invalid"), ("2026-12-01T14:30-13:00", "not_before_invalid"),
        ("01/12/2026 14:30-03:00", "not_before_invalid"), ("2026-12-01T", "not_before_invalid"),
        ("2026.12.01", "not_before_invalid"), ("٠١/١٢/٢٠٢٦", "not_before_invalid"),
        ("1º/12/2026", "not_before_invalid"),
        ("012/12/2026", "not_before_invalid"), ("2026-012-01", "not_before_invalid"),
    ])
    func `anything else rejects the row with the reason, and is never guessed`(cell: String, reason: String) throws {
        let list = try Self.list(cell)
        #expect(list.rejects.map(\.reason) == [reason])
        #expect(list.contacts.isEmpty)
        #expect(list.rejects.first?.suggestion.hasSuffix(".") == true)
    }

    @Test func `where the month is written first, only a date that can be read in one way is taken`() throws {
        for (cell, isTaken) in [
            ("01/12/2026", false), ("12/12/2026", true), ("31/12/2026", true), ("2026-01-12", true),
        ] {
            #expect(try Self.list(cell, country: "1").contacts.count == (isTaken ? 1 : 0), "\(cell)")
        }
        #expect(try Self.list("12/31/2026", country: "1").rejects.map(\.reason) == ["not_before_ambiguous"])
    }

    @Test(arguments: [
        "https://example.com/a.mp3", "http://example.com:8080/a%20b.mp3?x=1", "HTTPS://EXAMPLE.com/A.MP3",
    ])
    func `the address of a sound is taken as it is`(cell: String) throws {
        #expect(try Self.list(cell, column: "Link do áudio").contacts.first?.wishes?.callAudioURL == cell)
        #expect(try Self.list("  \(cell) ", column: "callAudioUrl").contacts.first?.wishes?.callAudioURL == cell)
    }

    @Test(arguments: [
        "a.mp3", "C:\\a.mp3", "ftp://example.com/a.mp3", "https://example.com/a b.mp3", "https://", "-",
        "https://me:pass@example.com/a.mp3", "https://example.com/ção.mp3",
        "https://example.com/\(String(repeating: "x", count: 2048))",
    ])
    func `anything else rejects the row, with what is wrong`(cell: String) throws {
        let list = try Self.list(cell, column: "callAudioUrl")
        #expect(list.rejects.map(\.reason) == ["call_audio_url_invalid"])
        #expect(list.rejects.first?.suggestion.hasSuffix(", or leave the cell empty.") == true)
        #expect(list.rejects.first?.suggestion.contains("me:pass") == false)
    }

    @Test(arguments: ["", "   ", "\u{A0}"])
    func `an empty cell says nothing`(cell: String) throws {
        for column in ["notBefore", "callAudioUrl"] {
            let list = try Self.list(cell, column: column)
            #expect(list.contacts.count == 1 && list.contacts.allSatisfy { $0.wishes == nil })
        }
    }

    @Test(arguments: [
        ("notBefore", ContactColumn.notBefore), ("not_before", .notBefore), ("Não antes de", .notBefore),
        ("Não ligar antes de", .notBefore), ("Ligar a partir de", .notBefore), ("No llamar antes de", .notBefore),
        ("Call after", .notBefore), ("callAudioUrl", .callAudioUrl), ("URL do áudio", .callAudioUrl),
        ("audio_url", .callAudioUrl),
    ])
    func `the columns are known by their usual names`(name: String, column: ContactColumn) throws {
        let list = try ReadList("telefone;\(name)\n11999990001;\n")
        #expect(list.format?.column(column)?.name == name)
    }

    @Test(arguments: ["Data", "Agendamento", "Vencimento", "A partir de", "Áudio", "data_nascimento"])
    func `columns that may be about something else are only kept`(name: String) throws {
        let list = try ReadList("telefone;\(name)\n11999990001;x\n")
        #expect(list.contacts.map(\.own) == [["11999990001", "x"]])
    }

    @Test func `a column is also named, by its place too, or declined`() throws {
        let text = "telefone;notBefore;quando\n11999990001;x;2026-12-01\n"
        var names = ColumnNames()
        names.notBefore = "3"
        #expect(try ReadList(text, columns: names).contacts.first?.wishes?.notBefore?.description == "2026-12-01 00:00")
        names.notBefore = "none"
        #expect(try ReadList(text, columns: names).contacts.map(\.wishes) == [nil])
        #expect(try ReadList(text).rejects.map(\.reason) == ["not_before_invalid"])
    }

    @Test func `a corrected export of rejects is read without what made it safe for a spreadsheet`() throws {
        let text =
            "telefone,notBefore,rejectedFile,rejectedLine,rejectedReason,rejectedSuggestion\n"
            + "11999990001,\"=\"\"01/12/2026\"\"\",a.csv,2,not_before_ambiguous,Write the year with four digits.\n"
        #expect(try ReadList(text).contacts.first?.wishes?.notBefore?.description == "2026-12-01 00:00")
    }

    @Test func `each number of a cell has what its row says`() throws {
        let text = "telefone;notBefore\n11999990001 / 11999990002;2026-12-01\n"
        let list = try ReadList(text, .with { $0.splitsCells = true })
        #expect(list.contacts.map(\.wishes?.notBefore?.description) == ["2026-12-01 00:00", "2026-12-01 00:00"])
    }

    @Test(arguments: [
        ("2026-12-01", "America/Sao_Paulo", "2026-12-01T00:00:00-03:00"),
        ("01/12/2026 14:30", "America/Manaus", "2026-12-01T14:30:00-04:00"),
        ("2026-12-01T23:59:30", "UTC", "2026-12-02T00:00:00Z"),
        ("2026-12-01T14:30-05:00", "America/Sao_Paulo", "2026-12-01T14:30:00-05:00"),
        // The clocks skip the hour from 02:00, and show the one from 01:00 twice.
        ("08/03/2026 02:30", "America/New_York", "2026-03-08T03:00:00-04:00"),
        ("01/11/2026 01:30", "America/New_York", "2026-11-01T01:30:00-04:00"),
    ])
    func `a time is one of the contact's own clock`(cell: String, zone: String, instant: String) throws {
        let time = try #require(try Self.list(cell).contacts.first?.wishes?.notBefore)
        #expect(time.moment(utcOffset: try utcOffset(in: zone)) == (try moment(instant)))
    }

    @Test func `where the clock is not known, the latest on Earth counts`() throws {
        let time = try #require(try Self.list("2026-12-01").contacts.first?.wishes?.notBefore)
        #expect(time.latestMoment == (try moment("2026-12-01T00:00:00-12:00")))
        let fixed = try #require(try Self.list("2026-12-01T10:00Z").contacts.first?.wishes?.notBefore)
        #expect(fixed.latestMoment == (try moment("2026-12-01T10:00:00Z")))
    }
}
