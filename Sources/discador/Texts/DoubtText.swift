import CampaignCore
import CampaignStore

extension DoubtReason {
    /// How far the request got, derived from the reason of a contact in doubt.
    static func howFar(_ reason: String?) -> Phrase {
        reason.flatMap(DoubtReason.init)?.howFar
            ?? Phrase("It is not known how far the request got.", "Não se sabe até onde o pedido chegou.")
    }

    private var howFar: Phrase {
        switch self {
        case .interrupted:
            Phrase(
                "The program ended after the intent was written but before the result was: it is not known whether the "
                    + "request left.",
                "O programa terminou depois de anotar que ia ligar e antes de anotar o resultado: não se sabe se o "
                    + "pedido saiu.")
        case .noReply:
            Phrase(
                "The request may have left before the connection broke or timed out; no reply came.",
                "O pedido pode ter saído antes de a conexão cair ou o tempo acabar; não veio retorno.")
        case .gatewayError:
            Phrase(
                "Z-API, or a gateway in front of it, answered with an error: it is not known how far the request got.",
                "A Z-API, ou um gateway na frente dela, respondeu com um erro: não se sabe até onde o pedido chegou.")
        case .unreadableReply:
            Phrase(
                "Z-API answered 200 with a reply that does not name a call: what it said is shown with each call; it is "
                    + "not known whether the phone rang.",
                "A Z-API respondeu 200 com um retorno que não identifica uma ligação: o que ela disse aparece em cada "
                    + "ligação; não se sabe se o telefone tocou.")
        case .deliveryUnknown:
            Phrase(
                "Z-API accepted the call, and then did not know whether it went out to WhatsApp.",
                "A Z-API aceitou a ligação, e depois não soube dizer se ela foi para o WhatsApp.")
        }
    }
}

/// What speaks for or against a call in doubt having rung.
enum DoubtText {
    /// Delivery events that may be about the call.
    static func events(_ count: Int, lastAt: Timestamp, _ clock: LocalClock) -> Phrase {
        Phrase { language in
            let (events, last) = (language.counted(count, .deliveryEvent), clock.text(lastAt)[language])
            return language.text(
                "\(events), the last at \(last): it may be about this call, or about a message of another program; `why` "
                    + "shows what it says.",
                "\(events), o último em \(last): pode ser sobre esta ligação, ou sobre uma mensagem de outro programa; "
                    + "`why` mostra o que ele diz.")
        }
    }
}

extension Noun {
    fileprivate static let deliveryEvent = Noun(
        "delivery event", portuguese: ("evento de entrega", "eventos de entrega"))
}

/// An item of the provider queue that may be a call in doubt, as text and as JSON.
struct QueueEvidenceText: Encodable {
    private enum CodingKeys: CodingKey {
        case zaapId, messageId, createdAt, callDuration, attempt
    }

    private let evidence: QueueEvidence

    init(_ evidence: QueueEvidence) {
        self.evidence = evidence
    }

    /// One sentence.
    func line(_ clock: LocalClock) -> Phrase {
        let what =
            evidence.callDuration.map { Phrase("a call of \($0) s", "uma ligação de \($0) s") }
            ?? Phrase("an item", "um item")
        let when =
            evidence.createdAt.map { Phrase("created ", "criado em ") + clock.text($0) }
            ?? Phrase("created at an unknown time", "criado não se sabe quando")
        return Phrase { language in
            language.text(
                "Z-API's queue held \(what[language]) for this number, \(when[language]), zaapId \(evidence.zaapId); it "
                    + "may be this call.",
                "A fila da Z-API tinha \(what[language]) para este número, \(when[language]), zaapId "
                    + "\(evidence.zaapId); pode ser esta ligação.")
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(evidence.zaapId, forKey: .zaapId)
        try container.encode(evidence.messageId, forKey: .messageId)
        try container.encode(evidence.createdAt.map { $0.json() }, forKey: .createdAt)
        try container.encode(evidence.callDuration, forKey: .callDuration)
        try container.encode(evidence.attempt, forKey: .attempt)
    }
}
