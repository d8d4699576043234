import CampaignCore
import Foundation

/// One element of the reply to `phone-exists-batch`, as far as it can be understood: an odd one does not affect the
/// others.
struct WhatsAppFinding: Decodable {
    /// The number that was requested.
    let phone: PhoneNumber?
    /// Whether it has WhatsApp.
    let exists: Bool?
    /// The number in WhatsApp's own form.
    let form: PhoneNumber?
    /// WhatsApp's identifier of the person who has it.
    let lid: PhoneNumber?

    private enum CodingKeys: CodingKey {
        case exists, inputPhone, outputPhone, lid
    }

    init(from decoder: any Decoder) throws {
        let fields = try? decoder.container(keyedBy: CodingKeys.self)
        phone = fields.flatMap { Self.number(in: $0, .inputPhone) }
        form = fields.flatMap { Self.number(in: $0, .outputPhone) }
        let named = fields.flatMap { Self.number(in: $0, .lid) }
        lid = named?.isLid == true ? named : nil
        exists = fields.flatMap(Self.exists)
    }

    /// What it says about a number; nil when it does not say whether that has WhatsApp.
    func answer(about phone: PhoneNumber) -> WhatsAppAnswer? {
        guard let exists else { return nil }
        let form = form ?? phone
        // The identifier belongs to whoever has the form.
        return exists ? .present(form, lid: form.identity == phone.identity ? lid : nil) : .absent
    }

    /// A number in any of its forms: `+55…`, `55…@c.us`, or digits without quotes.
    private static func number(
        in fields: KeyedDecodingContainer<CodingKeys>, _ key: CodingKeys
    ) -> PhoneNumber? {
        if let value = try? fields.decode(Int64.self, forKey: key) { return PhoneNumber(value: value) }
        guard var text = try? fields.decode(String.self, forKey: key) else { return nil }
        for suffix in ["@c.us", "@s.whatsapp.net"] where text.hasSuffix(suffix) { text.removeLast(suffix.count) }
        return PhoneNumber(text: text.hasPrefix("+") ? String(text.dropFirst()) : text)
    }

    private static func exists(in fields: KeyedDecodingContainer<CodingKeys>) -> Bool? {
        if let value = try? fields.decode(Bool.self, forKey: .exists) { return value }
        if let value = try? fields.decode(Int.self, forKey: .exists) {
            return value == 1 ? true : value == 0 ? false : nil
        }
        switch (try? fields.decode(String.self, forKey: .exists))?.lowercased() {
        case "true": return true
        case "false": return false
        default: return nil
        }
    }
}
