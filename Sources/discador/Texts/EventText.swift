import CampaignCore
import CampaignStore
import Reports
import Webhooks

extension CallEvent {
    /// What the event says, in a few words: `delivered`, `call missed (outgoing)`, `reply “oi”`.
    var phrase: Phrase {
        let detail = { (text: String?) in Phrase(verbatim: text.map { ": \($0)" } ?? "") }
        switch kind {
        case .delivered: return Phrase("delivered", "entregue")
        case .deliveryFailed(let failure):
            return Phrase("delivery failed (", "não entregue (") + failure.phrase + Phrase(verbatim: ")")
                + detail(error)
        case .call(let call):
            return Phrase("call \(call.phase.rawValue) (", "ligação \(call.phase.portuguese) (") + call.direction.phrase
                + Phrase(verbatim: ")")
        case .reply(let reply):
            let text = "“\(TerminalText.line(reply.text, width: 80))”"
            switch reply.form {
            case .text: return Phrase("reply \(text)", "resposta \(text)")
            case .button: return Phrase("pressed \(text)", "escolheu \(text)")
            case .media:
                return Phrase(
                    "reply that only a person can read (audio, image …)",
                    "resposta que só uma pessoa pode entender (áudio, imagem …)")
            }
        case .disconnected(let reason): return Phrase("disconnected", "desconectada") + detail(reason)
        case .connected: return Phrase("connected", "conectada")
        case .registrationCodeRequested:
            return Phrase(
                "somebody asked WhatsApp for a registration code of this number",
                "alguém pediu ao WhatsApp um código de registro deste número")
        case .other: return Phrase("nothing that concerns calls", "nada sobre ligações")
        }
    }
}

extension DeliveryFailure {
    /// What it means, in a few words.
    var phrase: Phrase {
        switch self {
        case .noWhatsApp: Phrase("no WhatsApp account", "sem conta no WhatsApp")
        case .notQueued: Phrase("never queued, it did not ring", "não entrou na fila, não tocou")
        case .unknown: Phrase("it may have rung", "pode ter tocado")
        case .rejectedByWhatsApp: Phrase("rejected by WhatsApp", "recusada pelo WhatsApp")
        case .shadowBan:
            Phrase("WhatsApp restricts the number that calls", "o WhatsApp restringe o número que liga")
        case .badAudio: Phrase("the audio cannot be used", "o áudio não pode ser usado")
        case .badRequest: Phrase("the request was not understood", "o pedido não foi entendido")
        case .other: Phrase("another error", "outro erro")
        }
    }
}

extension CallNotification.Direction {
    /// Who calls whom.
    fileprivate var phrase: Phrase {
        switch self {
        case .incoming: Phrase("they called us", "a pessoa ligou")
        case .outgoing: Phrase("our call", "nossa ligação")
        case .unknown: Phrase("direction not told", "não diz quem ligou")
        }
    }
}

extension CallNotification.Phase {
    fileprivate var portuguese: String {
        switch self {
        case .received: "recebida"
        case .accepted: "aceita"
        case .started: "iniciada"
        case .ended: "encerrada"
        case .missed: "perdida"
        }
    }
}

extension EventRemark {
    /// Why an event changed nothing, or less than it says.
    var phrase: Phrase {
        switch self {
        case .failedAfterDelivery:
            Phrase(
                "the call had certainly gone out, so the failure does not count",
                "a ligação com certeza tinha saído, por isso a falha não conta")
        case .deliveredAfterFailure:
            Phrase("a failure had been reported before", "antes tinha sido informada uma falha")
        case .otherFailure:
            Phrase("another failure had been reported before", "antes tinha sido informada outra falha")
        case .otherAnswer:
            Phrase(
                "another answer had been reported; that somebody answered counts",
                "antes tinha sido informado outro resultado; vale que alguém atendeu")
        case .ended:
            Phrase(
                "that a call ended does not say whether somebody answered",
                "o fim de uma ligação não diz se alguém atendeu")
        case .ambiguous:
            Phrase(
                "it may be about our call, or about one that the person made just then",
                "pode ser sobre a nossa ligação, ou sobre uma que a pessoa fez na mesma hora")
        case .severalCalls: Phrase("more than one call may be meant", "pode ser sobre mais de uma ligação")
        case .noCall: Phrase("no call of this database fits", "nenhuma ligação deste banco de dados corresponde")
        case .noId:
            Phrase("it names no id, so it does not say what it is about", "não traz id, por isso não diz sobre o que é")
        case .callOrMessage:
            Phrase(
                "it may be about the call in doubt, or about a message of another program",
                "pode ser sobre a ligação em dúvida, ou sobre uma mensagem de outro programa")
        case .movedOn:
            Phrase(
                "the contact has been called again or decided since; only the call itself was changed",
                "o contato já recebeu outra ligação ou foi decidido depois; só a própria ligação mudou")
        case .notApplied:
            Phrase("it could not be applied; please report this", "não pôde ser aplicado; informe este problema")
        }
    }
}

extension EventEntry {
    /// What it says, read again from its body; nil when that has been removed, or cannot be read.
    func event(_ body: [UInt8]?) -> CallEvent? {
        guard let body, case .events(let events) = WebhookTable.read(body, instance: instance, at: receivedAt) else {
            return nil
        }
        // Only a message status is more than one event, and each of them says the same about another message.
        return events.first?.event
    }

    /// What became of it, in a few words.
    var fate: Phrase {
        let what = state.phrase
        return remark.map { what + Phrase(verbatim: " (") + $0.phrase + Phrase(verbatim: ")") } ?? what
    }
}

extension EventState {
    /// What became of an event, in a few words.
    var phrase: Phrase {
        switch self {
        case .applied: Phrase("applied", "aplicado")
        case .parked: Phrase("waits for the result of its call", "espera o resultado da ligação")
        case .unmatched: Phrase("belongs to no call", "não é de nenhuma ligação")
        case .other: Phrase("kept and counted", "guardado e contado")
        }
    }
}
