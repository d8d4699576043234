/// A number in a link: `tel:+55 11 …`, `https://wa.me/5511…?text=…`, `https://api.whatsapp.com/send?phone=5511…`.
struct PhoneLink {
    /// What the link has where the number should be.
    let number: ArraySlice<UInt8>
    /// WhatsApp's links have the country's code always, and no `+` for it.
    let isInternational: Bool

    /// Schemes with a number as people write it (RFC 3966, RFC 5724; `whatsapp:` is Twilio's).
    private static let schemes = ["tel:", "callto:", "sms:", "smsto:", "whatsapp:"]
    private static let webSchemes = ["https://", "http://"]
    /// WhatsApp's addresses, followed by the number (faq.whatsapp.com/5913398998672934, read 2026-11).
    private static let places = [
        "wa.me/", "www.wa.me/", "api.whatsapp.com/send?phone=", "api.whatsapp.com/send/?phone=",
        "web.whatsapp.com/send?phone=", "web.whatsapp.com/send/?phone=", "whatsapp://send?phone=",
        "whatsapp://send/?phone=",
    ]

    /// Nil when the text is not such a link.
    init?(_ text: ArraySlice<UInt8>) {
        guard let first = text.first, 0x41...0x5A ~= first & 0xDF, text.contains(0x3A) || text.contains(0x2F) else {
            return nil
        }
        let address = PhoneLink.behind(PhoneLink.webSchemes, text) ?? text
        if let found = PhoneLink.behind(PhoneLink.places, address) {
            // `?text=…` and `&text=…` are the message.
            let end = found.firstIndex { $0 == 0x3F || $0 == 0x26 || $0 == 0x23 } ?? found.endIndex
            self.init(PhoneLink.decoded(found[..<end]), isInternational: true)
        } else if let found = PhoneLink.behind(PhoneLink.schemes, text) {
            self.init(PhoneLink.decoded(found), isInternational: false)
        } else {
            return nil
        }
    }

    private init(_ number: ArraySlice<UInt8>, isInternational: Bool) {
        self.number = number.last == 0x2F ? number.dropLast() : number
        self.isInternational = isInternational
    }

    private static func behind(_ beginnings: [String], _ text: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        for beginning in beginnings where text.count > beginning.utf8.count {
            let head = text.prefix(beginning.utf8.count).map { 0x41...0x5A ~= $0 ? $0 | 0x20 : $0 }
            if head.elementsEqual(beginning.utf8) { return text.dropFirst(head.count) }
        }
        return nil
    }

    /// `%2B` is a plus and `%20` a space; links hold no other escapes in a number.
    private static func decoded(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        guard text.contains(0x25) else { return text }
        let plain = String(decoding: text, as: UTF8.self).split(separator: "%", omittingEmptySubsequences: false)
        let parts = plain.dropFirst().map { part in
            switch part.prefix(2).uppercased() {
            case "2B": "+" + part.dropFirst(2)
            case "20": " " + part.dropFirst(2)
            default: "%" + part
            }
        }
        return Array(((plain.first.map { String($0) } ?? "") + parts.joined()).utf8)[...]
    }
}

extension PhoneText {
    /// Full-width digits and signs (U+FF01 to U+FF5E, of East Asian keyboards) as the ASCII that they stand for.
    static func narrowed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        guard bytes.contains(0xEF) else { return bytes }
        var narrow: [UInt8] = []
        var index = bytes.startIndex
        while index < bytes.endIndex {
            let scalar = wide(bytes[index...])
            narrow.append(scalar ?? bytes[index])
            index += scalar == nil ? 1 : 3
        }
        return narrow[...]
    }

    private static func wide(_ bytes: ArraySlice<UInt8>) -> UInt8? {
        guard bytes.count >= 3, bytes.first == 0xEF else { return nil }
        let (second, third) = (bytes[bytes.startIndex + 1], bytes[bytes.startIndex + 2])
        switch second {
        case 0xBC where 0x81...0xBF ~= third: return third - 0x60
        case 0xBD where 0x80...0x9E ~= third: return third - 0x20
        default: return nil
        }
    }
}
