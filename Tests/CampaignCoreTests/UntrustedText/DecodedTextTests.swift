import Testing

@testable import CampaignCore

@Suite struct `A decoded text` {
    private static let all: DecodedText.Notations = [.percents, .entities, .openEntities, .escapes, .quotedPrintable]

    private static func plain(_ text: String, without notations: DecodedText.Notations = all) -> String {
        String(decoding: DecodedText(Array(text.utf8), without: notations).bytes, as: UTF8.self)
    }

    @Test(
        arguments: [
            ("%74", "t"), ("%7", "%7"), ("%", "%"), ("100%", "100%"), ("%zz", "%zz"), ("%%374", "t"), ("%2574", "t"),
            ("%C3%A9", "é"), ("%u00e9", "é"), ("%u007", "%u007"), ("%uD800", "%uD800"),
            ("&#116;x", "tx"), ("&#116x", "tx"), ("&#116", "t"), ("&#0000116;", "t"), ("&#x0074;", "t"), ("&#X74", "t"),
            ("&#x74g", "tg"), ("&#;", "&#;"), ("&#x;", "&#x;"), ("&#99999999;", "&#99999999;"),
            ("&#xD800;", "&#xD800;"),
            ("&amp;", "&"), ("&AMP;lt;", "<"), ("&nothing;", "&nothing;"), ("a & b; c", "a & b; c"), ("&;", "&;"),
            (#"\u0074"#, "t"), (#"\u{74}"#, "t"), (#"\u{0}"#, "\u{0}"), (#"\u{}"#, #"\u{}"#), (#"\x74"#, "t"),
            (#"\164"#, "t"), (#"\777"#, #"\777"#), (#"a\/b"#, "a/b"), (#"a\nb"#, "a b"), (#"\\\\"#, #"\"#),
            (#"\\\u0074"#, "t"), (#"\U0001F4DE"#, "📞"), ("=74", "t"), ("a=\nb", "a b"), ("a=b", "a=b"),
            ("ligação 📞", "ligação 📞"), ("", ""),
        ]) func `has every layer undone, and nothing else`(text: String, plain: String)
    {
        #expect(Self.plain(text) == plain)
        // Decoding it changes nothing: however often a text is encoded, the result is the same.
        #expect(Self.plain(plain) == plain)
    }

    @Test(arguments: [DecodedText.Notations.percents, .entities, .escapes, .quotedPrintable, []])
    func `has only the given notations undone`(notations: DecodedText.Notations) {
        for (text, notation) in [
            ("%74", DecodedText.Notations.percents), ("&#116;", .entities), (#"\x74"#, .escapes),
            ("=74", .quotedPrintable),
        ] {
            #expect(Self.plain(text, without: notations) == (notations.contains(notation) ? "t" : text))
        }
    }

    @Test func `knows where everything comes from`() {
        let text = "ab%2574&#000000000116;é"
        let view = DecodedText(Array(text.utf8), without: Self.all)
        #expect(String(decoding: view.bytes, as: UTF8.self) == "abtté")
        #expect(view.source(of: 0..<2) == 0..<2)
        #expect(view.source(of: 2..<3) == 2..<7)
        #expect(view.source(of: 3..<4) == 7..<22)
        #expect(view.source(of: 2..<6) == 2..<24)
    }

    /// Each always looks like the beginning of an encoding.
    static let hostile = [
        "%25", "%", "%u", "%u0025", "%252525", "&#", "&#&#&#", "&#0", "&#x0", "&amp;", "&amp", "&", "&#37;", "&#11",
        "&#x2",
        "&zerowidthspac", ";", "&;", #"\"#, #"\\"#, #"\u"#, #"\\\u"#, #"\u005c"#, #"\u{"#, #"\u{0000000}"#, "}",
        #"\x5c"#, #"\x3"#, #"\x3\x3"#,
        #"\13"#, "=", "=3D", "=3D3D", "0", "f", "x", " ", "é",
    ]

    @Test(arguments: hostile) func `costs time in proportion to its length, whatever it holds`(part: String) {
        let perByte = 64
        let short = Self.repeated(part, to: 1_024)
        let view = DecodedText(short, without: Self.all)
        #expect(view.looks <= perByte * short.count)
        #expect(view.bytes.count <= short.count)
        let long = DecodedText(Self.repeated(part, to: 4_096), without: Self.all)
        #expect(long.looks <= 5 * view.looks, "\(view.looks), \(long.looks)")
    }

    @Test(arguments: ["%25", "&#&#&#", #"\\\\\\u"#])
    func `costs no more a byte in a longer text`(part: String) {
        let looked = Self.repeated(part, to: 1 << 15)
        #expect(DecodedText(looked, without: Self.all).looks <= 64 * looked.count)
    }

    private static func repeated(_ part: String, to count: Int) -> [UInt8] {
        Array(String(repeating: part, count: count / part.utf8.count).utf8)
    }
}
