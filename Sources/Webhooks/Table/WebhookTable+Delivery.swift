import CampaignCore

extension WebhookTable {
    /// `DeliveryCallback`: without an error the call went out to WhatsApp.
    static func delivery(_ payload: Payload, _ type: String) -> Row {
        guard !payload.has("error"), payload.meaningfulErrorCode == nil else { return failure(payload, type) }
        return Row(type, event(.delivered, payload), key("delivered", payload.ids))
    }

    private static func failure(_ payload: Payload, _ type: String) -> Row {
        let error = payload.text("error")?.plain(longest: 1_000)
        let code = payload.meaningfulErrorCode?.plain(longest: 100)
        // A code that is not known, without a sentence, says neither that it went out nor that it did not.
        guard error != nil || (!payload.has("error") && DeliveryFailure(error: "", code: code) == .shadowBan) else {
            return Row(type, event(.other, payload))
        }
        var failed = event(.deliveryFailed(DeliveryFailure(error: error ?? "", code: code)), payload)
        failed.error = error ?? code
        return Row(type, failed, key("failed", payload.ids, parts: [error ?? "", code ?? ""]))
    }

    /// `MessageStatusCallback`: an event for each message. `READ` and `PLAYED` mean nothing for a call.
    static func statuses(_ payload: Payload, _ type: String) -> [Row] {
        let status = payload.text("status").map { TypeName.text($0) } ?? ""
        let type = status.isEmpty ? type : "\(type) \(status)"
        let ids = payload.ids
        guard !ids.isEmpty, !payload.isTrue("isGroup") else { return [Row(type, event(.other, payload))] }
        let kind: CallEvent.Kind = ["SENT", "RECEIVED"].contains(status.uppercased()) ? .delivered : .other
        return ids.map { id in
            var event = event(kind, payload)
            event.ids = [id]
            if event.zaapId != id { event.zaapId = nil }
            return Row(type, event, .ids("status", parts: [status.uppercased()], ids: [id]))
        }
    }

    /// By the ids, or where there are none by the content and its time.
    static func key(_ word: String, _ ids: [String], parts: [String] = []) -> EventKey {
        ids.isEmpty ? .occurrence(word) : .ids(word, parts: parts, ids: ids)
    }
}

extension Payload {
    /// More ids than a status has for one chat.
    private static let mostIds = 50
    private static let longestId = 128

    /// The ids under which Z-API may know the call, each once, in no particular order.
    var ids: [String] {
        let single = ["zaapId", "messageId", "callId", "id"].compactMap(id)
        let several = texts("ids").compactMap(Self.id).prefix(Self.mostIds)
        var known: Set<String> = []
        return (single + several).filter { known.insert($0.lowercased()).inserted }
    }

    /// An id of a usual length; nil for what a program writes where it has none.
    func id(_ name: String) -> String? { text(name).flatMap(Self.id) }

    private static func id(_ text: String) -> String? {
        text.utf8.count <= longestId ? CallIdentifier.id(text) : nil
    }

    /// The `errorCode`; nil where it says that there is no error.
    var meaningfulErrorCode: String? {
        guard let code = text("errorCode"), !["0", "200", "ok", "success"].contains(code.lowercased()) else {
            return nil
        }
        return code
    }

    /// Whether the instance is named by something that is neither text nor number.
    var hasOddInstance: Bool { has("instanceId") && text("instanceId") == nil }

    /// `momment`, in seconds or milliseconds, as number or text; nil for what cannot be the time of an event that came
    /// at `receivedAt`.
    func time(receivedAt: Timestamp) -> Timestamp? {
        guard let value = (text("momment") ?? text("moment")).flatMap(Double.init), value.magnitude < 1e15 else {
            return nil
        }
        let milliseconds = Int64(value < 1e11 ? value * 1000 : value)
        // 2020, when Z-API began; and a day ahead, for clocks that are wrong.
        let earliest: Int64 = 1_577_836_800_000
        guard milliseconds >= earliest, milliseconds <= receivedAt.milliseconds + 86_400_000 else { return nil }
        return Timestamp(milliseconds: milliseconds)
    }
}
