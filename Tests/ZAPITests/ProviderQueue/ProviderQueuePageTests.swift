import CampaignCore
import Foundation
import NIOCore
import Testing

@testable import ZAPI

@Suite struct `A page of the provider queue` {
    @Test(
        arguments: [
            #"{"ZaapId":"Z1","MessageId":"M1","Phone":"5511999990001","Created":1700000000000}"#,
            #"{"zaapId":"Z1","messageId":"M1","phone":5511999990001,"created":"1700000000000"}"#,
            #"{"_id":"5f","ZAAPID":"Z1","MESSAGEID":"M1","PHONE":"5511999990001","CREATED":1700000000,"Text":{}}"#,
        ])
    func `is read however its names are written`(item: String) throws {
        let call = try #require(try page(#"{"messages":[\#(item)],"pagingState":null,"hasMore":false}"#).items.first)
        #expect(call.zaapId == "Z1" && call.messageId == "M1")
        #expect(call.phone?.text == "5511999990001")
        #expect(call.createdAt == Timestamp(milliseconds: 1_700_000_000_000))
    }

    @Test(arguments: ["-1", "0", "null", "{}", "\"soon\"", "9223372036854775807", "1e300"])
    func `has no time where the field holds something else`(created: String) throws {
        let call = try page(#"{"messages":[{"ZaapId":"Z1","Phone":"120363@g.us","Created":\#(created)}]}"#).items.first
        #expect(call?.createdAt == nil && call?.phone == nil)
    }

    struct Fields: Sendable, CustomTestStringConvertible {
        var text: String
        var kind: ProviderQueueItemKind
        var testDescription: String { text }
    }

    static let fields = [
        Fields(text: #""CallDuration":5"#, kind: .call(seconds: 5)),
        Fields(text: #""callDuration":"7","DelayMessage":3,"IsGroup":false"#, kind: .call(seconds: 7)),
        Fields(text: #""CALL_DURATION":15,"Message":"","Image":null,"Buttons":[],"Text":{}"#, kind: .call(seconds: 15)),
        Fields(text: #""CallDuration":5,"CallAudioUrl":"https://x/a.mp3""#, kind: .call(seconds: 5)),
        Fields(text: #""CallDuration":5,"Message":"oi""#, kind: .message),
        Fields(text: #""CallDuration":5,"Text":{"message":"oi"}"#, kind: .message),
        Fields(text: #""Message":"oi""#, kind: .message), Fields(text: #""message":"oi""#, kind: .message),
        Fields(text: #""Image":"https://x/a.png""#, kind: .message),
        Fields(text: #""ImageUrl":"https://x/a.png""#, kind: .message),
        Fields(text: #""Audio":{"audioUrl":"x"}"#, kind: .message),
        Fields(text: #""Document":"x","FileName":"a.pdf""#, kind: .message),
        Fields(text: #""Caption":"veja""#, kind: .message), Fields(text: #""LinkUrl":"x""#, kind: .message),
        Fields(text: #""ButtonList":{"buttons":[1]}"#, kind: .message),
        Fields(text: #""Contacts":[{}]"#, kind: .message),
        Fields(text: #""Location":{"latitude":1}"#, kind: .message),
        Fields(text: #""poll":[{"name":"a"}]"#, kind: .message),
        Fields(text: #""Whatever":1"#, kind: .unknown), Fields(text: #""CallDuration":0"#, kind: .unknown),
        Fields(text: #""CallDuration":16"#, kind: .unknown), Fields(text: #""CallDuration":null"#, kind: .unknown),
        Fields(text: #""CallDuration":"soon""#, kind: .unknown), Fields(text: #""Duration":5"#, kind: .unknown),
    ]

    @Test(arguments: fields)
    func `tells a call from a message by the fields of the item, else it is unknown`(fields: Fields) throws {
        let item = #"{"ZaapId":"Z1","MessageId":"M1","Phone":"5511999990001","Created":1700000000000,\#(fields.text)}"#
        #expect(try page(#"{"messages":[\#(item)]}"#).items.first?.kind == fields.kind)
    }

    @Test(
        arguments: [
            ("Z1", "Z1", true), (" Z1 ", "Z1", true), (#"\u001b[31mEVIL\u0007 T0KEN-4711"#, "[31mEVIL ‹secret›", false),
            (#"\u001bZ1"#, "Z1", false), ("T0KEN%2D4711", "‹secret›", false),
            (#"\u001b"#, "(not printable)", false),
            ("null", "null", false), (" ", "(not printable)", false), (#"Z\n1"#, "Z 1", false),
            (String(repeating: "A", count: 257), String(repeating: "A", count: 257), false),
        ])
    func `shows ids that are fit, and sends them as they are`(written: String, shown: String, isCall: Bool) throws {
        let table = VerdictTable(
            now: { Timestamp(milliseconds: 0) }, sanitizer: TextSanitizer(secrets: ["T0KEN-4711"]))
        let item = try #require(
            try page(#"{"messages":[{"ZaapId":"\#(written)","MessageId":"T0KEN-4711"}]}"#).items.first)
        let named = table.named(item)
        #expect(named.zaapId == item.zaapId && named.messageId == nil)
        #expect(named.shownId == shown && named.hasCallId == isCall)
    }

    @Test(arguments: ["{}", "[]", #"{"messages":[{"Phone":"5511999990001"}]}"#, #"{"messages":[{"ZaapId":""}]}"#])
    func `is an error when an item may be missing`(text: String) {
        #expect(throws: (any Error).self) { try page(text) }
    }

    @Test func `leads to the next one, and an item that moved is read once`() throws {
        var pager = QueuePager(from: .uptimeNanoseconds(0), limits: .init())
        let first = #"{"messages":[{"ZaapId":"Z1"},{"ZaapId":"Z2"}],"pagingState":"a","hasMore":true}"#
        #expect(try pager.take(page(first)) == "a")
        #expect(try pager.take(page(#"{"messages":[{"ZaapId":"Z2"},{"ZaapId":"Z3"}],"hasMore":false}"#)) == nil)
        #expect(pager.items.map(\.zaapId) == ["Z1", "Z2", "Z3"])
    }

    @Test func `that leads back, or nowhere, is an error and not the end`() throws {
        var pager = QueuePager(from: .uptimeNanoseconds(0), limits: .init())
        let round = try page(#"{"messages":[],"pagingState":"a","hasMore":true}"#)
        #expect(try pager.take(round) == "a")
        #expect(throws: ProviderError.self) { try pager.take(round) }
        let nowhere = try page(#"{"messages":[],"pagingState":null,"hasMore":true}"#)
        #expect(throws: ProviderError.self) { try pager.take(nowhere) }
    }

    @Test func `is one of forty at most`() throws {
        var pager = QueuePager(from: .uptimeNanoseconds(0), limits: .init())
        for number in 1..<QueuePager.maxPages {
            #expect(
                try pager.take(page(#"{"messages":[],"pagingState":"\#(number)","hasMore":true}"#)) == "\(number)")
        }
        let last = try page(#"{"messages":[],"pagingState":"end","hasMore":true}"#)
        #expect(throws: ProviderError.self) { try pager.take(last) }
    }

    @Test func `may take the time left for all pages, but at most 10 s`() throws {
        let start = NIODeadline.uptimeNanoseconds(1)
        let pager = QueuePager(from: start, limits: .init())
        for (passed, left) in [(0, 10), (1, 10), (2, 10), (5, 7), (11, 1)] {
            #expect(try pager.time(at: start + .seconds(Int64(passed))) == .seconds(Int64(left)))
        }
        for passed in [12, 13, 1000] {
            #expect(throws: ProviderError.unreachable("its queue could not be read completely within 12 s")) {
                try pager.time(at: start + .seconds(Int64(passed)))
            }
        }
    }

    private func page(_ text: String) throws -> ProviderQueuePage {
        try JSONDecoder().decode(ProviderQueuePage.self, from: Data(text.utf8))
    }
}
