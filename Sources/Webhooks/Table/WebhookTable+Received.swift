import CampaignCore

extension WebhookTable {
    /// What the notifications about calls mean: those of ordinary accounts, of accounts with the calls contract, and
    /// those from before 2026-06-12.
    private static let callPhases: [String: CallNotification.Phase] = [
        "CALL_VOICE": .received, "CALL_VIDEO": .received, "CALL_RECEIVED": .received,
        "CALL_ACCEPTED": .accepted,
        "CALL_STARTED": .started,
        "CALL_ENDED": .ended,
        "CALL_MISSED": .missed, "CALL_MISSED_VOICE": .missed, "CALL_MISSED_VIDEO": .missed,
    ]
    /// Messages that are not a reply of a person to the instance.
    private static let noReply = ["fromMe", "fromApi", "isStatusReply", "waitingMessage", "reaction"]
    /// Contents that only a person can read; with the names of what was written beside them.
    private static let media = [
        "audio", "image", "video", "ptv", "document", "sticker", "location", "contact", "contacts",
    ]
    /// Parts of the names of objects beside a content, and of those that are not a message but tell of one or of a chat,
    /// in lower case.
    private static let noContent = [
        "reaction", "edit", "delet", "revoke", "presence", "pin", "pollvote", "receipt", "protocol", "keep",
        "notification", "context", "quoted", "reference", "referral", "adreply", "participant", "sender", "chat",
        "profile", "photo", "device", "label", "status", "mention", "ephemeral", "expir",
    ]
    /// The objects of a choice, with the names of the texts that the person saw, of objects that have such a text, and of
    /// ids, which count only where there is no such text.
    private static let choices: [(name: String, texts: [String], bodies: [String], ids: [String])] = [
        ("buttonsResponseMessage", ["message", "title", "selectedDisplayText"], [], ["buttonId", "selectedButtonId"]),
        ("buttonReply", ["message", "title"], [], ["buttonId"]),
        ("listResponseMessage", ["message", "title", "description"], [], ["selectedRowId"]),
        ("templateButtonReplyMessage", ["message", "selectedDisplayText"], [], ["selectedId"]),
        ("interactiveResponseMessage", ["message", "title"], ["body"], []),
    ]
    /// More than WhatsApp lets a person write in one message without folding it.
    private static let longestText = 4_096

    /// `ReceivedCallback`: a call, a reply, or one of many other things.
    static func received(_ payload: Payload, _ type: String) -> Row {
        guard let notification = payload.text("notification").map({ TypeName.text($0) }) else {
            return message(payload, type)
        }
        let type = "\(type) \(notification)"
        let isOwn = payload.isTrue("fromMe") || payload.isTrue("fromApi")
        switch notification.uppercased() {
        case "WA_OLD_REGISTRATION":
            return Row(type, CallEvent(.registrationCodeRequested), .occurrence("registration"))
        case let name:
            guard let phase = callPhases[name], !Party(payload, senderIsPerson: !isOwn).isCrowd else {
                return Row(type, event(.other, payload, isOwn: isOwn))
            }
            let direction = direction(payload, isOwn: isOwn)
            let notification = CallNotification(phase: phase, direction: direction)
            let event = event(.call(notification), payload, isOwn: isOwn)
            let parts = [phase.rawValue, direction.rawValue, person(event)]
            return Row(type, event, key("call", payload.ids, parts: parts))
        }
    }

    /// Unknown where the payload does not say, or contradicts itself.
    private static func direction(_ payload: Payload, isOwn: Bool) -> CallNotification.Direction {
        switch payload.text("callDirection")?.lowercased() {
        case "outgoing": .outgoing
        case "incoming": isOwn ? .unknown : .incoming
        default: isOwn ? .outgoing : .unknown
        }
    }

    private static func message(_ payload: Payload, _ type: String) -> Row {
        let isOwn = payload.isTrue("fromMe") || payload.isTrue("fromApi")
        let party = Party(payload, senderIsPerson: !isOwn)
        guard !noReply.contains(where: payload.isTrue), !party.isCrowd, party.phone != nil || party.lid != nil,
            let reply = reply(payload)
        else { return Row(type, event(.other, payload, isOwn: isOwn)) }
        // The id of a message is unique in its chat at most, and an edited message keeps it: each sender and each wording
        // is an event of its own, so that no opt-out is taken for a repeat of something else.
        let event = event(.reply(reply), payload)
        let parts = [person(event), reply.form.rawValue, reply.text] + (payload.isTrue("isEdit") ? ["edited"] : [])
        return Row(type, event, key("reply", [payload.id("messageId")].compactMap(\.self), parts: parts))
    }

    /// Whom an event is about, however the number is written.
    private static func person(_ event: CallEvent) -> String {
        (event.phone ?? event.lid).map { "\($0.identity)" } ?? ""
    }

    /// What the person wrote, chose or sent; nil for anything else.
    private static func reply(_ payload: Payload) -> Reply? {
        if let text = payload.object("text")?.text("message") {
            return Reply(form: .text, text: text.plain(longest: longestText))
        }
        if let choice = choice(payload) { return Reply(form: .button, text: choice.plain(longest: longestText)) }
        guard let content = media.first(where: payload.has) ?? unknownContent(payload) else { return nil }
        let object = payload.object(content)
        let caption = object?.text("caption") ?? object?.text("message") ?? payload.text(content) ?? ""
        return Reply(form: .media, text: caption.plain(longest: longestText))
    }

    /// The name of a content of no known kind, which only a person can read: with another form of message, somebody has
    /// answered all the same.
    private static func unknownContent(_ payload: Payload) -> String? {
        guard !payload.isTrue("isEdit") else { return nil }
        if payload.has("text") { return "text" }
        return payload.contents.first { name in
            let name = name.lowercased()
            return !noContent.contains(where: name.contains)
        }
    }

    /// The button, the entry of a list, or the options of a poll that the person chose: each text of it in a line.
    private static func choice(_ payload: Payload) -> String? {
        for kind in choices {
            guard let choice = payload.object(kind.name) else { continue }
            let shown = kind.texts.compactMap(choice.text) + kind.bodies.compactMap { choice.object($0)?.text("text") }
            let ids = kind.ids.compactMap(choice.text)
            if let text = lines(shown) ?? lines(ids) ?? shown.first ?? ids.first { return text }
        }
        let options = payload.object("pollVote")?.objects("options").compactMap { $0.text("name") } ?? []
        return options.isEmpty ? nil : options.joined(separator: ", ")
    }

    /// Those with words, each once; nil when none has any. A number alone says only which of them it was.
    private static func lines(_ texts: [String]) -> String? {
        var lines: [String] = []
        for text in texts where !text.allSatisfy({ $0.isNumber || $0.isWhitespace }) && !lines.contains(text) {
            lines.append(text)
        }
        return lines.isEmpty ? nil : lines.joined(separator: "\n")
    }
}
