package import CampaignCore

/// What a body says.
package enum WebhookReading: Sendable {
    /// Usually one event; a message status names one call or several. A body that cannot be read is an event of the kind
    /// `other`.
    case events([IncomingEvent])
    /// It names another instance than the one whose address it came to.
    case foreignInstance
}

/// The table payload → event, after Z-API's pages on webhooks (developer.z-api.io, read 2026).
///
/// Values are read tolerantly, structure strictly: what is not exactly of a known form is kept and has no effect.
package enum WebhookTable {
    /// The type of an event whose body cannot be read.
    package static let unreadableType = "unreadable"
    /// More events than one body has.
    private static let mostInList = 1_000

    /// Reads a body that came to the address of `instance`.
    ///
    /// - Parameter token: the secret of that address, which the body may repeat; empty when it is not known any more.
    package static func read(
        _ body: [UInt8], instance: String, token: String = "", at receivedAt: Timestamp
    ) -> WebhookReading {
        let body = TextMask.masked(body, without: token)
        let json = document(body)
        guard case .list(let values)? = json, 1...mostInList ~= values.count,
            values.contains(where: { Payload($0) != nil })
        else {
            return events(json, body, instance: instance, at: receivedAt).map { .events($0) } ?? .foreignInstance
        }
        // Several events in one body; those of other instances are left out, and what is none is kept as unreadable.
        let own = values.compactMap { events($0, $0.bytes, instance: instance, at: receivedAt) }
        return own.isEmpty ? .foreignInstance : .events(own.flatMap(\.self))
    }

    /// The events of one object; nil when it names another instance.
    private static func events(
        _ json: JSON?, _ body: [UInt8], instance: String, at receivedAt: Timestamp
    ) -> [IncomingEvent]? {
        // Secrets are taken out first, so that none gets into a text that is shown or passed on.
        let masked = json.flatMap(BodyMask.masked)
        guard let json = masked ?? json, let payload = Payload(json), !payload.hasOddInstance else {
            return [unreadable(masked?.bytes ?? body, instance: instance, at: receivedAt)]
        }
        guard [nil, instance].contains(payload.text("instanceId")) else { return nil }
        let kept = masked?.bytes ?? body
        return rows(payload).map { row in
            var event = row.event
            event.at = payload.time(receivedAt: receivedAt)
            return IncomingEvent(
                instance: instance, type: row.type,
                key: row.key.text(of: json, at: event.at, receivedAt: receivedAt),
                event: event, body: kept, receivedAt: receivedAt)
        }
    }

    /// What a payload is, before it gets its time and its key.
    struct Row {
        var type: String
        var event: CallEvent
        var key: EventKey

        init(_ type: String, _ event: CallEvent, _ key: EventKey = .content) {
            (self.type, self.event, self.key) = (type, event, key)
        }
    }

    private static func rows(_ payload: Payload) -> [Row] {
        let type = payload.text("type").map { TypeName.text($0) } ?? "untyped"
        switch type.lowercased() {
        case "deliverycallback": return [delivery(payload, type)]
        case "messagestatuscallback": return statuses(payload, type)
        case "receivedcallback": return [received(payload, type)]
        case "disconnectedcallback" where !payload.isFalse("disconnected"):
            let reason = payload.text("error")?.plain(longest: 300)
            return [Row(type, CallEvent(.disconnected(reason)), .occurrence("disconnected"))]
        case "connectedcallback" where !payload.isFalse("connected"):
            return [Row(type, CallEvent(.connected), .occurrence("connected"))]
        case "disconnectedcallback", "connectedcallback":
            // Its phone would be the instance's own.
            return [Row(type, CallEvent(.other))]
        default:
            return [Row(type, event(.other, payload))]
        }
    }

    /// An event with everything that a payload says about the person and the call.
    static func event(_ kind: CallEvent.Kind, _ payload: Payload, isOwn: Bool = false) -> CallEvent {
        let party = Party(payload, senderIsPerson: !isOwn)
        var event = CallEvent(kind, phone: party.phone, lid: party.lid, ids: payload.ids)
        event.zaapId = payload.id("zaapId")
        return event
    }

    /// Strict JSON, perhaps with a byte order mark, in which no name occurs twice. Bytes that are not UTF-8 are read as
    /// U+FFFD: a name in another encoding must not hide what the person wrote.
    private static func document(_ body: [UInt8]) -> JSON? {
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let bytes = body[(body.starts(with: mark) ? mark.count : 0)...]
        guard let json = JSON(bytes) else { return nil }
        return json.hasRepeatedNames ? nil : json
    }

    private static func unreadable(_ body: [UInt8], instance: String, at receivedAt: Timestamp) -> IncomingEvent {
        let kept = BodyMask.unreadable(body)
        var digest = EventDigest()
        digest.add(kept)
        return IncomingEvent(
            instance: instance, type: unreadableType, key: "unreadable \(digest.text)", event: CallEvent(.other),
            body: kept, receivedAt: receivedAt)
    }
}

/// The words of a payload for its kind, fit to be counted and shown.
enum TypeName {
    private static let longest = 60

    /// The word itself, or `unusual` for what no type of Z-API's looks like.
    static func text(_ word: String) -> String {
        let isPlain = word.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."):
                true
            default: false
            }
        }
        return isPlain && word.utf8.count <= longest ? word : "unusual"
    }
}
