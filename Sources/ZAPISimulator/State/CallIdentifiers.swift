/// The two ids of an accepted call: `zaapId` identifies it at Z-API, `messageId` at WhatsApp.
///
/// The lengths follow the example in the documentation (send-call page, read 2026): 32 and 20 characters.
struct CallIdentifiers: Sendable, Equatable {
    var zaapId: String
    var messageId: String
}

/// Creates ids that never repeat, the same ones in the same order for the same seed.
struct IdentifierSequence: Sendable {
    private static let outputsPerCall: UInt64 = 4

    private var random: SplitMix64

    /// `skipping` skips the ids of that many calls.
    init(seed: UInt64, skipping: Int = 0) {
        random = SplitMix64(seed: seed, skipping: UInt64(skipping) &* Self.outputsPerCall)
    }

    mutating func next() -> CallIdentifiers {
        var zaapId = [UInt8]()
        zaapId.reserveCapacity(32)
        Self.appendHex(random.next(), digits: 16, to: &zaapId)
        Self.appendHex(random.next(), digits: 16, to: &zaapId)
        var messageId = [UInt8]()
        messageId.reserveCapacity(20)
        Self.appendHex(random.next(), digits: 16, to: &messageId)
        Self.appendHex(random.next(), digits: 4, to: &messageId)
        return CallIdentifiers(
            zaapId: String(decoding: zaapId, as: UTF8.self),
            messageId: String(decoding: messageId, as: UTF8.self)
        )
    }

    private static let hexDigits = Array("0123456789ABCDEF".utf8)

    private static func appendHex(_ value: UInt64, digits: Int, to text: inout [UInt8]) {
        for place in (0..<digits).reversed() {
            text.append(hexDigits[Int(truncatingIfNeeded: value >> UInt64(place * 4)) & 0xf])
        }
    }
}
