import CampaignCore
import CampaignFile

/// Campaign files to test with, and what errors say about them.
enum Example {
    static let environment = [
        "ZAPI_INSTANCE_ID": "3C01A7B2",
        "ZAPI_INSTANCE_TOKEN": "tkn-5up3r",
        "ZAPI_CLIENT_TOKEN": "cli-5up3r",
        "NOTIFY_URL": "https://example.com/hook/5up3r",
        "NOTIFY_SECRET": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        "EMPTY": "",
    ]

    /// The campaign file of the documentation, with all keys.
    static let full = """
        name: cobranca-novembro
        contacts: contatos.csv              # optional; `import` takes others
        columns: {phone: telefone, name: nome, callDuration: duracao}    # optional: detected from the header
        fallback: true                      # optional: the next phone of the row where one is no use
        country: "55"                       # DDI for numbers written without one
        call: {duration: 5, audio: "https://example.com/aviso.mp3"}    # seconds, 1…15; columns can override both
        instances:
          - name: vendas
            id: ${ZAPI_INSTANCE_ID}         # only the environment or a 0600 env file holds secrets
            token: ${ZAPI_INSTANCE_TOKEN}
            clientToken: ${ZAPI_CLIENT_TOKEN}
            baseURL: https://api.z-api.io   # optional; http only to loopback
            pace: {calls: 6, per: 1m}       # optional; default callDuration + 1…3 s between calls
            dailyCap: 200                   # optional
            warmup: [20, 50, 100, 200]      # optional: calls a day from the instance's first day of use
        pace: {calls: 30, per: 1m}          # optional: whole campaign
        share: 2                            # its part where campaigns share an instance
        follow: true                        # optional: stays open for contacts that are imported later
        workers: 8
        timeout: 30s
        retry: {attempts: 4, first: 30s, longest: 15m}
        inDoubt: hold                       # or retry
        health: {every: 60s}                # how often /status is asked
        expires: 2026-11-30T18:00           # optional: what is not called by then is excluded
        window: {timezone: America/Sao_Paulo, days: [mon, tue, wed, thu, fri], from: "09:00", to: "18:00", \
        holidays: [2026-12-25]}
        brake: {failures: 50%, over: 20}
        redial: {notAnswered: {attempts: 2, after: 3h}}      # optional, needs webhooks
        perPerson: {calls: 2, per: 7d, unansweredInARow: 3}
        optOut: {words: [chega], buttons: [Não quero receber], review: ["2", chato]}
        notify: {url: "${NOTIFY_URL}", secret: "${NOTIFY_SECRET}", on: [brake, optOut]}
        queueWhileDisconnected: allow
        retention: 180d
        """

    /// The least there can be, in five lines. Instances come last: an addition with four spaces before it belongs to
    /// the instance, one without belongs to the campaign; its first line is line 6.
    static func minimal(
        name: String = "reminders",
        id: String = "3C01",
        token: String = "${ZAPI_INSTANCE_TOKEN}",
        adding addition: String = ""
    ) -> String {
        """
        name: \(name)
        instances:
          - name: sales
            id: \(id)
            token: \(token)
        \(addition)
        """
    }

    /// The same with a window, an addition begins on line 7.
    static func windowed(adding addition: String) -> String {
        let window = "window: {timezone: America/Sao_Paulo, days: [mon], from: 09:00, to: 18:00}"
        return minimal(adding: "\(window)\n\(addition)")
    }

    static func parse(_ text: String) throws(CampaignFileError) -> Campaign {
        try CampaignFile.parse(text, path: "campaign.yml", environment: environment)
    }

    /// The lines of the error about a campaign file, without its name before them; none when it is fine.
    static func complaints(about text: String) -> [String] {
        do throws(CampaignFileError) {
            _ = try parse(text)
            return []
        } catch {
            return error.description.split(separator: "\n").map { String($0.trimmingPrefix("campaign.yml:")) }
        }
    }
}

/// A text and what is expected of it, for tables.
struct Expectation<Result: Sendable & Equatable>: Sendable, CustomStringConvertible {
    let text: String
    let result: Result

    init(_ text: String, _ result: Result) {
        self.text = text
        self.result = result
    }

    var description: String { text }
}
