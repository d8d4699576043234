import CampaignCore

/// Whom a payload is about.
struct Party {
    /// A number, an `@lid`, or a chat of many.
    enum Address: Equatable {
        case number(PhoneNumber)
        case crowd

        private static let crowds = ["-group", "-broadcast", "@g.us", "@newsletter", "@broadcast"]

        /// Nil when `text` is none of these. A number may be written with +, blanks and dashes, as a WhatsApp address
        /// (`@c.us`, `@s.whatsapp.net`, also with the device behind a colon), or as a decimal.
        init?(_ text: String) {
            let text = text.lowercased()
            guard !Self.crowds.contains(where: text.hasSuffix) else {
                self = .crowd
                return
            }
            let parts = text.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2 else {
                guard let number = PhoneNumber(text: Self.digits(text)) else { return nil }
                self = .number(number)
                return
            }
            let user = String(parts[0].prefix { $0 != ":" })
            switch parts[1] {
            case "c.us", "s.whatsapp.net", "lid":
                let suffix = parts[1] == "lid" ? "@lid" : ""
                guard let number = PhoneNumber(text: Self.digits(user) + suffix) else { return nil }
                self = .number(number)
            default: return nil
            }
        }

        var number: PhoneNumber? { if case .number(let number) = self { number } else { nil } }

        /// A number without what people put between its digits; a decimal such as `5.5E12` as a whole number.
        private static func digits(_ text: String) -> String {
            let isDecimal = text.utf8.contains(UInt8(ascii: "e")) || text.hasSuffix(".0")
            if isDecimal, let value = Double(text), let whole = Int64(exactly: value) {
                return "\(whole)"
            }
            guard !text.hasPrefix("-") else { return text }
            return String(text.drop { $0 == "+" }.filter { !"\u{A0} -().".contains($0) })
        }
    }

    private(set) var phone: PhoneNumber?
    private(set) var lid: PhoneNumber?
    /// Whether it is a group, a newsletter or a broadcast, not a person.
    private(set) var isCrowd = false

    /// - Parameter senderIsPerson: whether `senderLid` is the person's; in a message of the instance's own it is not.
    init(_ payload: Payload, senderIsPerson: Bool) {
        isCrowd = ["isGroup", "isNewsletter", "broadcast"].contains(where: payload.isTrue)
        let own = payload.text("connectedPhone").flatMap(Address.init)?.number?.identity
        if let address = payload.text("phone").flatMap(Address.init), own == nil || address.number?.identity != own {
            take(address)
        }
        guard !isCrowd else {
            (phone, lid) = (nil, nil)
            return
        }
        // Whose `participantLid` is, is documented nowhere: it counts only where nothing else says who the person is.
        let names = ["chatLid"] + (senderIsPerson ? ["senderLid"] : []) + (phone == nil ? ["participantLid"] : [])
        for name in names where lid == nil { lid = payload.text(name).flatMap(Self.lid) }
    }

    private mutating func take(_ address: Address) {
        switch address {
        case .crowd: isCrowd = true
        case .number(let number) where number.isLid: lid = number
        case .number(let number): phone = number
        }
    }

    /// An `@lid`, also written without its suffix.
    private static func lid(_ text: String) -> PhoneNumber? {
        if let number = Address(text)?.number, number.isLid { return number }
        return PhoneNumber(text: text + "@lid")
    }
}
