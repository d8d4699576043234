import CampaignCore
import Testing

/// The contact on which filters are tried, and the settings for writing them.
enum FilterFixture {
    /// America/Sao_Paulo without its history: three hours behind UTC.
    static let context = FilterContext(
        columns: ["nome", "telefone", "Nome do Cliente", "valor", "NOME", "Data do Contrato"], phones: PhoneReader(),
        utcOffset: { _ in -3 * 3600 })

    /// 2026-11-25T12:00:00Z: nine o'clock in the zone of the filters.
    static let nine = Timestamp(milliseconds: 1_795_608_000_000)

    /// A contact that failed at nine o'clock on its second attempt.
    static func contact() throws -> ContactRow {
        let phone = try #require(PhoneNumber(value: 5_511_987_654_301))
        var contact = ContactRow(
            own: ["", "(11) 98765-4301", "Ana d'Ávila", "R$ 1.234,50", "Ana"], phone: phone, state: .failed)
        contact.reason = "refused"
        contact.attempts = 2
        contact.firstAttemptAt = nine.advanced(by: .seconds(-3600))
        var attempt = AttemptRow(phone: phone, number: 2, instance: "Vendas", startedAt: nine)
        attempt.httpStatus = 400
        attempt.error = "Phone number does not exist"
        contact.last = attempt
        contact.deliveryError = "Timeout on send message"
        contact.answer = .notAnswered
        contact.answeredAt = nine
        contact.calledBackAt = nine.advanced(by: .seconds(3600))
        return contact
    }

    /// A contact to which nothing has happened.
    static func fresh() throws -> ContactRow {
        ContactRow(
            own: ["Bia", "", "", "20", ""], phone: try #require(PhoneNumber(value: 351_912_345_678)), state: .ready)
    }

    static func filter(_ text: String) throws -> ContactFilter {
        try ContactFilter(parsing: text, context)
    }
}

/// A filter, and whether it matches the sample contact.
struct FilterCase: Sendable, CustomTestStringConvertible {
    let text: String
    let isMeant: Bool

    init(_ text: String, _ isMeant: Bool) {
        (self.text, self.isMeant) = (text, isMeant)
    }

    var testDescription: String { text }
}

extension FilterCase {
    static let fields: [FilterCase] = [
        .init("state = failed", true), .init("state = FAILED", true), .init("STATE=failed", true),
        .init("state = ready", false), .init("state != failed", false), .init("state != in_doubt", true),
        .init("state in (ready, failed)", true), .init("state in (inDoubt, 'in doubt')", false),
        .init("state not in (ready, accepted)", true),
        .init("reason = refused", true), .init("reason = \"\"", false), .init("reason != ''", true),
        .init("error ~ EXIST", true), .init("error ~ 'not exist'", true), .init("error ~ timeout", false),
        .init("error !~ timeout", true), .init("error = 'phone number does not exist'", true),
        .init("instance = vendas", true), .init("instance in (suporte, vendas)", true),
        .init("httpStatus = 400", true), .init("http_status >= 400", true), .init("httpStatus > 400", false),
        .init("httpStatus < 500 and httpStatus > 399", true), .init("httpStatus in (200, 400)", true),
        .init("httpStatus = ''", false), .init("httpStatus <= 400.0", true),
        .init("attempts > 1", true), .init("attempts >= 10", false), .init("attempts = 2", true),
        .init("ddd = 11", true), .init("ddd = 011", true), .init("ddd in (21, 31)", false),
        .init("country = 55", true), .init("country = +55", true), .init("country != 351", true),
        .init("phone = 11987654301", true), .init("phone = '(11) 8765-4301'", true),
        .init("phone = +5511987654302", false), .init("phone in (11987654301, 11987654302)", true),
        .init("phone ~ 4301", true), .init("phone ~ '8765-4301'", true), .init("phone !~ 4301", false),
        .init("delivery = ''", true), .init("delivery ~ read", false),
        .init("deliveryError ~ timeout", true), .init("answer = not_answered", true), .init("answer = answered", false),
        .init("answer != ''", true),
    ]

    static let times: [FilterCase] = [
        .init("lastAttemptAt = 2026-11-25", true), .init("lastAttemptAt >= 2026-11-25", true),
        .init("lastAttemptAt > 2026-11-25", false), .init("lastAttemptAt <= 2026-11-25", true),
        .init("lastAttemptAt < 2026-11-25", false), .init("lastAttemptAt > 2026-11-24", true),
        .init("lastAttemptAt < 2026-11-26", true), .init("lastAttemptAt = 2026-11-25T09:00", true),
        .init("lastAttemptAt = 2026-11-25T12:00Z", true), .init("lastAttemptAt = '2026-11-25 09:00:00'", true),
        .init("lastAttemptAt = 2026-11-25T12:00:00.000Z", true),
        .init("lastAttemptAt = 2026-11-25T12:00:00.001Z", false),
        .init("lastAttemptAt = 2026-11-25T13:00+01:00", true), .init("lastAttemptAt = 2026-11-25T13:00+0100", true),
        .init("lastAttemptAt > 2026-11-25T08:59", true), .init("lastAttemptAt > 2026-11-25T09:00", false),
        .init("lastAttemptAt >= 2026-11-25T09:00:01", false), .init("lastAttemptAt = ''", false),
        .init("firstAttemptAt < 2026-11-25T09:00", true), .init("firstAttemptAt = 2026-11-25T08:00", true),
        .init("answeredAt = 2026-11-25T09:00", true), .init("calledBackAt > 2026-11-25T09:30", true),
        .init("repliedAt = ''", true), .init("repliedAt >= 2026-11-25", false),
    ]

    static let own: [FilterCase] = [
        .init("nome = ana", true), .init("[NOME] = Ana", true), .init("Nome ~ n", true),
        .init("[nome do cliente] ~ \"d'ávila\"", true), .init("[Nome-do-Cliente] = 'ana d''ávila'", true),
        .init("nome_do_cliente ~ ana", true), .init("valor > 1000", true), .init("valor = 1234,50", true),
        .init("valor = '1234,50'", true), .init("valor in (1234,50)", false),
        .init("valor = 1234.5", true), .init("valor < 200", false), .init("valor ~ 'R$'", true),
        .init("valor = 'r$ 1.234,50'", true), .init("valor in (20, 1234.5)", true),
        .init("telefone = '(11) 98765-4301'", true), .init("telefone = 11987654301", false),
        .init("telefone > 5", false), .init("nome > al", true), .init("nome > b", false), .init("nome != ''", true),
    ]

    static let precedence: [FilterCase] = [
        .init("state = failed or state = ready and attempts = 9", true),
        .init("(state = failed or state = ready) and attempts = 9", false),
        .init("not state = ready and attempts = 2", true), .init("not (state = failed and attempts = 2)", false),
        .init("not state = failed or attempts = 2", true), .init("not not state = failed", true),
        .init("NOT state = ready AND attempts = 2 OR attempts = 7", true),
        .init("((((state = failed))))", true), .init("state=failed and(attempts=2)", true),
        .init("attempts = 7 or attempts = 8 or attempts = 2", true),
        .init("error = “Phone number does not exist” and instance = ‘vendas’", true),
        .init("  state\n=\tfailed  ", true),
    ]
}
