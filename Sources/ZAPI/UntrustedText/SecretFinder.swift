import CampaignCore
import Foundation

/// Finds secrets in text, however they are written: in any layers of encodings, in base64, hexadecimal and decimal, in
/// pieces with spaces between them, as anything after `/token/` in an address of Z-API, and as what stands before the
/// `@` of an address.
struct SecretFinder: Sendable {
    /// A shorter secret is searched for only as a whole word: “t” is in every second word.
    private static let shortestAnywhere = 8
    /// What is searched for in a text once some notations are undone.
    private struct Search: Sendable {
        let notations: DecodedText.Notations
        /// The secrets in one piece, in lower case.
        let secrets: [[UInt8]]
        /// Searched for without spaces, in lower case.
        let joined: PatternSet
        /// Searched for with spaces, in lower case: secrets of which too little is visible ASCII.
        let whole: PatternSet
        /// Searched for as whole words.
        let words: PatternSet
    }

    private let searches: [Search]
    /// Searched for without spaces, in lower case, in every search.
    private let numbers: PatternSet
    private let base64: PatternSet

    init(_ secrets: [String]) {
        let all = Set(secrets).map { Array($0.utf8) }.filter { !$0.isEmpty }
        let long = all.filter { $0.count >= Self.shortestAnywhere }
        numbers = PatternSet(long.flatMap(Self.numbers))
        base64 = PatternSet(long.flatMap(Self.base64))
        // Web forms write a space as “+”.
        let written = Set(all + all.map { $0.map { $0 == UInt8(ascii: " ") ? UInt8(ascii: "+") : $0 } })
        searches = AddressSecrets.encodings.map { notations in
            var joined: [[UInt8]] = []
            var whole: [[UInt8]] = []
            var words: [[UInt8]] = []
            for secret in written {
                let plain = DecodedText(secret, without: notations)
                let ink = plain.joined().bytes
                if ink.count >= Self.shortestAnywhere {
                    joined.append(ink.map(AddressSecrets.lowercased))
                } else if secret.count >= Self.shortestAnywhere {
                    whole.append(plain.bytes.map(AddressSecrets.lowercased))
                } else {
                    words.append(plain.bytes)
                }
            }
            return Search(
                notations: notations, secrets: joined, joined: PatternSet(joined), whole: PatternSet(whole),
                words: PatternSet(words))
        }
    }

    /// Where secrets are in `bytes`, which are UTF-8: in order, none touching another.
    func ranges(in bytes: [UInt8]) -> [Range<Int>] {
        var found: [Range<Int>] = []
        for search in searches {
            let decoded = DecodedText(bytes, without: search.notations)
            // Nothing is encoded in these notations: the first search has covered it.
            if !search.notations.isEmpty, decoded.bytes.count == bytes.count { continue }
            found += ranges(search, in: decoded)
        }
        return AddressSecrets.merged(found)
    }

    private func ranges(_ search: Search, in decoded: DecodedText) -> [Range<Int>] {
        let lowercased = decoded.bytes.map(AddressSecrets.lowercased)
        let places =
            search.whole.places(in: lowercased) + Self.words(search.words, in: decoded.bytes)
            + AddressSecrets.places(in: lowercased)
        let joined = decoded.joined()
        let ink = joined.bytes.map(AddressSecrets.lowercased)
        let joinedPlaces =
            search.joined.places(in: ink) + numbers.places(in: ink)
            + search.secrets.compactMap { Self.beginning(of: $0, atEndOf: ink) }
            + base64.places(in: joined.bytes)
        return places.map(decoded.source) + joinedPlaces.map(joined.source)
    }

    // MARK: Searching

    /// The end of a text that was cut off, if it is most of a secret.
    private static func beginning(of pattern: [UInt8], atEndOf bytes: [UInt8]) -> Range<Int>? {
        let shortest = max(shortestAnywhere, pattern.count / 2)
        guard shortest < pattern.count else { return nil }
        let count = (shortest..<pattern.count).last { bytes.suffix($0).elementsEqual(pattern.prefix($0)) }
        return count.map { bytes.count - $0..<bytes.count }
    }

    private static func words(_ patterns: PatternSet, in bytes: [UInt8]) -> [Range<Int>] {
        patterns.places(in: bytes).filter { place in
            let before = place.lowerBound > 0 ? bytes[place.lowerBound - 1] : UInt8(ascii: " ")
            let behind = place.upperBound < bytes.count ? bytes[place.upperBound] : UInt8(ascii: " ")
            return !AddressSecrets.isOfWord(before) && !AddressSecrets.isOfWord(behind)
        }
    }

    /// `746f6b`, `74:6f:6b`, `116,111,107` and the like; spaces between them are omitted where they are searched for.
    private static func numbers(of secret: [UInt8]) -> [[UInt8]] {
        let hexadecimal = secret.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
        let decimal = secret.map { String($0) }
        return ["", ":", "-", ",", "0x", ",0x"].map { Array(hexadecimal.joined(separator: $0).utf8) }
            + ["", ","].map { Array(decimal.joined(separator: $0).utf8) }
    }

    /// The part of a secret's base64 that does not depend on what surrounds it, for each of the three offsets at which
    /// it can begin, in both alphabets.
    private static func base64(of secret: [UInt8]) -> [[UInt8]] {
        (0..<3).flatMap { offset in
            let text = Data([UInt8](repeating: 0, count: offset) + secret).base64EncodedString()
            let whole = Array(text.utf8)[((offset * 8 + 5) / 6)..<((offset + secret.count) * 8 / 6)]
            let other = whole.map { $0 == UInt8(ascii: "+") ? UInt8(ascii: "-") : $0 }
                .map { $0 == UInt8(ascii: "/") ? UInt8(ascii: "_") : $0 }
            return Set([Array(whole), other])
        }
    }
}
