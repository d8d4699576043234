import Foundation

extension SimulatorState {
    static let largestBatch = 50_000

    private struct Question: Decodable {
        var phones: [String]
    }

    private struct Finding: Encodable {
        var exists: Bool
        var inputPhone: String
        var outputPhone: String
        var lid: String?

        enum CodingKeys: CodingKey {
            case exists, inputPhone, outputPhone, lid
        }

        func encode(to encoder: any Encoder) throws {
            var keys = encoder.container(keyedBy: CodingKeys.self)
            try keys.encode(exists, forKey: .exists)
            try keys.encode(inputPhone, forKey: .inputPhone)
            try keys.encode(outputPhone, forKey: .outputPhone)
            try keys.encode(lid, forKey: .lid)
        }
    }

    /// `POST phone-exists-batch` (Z-API docs, contacts page, read 2026): one finding for each number, in the same
    /// order.
    func phoneExistsBatch(_ body: Data) -> SimulatorResponse {
        guard let question = try? JSONDecoder().decode(Question.self, from: body) else {
            return .error(400, "phones must be a list of strings")
        }
        guard question.phones.count <= Self.largestBatch else {
            return .error(400, "phones may have at most \(Self.largestBatch) numbers")
        }
        return .json(question.phones.map(finding))
    }

    /// `GET phone-exists/{phone}` (Z-API docs, contacts page, read 2026): a list of one finding.
    func phoneExists(_ phone: String) -> SimulatorResponse { .json([finding(phone)]) }

    /// WhatsApp's other name for the person with this number.
    func lid(of phone: String) -> String {
        if phone.hasSuffix("@lid") { return phone }
        let hash = phone.utf8.reduce(scenario.seed) { SplitMix64.mix($0 ^ UInt64($1)) }
        return "\(100_000_000_000_000 + hash % 900_000_000_000_000)@lid"
    }

    private func finding(_ phone: String) -> Finding {
        let behavior: Behavior =
            switch scenario.choice {
            case .digits: Behavior.chosenByDigits(of: phone)
            case .rates: rates.behavior(phone: phone, request: 0)
            }
        guard Self.isPhone(phone), behavior != .noWhatsApp else {
            return Finding(exists: false, inputPhone: phone, outputPhone: phone, lid: nil)
        }
        return Finding(
            exists: true,
            inputPhone: phone,
            outputPhone: behavior == .ninthDigit ? Self.otherNinthDigit(phone) : phone,
            lid: lid(of: phone)
        )
    }

    /// The same Brazilian mobile with its ninth digit removed or added; any other number unchanged.
    static func otherNinthDigit(_ phone: String) -> String {
        guard phone.hasPrefix("55") else { return phone }
        let area = phone.prefix(4)
        let number = phone.dropFirst(4)
        switch number.count {
        case 9 where number.first == "9": return "\(area)\(number.dropFirst())"
        case 8: return "\(area)9\(number)"
        default: return phone
        }
    }
}
