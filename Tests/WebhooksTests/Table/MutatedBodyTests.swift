import CampaignCore
import Testing
import Webhooks

/// Random bodies: documented payloads, shuffled and damaged.
@Suite struct `Bodies that nobody thought of` {
    static let samples = Samples.different.map { Array(Reading.payload($0).utf8) }

    @Test(arguments: 0..<40)
    func `are always read as something, the same each time, and kept`(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        for _ in 0..<250 {
            let body = Self.damaged(Self.samples.randomElement(using: &random) ?? [], using: &random)
            guard case .events(let events) = WebhookTable.read(body, instance: Reading.instance, at: Reading.now) else {
                continue
            }
            #expect(!events.isEmpty)
            let again = try Reading.events(body)
            #expect(events.map(\.key) == again.map(\.key))
            #expect(events.map(\.event) == again.map(\.event))
            for event in events {
                #expect(event.key.utf8.count <= 64)
                #expect(event.type.utf8.count <= 125)
                #expect(event.event.ids.allSatisfy { !$0.isEmpty && $0.utf8.count <= 128 })
                #expect(event.event.at.map { $0.milliseconds <= Reading.now.milliseconds + 86_400_000 } ?? true)
            }
        }
    }

    @Test(arguments: 0..<20)
    func `are the same event in whatever order their names stand`(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        for sample in Samples.different {
            let json = try #require(JSON(Array(Reading.payload(sample).utf8)[...]))
            let key = try Reading.events(json.bytes).map(\.key)
            let shuffled = Self.shuffled(json, using: &random)
            #expect(try Reading.events(shuffled.bytes).map(\.key) == key)
            #expect(try Reading.events(Self.spaced(shuffled.bytes, using: &random)).map(\.key) == key)
        }
    }

    /// A few bytes changed, removed, repeated, or replaced by what JSON is made of.
    private static func damaged(_ body: [UInt8], using random: inout SplitMix64) -> [UInt8] {
        var body = body
        let pieces = [
            "{", "}", "[", "]", "\"", ",", ":", "null", "true", "1e9", "\\u0000", "\\", "\"type\":", "-", "\u{FEFF}",
        ]
        for _ in 0..<Int.random(in: 1...4, using: &random) where !body.isEmpty {
            let at = Int.random(in: 0..<body.count, using: &random)
            let end = min(body.count, at + Int.random(in: 1...12, using: &random))
            switch Int.random(in: 0..<5, using: &random) {
            case 0: body[at] = UInt8.random(in: 0...255, using: &random)
            case 1: body.removeSubrange(at..<end)
            case 2: body.insert(contentsOf: body[at..<end], at: at)
            case 3: body.replaceSubrange(at..<at, with: (pieces.randomElement(using: &random) ?? "").utf8)
            default: body.removeSubrange(at...)
            }
        }
        return body
    }

    private static func shuffled(_ json: JSON, using random: inout SplitMix64) -> JSON {
        switch json {
        case .object(let members):
            var shuffled: [JSON.Member] = []
            for member in members.shuffled(using: &random) {
                shuffled.append(.init(name: member.name, value: Self.shuffled(member.value, using: &random)))
            }
            return .object(shuffled)
        case .list(let values):
            var shuffled: [JSON] = []
            for value in values { shuffled.append(Self.shuffled(value, using: &random)) }
            return .list(shuffled)
        case .text, .number, .truth, .null: return json
        }
    }

    /// The same with blanks after commas, of which the samples' texts have none.
    private static func spaced(_ body: [UInt8], using random: inout SplitMix64) -> [UInt8] {
        var spaced: [UInt8] = []
        for byte in body {
            spaced.append(byte)
            if byte == UInt8(ascii: ",") {
                spaced += Array(repeating: 0x20, count: Int.random(in: 0...3, using: &random))
            }
        }
        return spaced
    }
}
