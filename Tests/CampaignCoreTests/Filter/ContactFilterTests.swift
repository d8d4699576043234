import CampaignCore
import Foundation
import Testing

@Suite struct ContactFilterTests {
    @Test(arguments: FilterCase.fields + FilterCase.times + FilterCase.own + FilterCase.precedence)
    func `a filter matches exactly the contacts that it describes`(_ each: FilterCase) throws {
        let filter = try FilterFixture.filter(each.text)
        #expect(filter.matches(try FilterFixture.contact()) == each.isMeant)
    }

    @Test(arguments: [
        FilterCase("httpStatus = ''", true), FilterCase("httpStatus < 500", false),
        FilterCase("not (httpStatus < 500)", true), FilterCase("httpStatus != 400", true),
        FilterCase("lastAttemptAt < 2030-01-01", false), FilterCase("lastAttemptAt = ''", true),
        FilterCase("error = ''", true), FilterCase("error ~ a", false), FilterCase("instance != vendas", true),
        FilterCase("ddd = ''", true), FilterCase("ddd < 99", false), FilterCase("country = 351", true),
        FilterCase("[Nome do Cliente] < z", false), FilterCase("[Nome do Cliente] = ''", true),
        FilterCase("nome = bia", true), FilterCase("valor = 20", true), FilterCase("valor < 100", true),
        FilterCase("attempts = 0", true),
    ])
    func `what is not known is equal to nothing but the empty text`(_ each: FilterCase) throws {
        let filter = try FilterFixture.filter(each.text)
        #expect(filter.matches(try FilterFixture.fresh()) == each.isMeant)
    }

    @Test(arguments: [
        ("valor ~ avila", true), ("valor ~ 'D\u{2019}ÁVI'", true), ("valor ~ joao", true), ("valor !~ AVILA", false),
        ("valor = 'joao d’avila'", false), ("valor = 'joão d’ÁVILA'", true), ("valor ~ davila", false),
    ])
    func `a text is contained with or without accents, and the same only with them`(_ text: String, _ isMeant: Bool)
        throws
    {
        var contact = try FilterFixture.fresh()
        contact.own[3] = "João D’Ávila"
        #expect(try FilterFixture.filter(text).matches(contact) == isMeant)
    }

    @Test(arguments: [
        ("1234567890123456", "1234567890123457", false), ("007", "7", true), ("1.500", "1500", false),
        ("1.500,00", "1500", true), ("1,500.00", "1500", true), ("1 500", "1500", true), ("0.500", "0,5", true),
        ("-3", "-3.0", true), ("1.234.567", "1234567", true), ("12.34.567", "1234567", false), ("3,", "3", false),
        ("1.500", "1.500", true), ("R$ 20", "20", true), ("١", "1", false),
    ])
    func `a cell is a number only if it can be read in one way`(_ cell: String, _ value: String, _ isEqual: Bool)
        throws
    {
        var contact = try FilterFixture.fresh()
        contact.own[3] = cell
        #expect(try FilterFixture.filter("valor = '\(value)'").matches(contact) == isEqual)
    }

    @Test func `a filter survives being sent somewhere else`() throws {
        for each in FilterCase.fields + FilterCase.times + FilterCase.own + FilterCase.precedence {
            let sent = try JSONEncoder().encode(try FilterFixture.filter(each.text))
            let filter = try JSONDecoder().decode(ContactFilter.self, from: sent)
            #expect(try filter == FilterFixture.filter(each.text))
            #expect(filter.and(.state(.failed)).matches(try FilterFixture.contact()) == each.isMeant)
            #expect(!filter.and(.state(.accepted)).matches(try FilterFixture.contact()))
        }
    }

    @Test(
        arguments: [
            ("state = failed", [.failed]), ("state = failed and error ~ x", [.failed]),
            ("state = failed or state = excluded", [.failed, .excluded]), ("state = failed and state = ready", []),
            ("not state = failed", [.ready, .dialing, .accepted, .inDoubt, .excluded]),
            ("not (state = failed and error ~ x)", CallState.allCases), ("error ~ x", CallState.allCases),
            ("state = failed or error ~ x", CallState.allCases),
            ("not (state in (ready, dialing, accepted))", [.failed, .inDoubt, .excluded]),
        ] as [(String, [CallState])])
    func `a filter says which states its matches can have`(_ text: String, _ states: [CallState]) throws {
        #expect(try FilterFixture.filter(text).states == Set(states))
    }

    @Test func `a day that a zone begins an hour late is that day, and one it does not have is none`() throws {
        // A zone that goes from −3 to −2 at 2026-11-25T03:00Z: the day begins at one o'clock.
        let change = Timestamp(milliseconds: 1_795_575_600_000)
        let context = FilterContext(
            columns: [], phones: PhoneReader(), utcOffset: { $0 < change ? -3 * 3600 : -2 * 3600 })
        let filter = try ContactFilter(parsing: "lastAttemptAt >= 2026-11-25", context)
        var contact = try FilterFixture.contact()
        contact.last?.startedAt = change
        #expect(filter.matches(contact))
        contact.last?.startedAt = Timestamp(milliseconds: change.milliseconds - 1)
        #expect(!filter.matches(contact))
    }
}
