/// Writes a ledger entry as one line of JSON; by hand, since this happens for every request.
struct LedgerLine {
    private(set) var bytes: [UInt8] = []

    init(_ entry: LedgerEntry) {
        bytes.reserveCapacity(320)
        bytes.append(contentsOf: "{\"sequence\":".utf8)
        bytes.append(contentsOf: String(entry.sequence).utf8)
        append("at", number: Int(entry.at))
        append("instance", text: entry.instance)
        append("method", text: entry.method)
        append("endpoint", text: entry.endpoint)
        append("phone", text: entry.phone)
        append("callDuration", number: entry.callDuration)
        append("callAudioUrl", text: entry.callAudioUrl)
        append("behavior", text: entry.behavior?.rawValue)
        append("httpStatus", number: entry.httpStatus)
        append("rang", flag: entry.rang)
        append("queued", flag: entry.queued)
        append("zaapId", text: entry.zaapId)
        append("messageId", text: entry.messageId)
        append("disposition", text: entry.disposition?.rawValue)
        append("webhook", text: entry.webhook)
        append("event", text: entry.event)
        append("fault", text: entry.fault?.rawValue)
        append("content", text: entry.content)
        append("noAnswer", text: entry.noAnswer?.rawValue)
        bytes.append(contentsOf: "}\n".utf8)
    }

    private mutating func append(key: StaticString) {
        bytes.append(contentsOf: ",\"".utf8)
        key.withUTF8Buffer { bytes.append(contentsOf: $0) }
        bytes.append(contentsOf: "\":".utf8)
    }

    private mutating func append(_ key: StaticString, number: Int?) {
        guard let number else { return }
        append(key: key)
        bytes.append(contentsOf: String(number).utf8)
    }

    private mutating func append(_ key: StaticString, flag: Bool) {
        append(key: key)
        bytes.append(contentsOf: (flag ? "true" : "false").utf8)
    }

    private mutating func append(_ key: StaticString, text: String?) {
        guard let text else { return }
        append(key: key)
        append(string: text)
    }

    /// Escaped according to RFC 8259, section 7. Reports have their own escaping, since this module imports none of
    /// ours; `JSONEncoder` is too slow for every request.
    private mutating func append(string text: String) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                bytes.append(UInt8(ascii: "\\"))
                bytes.append(byte)
            case 0..<0x20:
                bytes.append(contentsOf: (byte < 0x10 ? "\\u000" : "\\u00").utf8)
                bytes.append(contentsOf: String(byte, radix: 16).utf8)
            default:
                bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }
}
