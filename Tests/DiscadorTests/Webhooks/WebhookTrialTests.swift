import CampaignCore
import Testing

@testable import discador

/// What `webhooks test` says about each way in which an event can get lost.
@Suite(.fewAtATime) struct `The trial of an address` {
    struct Row: Sendable {
        var answer: WebhookTrial.Answer
        var isStored = false
        var step: WebhookTrial.Step
        var hint: String
        var exit: Int32
    }

    private static let rows: [Row] = [
        Row(answer: .status(200), isStored: true, step: .done, hint: "is stored", exit: 0),
        Row(answer: .status(204), isStored: true, step: .done, hint: "is stored", exit: 0),
        Row(answer: .status(200), step: .store, hint: "another --db", exit: 4),
        Row(answer: .notConnected("not found", isNameKnown: false), step: .dns, hint: "DNS", exit: 69),
        Row(answer: .notConnected("refused", isNameKnown: true), step: .connection, hint: "firewall", exit: 69),
        Row(answer: .notConnected("does not speak TLS", isNameKnown: true), step: .tls, hint: "issuer", exit: 69),
        Row(answer: .notConnected("bad certificate", isNameKnown: true), step: .tls, hint: "issuer", exit: 69),
        Row(answer: .none("timed out"), step: .proxy, hint: "passes requests on", exit: 69),
        Row(answer: .status(404), step: .notFound, hint: "/z/", exit: 4),
        Row(answer: .status(301), step: .proxy, hint: "redirect", exit: 69),
        Row(answer: .status(401), step: .proxy, hint: "without a password", exit: 69),
        Row(answer: .status(403), step: .proxy, hint: "without a password", exit: 69),
        Row(answer: .status(502), step: .proxy, hint: "does not reach", exit: 69),
        Row(answer: .status(503), step: .receiver, hint: "cannot store", exit: 4),
        Row(answer: .status(504), step: .proxy, hint: "does not reach", exit: 69),
        Row(answer: .status(413), step: .proxy, hint: "does not accept", exit: 69),
        Row(answer: .status(405), step: .proxy, hint: "does not accept", exit: 69),
    ]

    @Test(arguments: rows.indices) func `says which step failed and what to do`(index: Int) {
        let row = Self.rows[index]
        let trial = WebhookTrial(
            row.answer, isStored: row.isStored, host: "calls.example.com",
            serve: "discador serve --webhooks 127.0.0.1:7071")
        #expect(trial.step == row.step && trial.exit.rawValue == row.exit, "\(row): \(trial)")
        let (english, portuguese) = (trial.text.english, trial.text.portuguese)
        #expect(english.contains(row.hint) && english.contains("calls.example.com"), "\(english)")
        #expect(english != portuguese && portuguese.contains("calls.example.com"), "\(portuguese)")
        for fact in [/`[^`]+`/, /[0-9]{3}/, /--[a-z]+/, /\/z\/…/] {
            let facts = [english, portuguese].map { $0.matches(of: fact).map { String($0.output) }.sorted() }
            #expect(facts[0] == facts[1], "\(portuguese)")
        }
    }
}
