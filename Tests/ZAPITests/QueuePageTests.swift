import CampaignCore
import Foundation
import Testing

@testable import ZAPI

@Suite struct `A page of the queue` {
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
    func `knows no time that is none`(created: String) throws {
        let call = try page(#"{"messages":[{"ZaapId":"Z1","Phone":"120363@g.us","Created":\#(created)}]}"#).items.first
        #expect(call?.createdAt == nil && call?.phone == nil)
    }

    @Test(arguments: ["{}", "[]", #"{"messages":[{"Phone":"5511999990001"}]}"#, #"{"messages":[{"ZaapId":""}]}"#])
    func `is no page when an item may be missing`(text: String) {
        #expect(throws: (any Error).self) { try page(text) }
    }

    @Test func `leads to the next one, and an item that moved is read once`() throws {
        var reading = QueueReading()
        let first = #"{"messages":[{"ZaapId":"Z1"},{"ZaapId":"Z2"}],"pagingState":"a","hasMore":true}"#
        #expect(try reading.take(page(first)) == "a")
        #expect(try reading.take(page(#"{"messages":[{"ZaapId":"Z2"},{"ZaapId":"Z3"}],"hasMore":false}"#)) == nil)
        #expect(reading.items.map(\.zaapId) == ["Z1", "Z2", "Z3"])
    }

    @Test func `that leads back, or nowhere, is an error and no end`() throws {
        var reading = QueueReading()
        let round = try page(#"{"messages":[],"pagingState":"a","hasMore":true}"#)
        #expect(try reading.take(round) == "a")
        #expect(throws: QueueLineError.self) { try reading.take(round) }
        let nowhere = try page(#"{"messages":[],"pagingState":null,"hasMore":true}"#)
        #expect(throws: QueueLineError.self) { try reading.take(nowhere) }
    }

    @Test func `is one of forty at most`() throws {
        var reading = QueueReading()
        for number in 1..<QueueReading.mostPages {
            #expect(
                try reading.take(page(#"{"messages":[],"pagingState":"\#(number)","hasMore":true}"#)) == "\(number)")
        }
        let last = try page(#"{"messages":[],"pagingState":"end","hasMore":true}"#)
        #expect(throws: QueueLineError.self) { try reading.take(last) }
    }

    private func page(_ text: String) throws -> QueuePage {
        try JSONDecoder().decode(QueuePage.self, from: Data(text.utf8))
    }
}
