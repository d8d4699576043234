/// What is told about one call: a pure function of the call and its disposition.
///
/// Which notifications an outgoing call causes is documented nowhere (Z-API docs, page "Ao receber", read 2026, where
/// every example is an incoming call). Here an account with the calls contract tells answered and missed calls apart,
/// with `callDirection` `outgoing`; an ordinary account says only what the page says of it.
struct CallStory: Sendable {
    /// The number of the instance's own phone.
    static let connectedPhone = "5511900000000"

    let instance: String
    let phone: String
    let lid: String
    let ids: CallIdentifiers
    let callDuration: Int
    let hasContract: Bool
    /// Milliseconds since 1970, and a number that no other call has: for the ids of an ordinary account.
    let at: Int64
    let number: Int

    /// The webhooks about a call that ends in this way; `isFirst` says whether the phone never rang before.
    func webhooks(_ disposition: Disposition, isFirst: Bool) -> [PlannedWebhook] {
        if let error = disposition.deliveryError { return [delivery(error, disposition)] }
        switch disposition {
        case .answered: return told + answered
        case .missed: return told + missed
        case .callsBack: return told + missed + callBack
        case .repliesStop: return told + answered + [reply(Disposition.stop)]
        case .repliesPhrase: return told + answered + [reply(Disposition.phrase)]
        case .repliesUnclear: return told + answered + [reply(Disposition.unclear)]
        case .repliesThanks: return told + answered + [reply(Disposition.thanks)]
        case .repliesAudio: return told + answered + [message { $0.audio = WebhookBody.Audio() }]
        case .pressesButton:
            let pressed = WebhookBody.ButtonReply(buttonId: "1", message: Disposition.button)
            return told + answered + [message { $0.buttonsResponseMessage = pressed }]
        case .answersLater: return told + (isFirst ? missed : answered)
        case .noCallEvent: return told
        case .silent, .deliveryNoWhatsApp, .deliveryInvalidPhone, .deliveryNotQueued, .deliveryTimeout, .deliveryError,
            .deliveryRejected, .deliveryNotAllowed, .deliveryNoPermission, .deliveryShadowBan, .deliveryBadAudio,
            .deliveryAudioMissing, .deliveryAudioPage, .deliveryCallsUnavailable, .deliveryBadRequest, .deliveryOther:
            return []
        }
    }

    private var ring: Duration { .seconds(callDuration) }

    /// Delivered: WhatsApp has it.
    private var told: [PlannedWebhook] {
        [delivery(), status("SENT", after: .zero), status("RECEIVED", after: ring / 5)]
    }

    private var answered: [PlannedWebhook] {
        guard hasContract else { return [ordinary("CALL_RECEIVED", after: ring / 2)] }
        return [
            contracted("CALL_ACCEPTED", after: ring / 2), contracted("CALL_STARTED", after: ring / 2),
            contracted("CALL_ENDED", after: ring),
        ]
    }

    private var missed: [PlannedWebhook] {
        guard hasContract else {
            return [ordinary("CALL_RECEIVED", after: ring / 2), ordinary("CALL_MISSED_VOICE", after: ring)]
        }
        return [contracted("CALL_MISSED", after: ring)]
    }

    /// The person rings us, and nobody answers.
    private var callBack: [PlannedWebhook] {
        let begin = ring + .seconds(10)
        let end = begin + .seconds(15)
        guard hasContract else {
            return [
                ordinary("CALL_RECEIVED", back: true, after: begin),
                ordinary("CALL_MISSED_VOICE", back: true, after: end),
            ]
        }
        return [
            contracted("CALL_RECEIVED", back: true, after: begin), contracted("CALL_MISSED", back: true, after: end),
        ]
    }

    private func delivery(_ error: String? = nil, _ disposition: Disposition? = nil) -> PlannedWebhook {
        var body = WebhookBody("DeliveryCallback", instance: instance)
        body.phone = phone
        body.zaapId = ids.zaapId
        body.messageId = ids.messageId
        body.error = disposition == .deliveryInvalidPhone ? "Phone \(phone) got invalid phone number" : error
        if disposition == .deliveryShadowBan { body.errorCode = "SHADOW_BAN" }
        return planned(.delivery, body, after: .zero)
    }

    private func status(_ status: String, after delay: Duration) -> PlannedWebhook {
        var body = WebhookBody("MessageStatusCallback", instance: instance)
        body.status = status
        body.ids = [ids.messageId]
        body.phone = phone
        body.phoneDevice = 0
        body.isGroup = false
        return planned(.messageStatus, body, after: delay)
    }

    private func contracted(_ notification: String, back: Bool = false, after delay: Duration) -> PlannedWebhook {
        var body = received(notification)
        let half = ids.zaapId.index(ids.zaapId.startIndex, offsetBy: ids.zaapId.count / 2)
        // Unique as the zaapId is, and not the same.
        body.callId = back ? "\(ids.zaapId[half...])\(ids.zaapId[..<half])" : String(ids.zaapId.reversed())
        body.messageId = body.callId
        body.callDirection = back ? "incoming" : "outgoing"
        body.fromMe = !back
        body.fromApi = !back
        return planned(.received, body, after: delay)
    }

    private func ordinary(_ notification: String, back: Bool = false, after delay: Duration) -> PlannedWebhook {
        var body = received(notification)
        body.phone = lid
        body.messageId = "\(at / 1_000)-\(number * 2 + (back ? 1 : 0))"
        body.fromMe = !back
        return planned(.received, body, after: delay)
    }

    private func received(_ notification: String) -> WebhookBody {
        var body = WebhookBody("ReceivedCallback", instance: instance)
        body.phone = phone
        body.chatLid = lid
        body.connectedPhone = Self.connectedPhone
        body.notification = notification
        body.notificationParameters = []
        body.isVideo = false
        body.isGroup = false
        body.isNewsletter = false
        body.broadcast = false
        body.isStatusReply = false
        body.waitingMessage = false
        body.isEdit = false
        body.status = "RECEIVED"
        return body
    }

    /// What the person writes of their own accord, at once.
    func message(_ text: String) -> PlannedWebhook {
        var webhook = reply(text)
        (webhook.zaapId, webhook.delay) = (nil, .zero)
        return webhook
    }

    private func reply(_ text: String) -> PlannedWebhook {
        message { $0.text = WebhookBody.Text(message: text) }
    }

    private func message(_ say: (inout WebhookBody) -> Void) -> PlannedWebhook {
        var body = received("")
        (body.notification, body.notificationParameters, body.isVideo) = (nil, nil, nil)
        body.messageId = "3EB0\(ids.messageId.suffix(16))"
        body.fromMe = false
        body.forwarded = false
        body.senderLid = lid
        (body.chatName, body.senderName) = ("Simulated", "Simulated")
        say(&body)
        return planned(.received, body, after: ring + .seconds(5))
    }

    private func planned(_ kind: WebhookKind, _ body: WebhookBody, after delay: Duration) -> PlannedWebhook {
        PlannedWebhook(kind: kind, body: body, delay: delay, zaapId: ids.zaapId, phone: phone, lid: lid)
    }
}
