import Crypto
import Foundation
import Reports

/// Names for people whose numbers must not be known: the same within one report, others in the next.
struct Pseudonyms: Sendable {
    /// 26 to this power: among a million people, two share a pseudonym once in 200 000 reports.
    private static let letters = 12

    /// Nobody ever learns it, so that trying all numbers leads to nobody.
    private let key = SymmetricKey(size: .bits256)

    /// Letters only: no part of a pseudonym looks like one of a number.
    func pseudonym(of identity: Int64) -> String {
        let text = Data(String(identity).utf8)
        var code = HMAC<SHA256>.authenticationCode(for: text, using: key).prefix(8)
            .reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        var letters: [UInt8] = []
        for _ in 0..<Self.letters {
            letters.append(UInt8(ascii: "a") + UInt8(code % 26))
            code /= 26
        }
        return "p-" + String(decoding: letters, as: UTF8.self)
    }

    var anonymizer: Anonymizer { Anonymizer { pseudonym(of: $0) } }
}
