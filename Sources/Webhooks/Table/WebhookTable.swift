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
    /// Reads a body that came to the address of `instance`.
    package static func read(_ body: [UInt8], instance: String, at receivedAt: Timestamp) -> WebhookReading {
        guard let json = document(body), let payload = Payload(json), !payload.hasOddInstance else {
            return .events([unreadable(body, instance: instance, at: receivedAt)])
        }
        guard [nil, instance].contains(payload.text("instanceId")) else { return .foreignInstance }
        let masked = BodyMask.masked(json)
        let kept = masked?.bytes ?? body
        let rows = rows(payload).map { row in
            var event = row.event
            event.at = payload.time(receivedAt: receivedAt)
            return IncomingEvent(
                instance: instance, type: row.type,
                key: row.key.text(of: masked ?? json, at: event.at, receivedAt: receivedAt),
                event: event, body: kept, receivedAt: receivedAt)
        }
        return .events(rows)
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

    /// Strict JSON in valid UTF-8, perhaps with a byte order mark, in which no name occurs twice.
    private static func document(_ body: [UInt8]) -> JSON? {
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let bytes = body[(body.starts(with: mark) ? mark.count : 0)...]
        guard String(validating: bytes, as: UTF8.self) != nil, let json = JSON(bytes) else { return nil }
        return json.hasRepeatedNames ? nil : json
    }

    private static func unreadable(_ body: [UInt8], instance: String, at receivedAt: Timestamp) -> IncomingEvent {
        let kept = BodyMask.unreadable(body)
        var digest = EventDigest()
        digest.add(kept)
        return IncomingEvent(
            instance: instance, type: "unreadable", key: "unreadable \(digest.text)", event: CallEvent(.other),
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
