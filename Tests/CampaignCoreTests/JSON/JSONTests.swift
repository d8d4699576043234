import CampaignCore
import Testing

@Suite struct `JSON as it was written` {
    static func read(_ text: String) -> JSON? { JSON(Array(text.utf8)[...]) }

    @Test(arguments: [
        (
            #"{"a":1,"a":[true,null,"x"]}"#,
            JSON.object([
                .init(name: "a", value: .number("1")),
                .init(name: "a", value: .list([.truth(true), .null, .text("x")])),
            ])
        ),
        (" [ ] ", .list([])), ("{}", .object([])), ("false", .truth(false)), ("-1.50E+07", .number("-1.50E+07")),
        ("123456789012345678901234567890", .number("123456789012345678901234567890")),
        (#""\ud83d\ude4f\u00e9\n\/""#, .text("🙏é\n/")), (#""\ud83d""#, .text("\u{FFFD}")), (#""\u0000""#, .text("\0")),
    ])
    func `keeps repeated names, order and every digit`(text: String, expected: JSON) {
        #expect(Self.read(text) == expected)
    }

    @Test(arguments: [
        "", " ", "{", "[1,]", #"{"a":1,}"#, #"{"a"}"#, "{a:1}", "01", "1.", "+1", ".5", "nul", "truee", "1 2", #""a"#,
        "\"a\nb\"", #""\x""#, #""\u12g4""#, "'a'", "[1 2]", "NaN", "//x\n1",
    ])
    func `is strict`(text: String) {
        #expect(Self.read(text) == nil)
    }

    @Test func `nests 64 levels deep, and not one more`() {
        func nested(_ depth: Int) -> String {
            String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        }
        #expect(Self.read(nested(64)) != nil)
        #expect(Self.read(nested(65)) == nil)
        #expect(Self.read(String(repeating: "[", count: 1_000_000)) == nil)
    }

    @Test(arguments: [
        (#"{"a":1,"b":{"a":2}}"#, false), (#"{"a":1,"a":1}"#, true), (#"[{"b":[{"a":1,"a":2}]}]"#, true),
        ("[1,1]", false),
    ])
    func `tells whether a name occurs twice in one object`(text: String, expected: Bool) throws {
        #expect(try #require(Self.read(text)).hasRepeatedNames == expected)
    }

    @Test(arguments: [
        #"{"a":[1.50,true,null,{}],"ç\"\\":"🙏\n\u0000"}"#, "[]", #"{"b":1,"a":2,"b":3}"#, "1e400",
    ])
    func `is the same after it was written and read again`(text: String) throws {
        let value = try #require(Self.read(text))
        #expect(JSON(value.bytes[...]) == value)
    }
}
