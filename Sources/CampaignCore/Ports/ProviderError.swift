/// Why Z-API did not answer a request other than a call: about numbers, or about the provider queue.
package enum ProviderError: Error, Hashable, Sendable, Explained {
    /// Z-API asks to slow down; nil when it does not say for how long.
    case throttled(retryAfter: Duration?)
    /// Z-API refuses the instance, or this request.
    case refused(String)
    /// Z-API could not be reached, or its reply is unusable: the request may have had an effect.
    case unreachable(String)

    /// What happened.
    package var phrase: Phrase {
        switch self {
        case .throttled: Phrase("Z-API asks for a slower pace", "a Z-API pede um ritmo mais lento")
        case .refused(let text):
            Phrase("Z-API refused the request: ", "a Z-API recusou o pedido: ") + Phrase(recorded: text)
        case .unreachable(let text):
            Phrase("no usable answer from Z-API: ", "nenhuma resposta utilizável da Z-API: ") + Phrase(recorded: text)
        }
    }
}

/// What WhatsApp knows about a number.
package enum WhatsAppAnswer: Hashable, Sendable {
    /// It has an account; this is the number as WhatsApp writes it, and the `@lid` under which the person's replies may
    /// come; nil when Z-API does not name one.
    case present(PhoneNumber, lid: PhoneNumber? = nil)
    /// It has none.
    case absent
}
