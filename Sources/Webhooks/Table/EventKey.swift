import CampaignCore
import Crypto

/// What distinguishes an event from every other of its instance.
///
/// Z-API's `momment` is no part of it where there are ids: a repeat may have another one.
enum EventKey {
    /// By ids, which only this event can have, in any order.
    case ids(String, parts: [String], ids: [String])
    /// By its content and its time, to the second: without ids, the same content at another time is another event. If
    /// the payload has no possible time, what arrives within ten minutes is a repeat.
    case occurrence(String)
    /// By its content alone; it has no effect anyway.
    case content

    private static let names: Set<String> = ["momment", "moment"]

    /// - Parameters:
    ///   - at: the payload's time, if it can be one.
    func text(of json: JSON, at: Timestamp?, receivedAt: Timestamp) -> String {
        switch self {
        case .ids(let word, let parts, let ids):
            var digest = EventDigest()
            for part in parts + Set(ids.map { $0.lowercased() }).sorted() { digest.add(part) }
            return "\(word) \(digest.text)"
        case .occurrence(let word):
            var digest = EventDigest()
            digest.add(json, without: Self.names)
            let time = at.map { "at \($0.milliseconds / 1000)" } ?? "around \(receivedAt.milliseconds / 600_000)"
            digest.add(time)
            return "\(word) \(digest.text)"
        case .content:
            var digest = EventDigest()
            digest.add(json, without: Self.names)
            return "other \(digest.text)"
        }
    }
}

/// A hash of values, the same however they are written: the order of names, blanks and escapes do not matter.
struct EventDigest {
    private var hash = SHA256()

    mutating func add(_ text: String) {
        add(tag: "t", count: text.utf8.count)
        hash.update(data: Array(text.utf8))
    }

    /// - Parameter names: members of the value itself that are left out.
    mutating func add(_ json: JSON, without names: Set<String> = []) {
        switch json {
        case .object(let members):
            let kept = members.filter { !names.contains($0.name) }.sorted { $0.name < $1.name }
            add(tag: "o", count: kept.count)
            for member in kept {
                add(member.name)
                add(member.value)
            }
        case .list(let values):
            add(tag: "l", count: values.count)
            for value in values { add(value) }
        case .text(let text): add(text)
        case .number(let digits):
            add(tag: "n", count: digits.utf8.count)
            hash.update(data: Array(digits.utf8))
        case .truth(let truth): add(tag: truth ? "y" : "f", count: 0)
        case .null: add(tag: "0", count: 0)
        }
    }

    mutating func add(_ bytes: [UInt8]) {
        add(tag: "b", count: bytes.count)
        hash.update(data: bytes)
    }

    /// The first half of the hash, as hexadecimal digits.
    var text: String {
        hash.finalize().prefix(16).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    /// What follows has a kind and a length, so that no two values are written alike.
    private mutating func add(tag: String, count: Int) {
        hash.update(data: Array("\(tag)\(count):".utf8))
    }
}
