import CampaignCore
import Testing

@testable import ZAPI

@Suite struct `The ids of a reply` {
    private let table = VerdictTable(
        now: { Timestamp(milliseconds: 0) }, sanitizer: TextSanitizer(secrets: ["T0KEN-4711"]))

    private func reply(_ body: String) -> CallReply {
        table.reply(to: .reply(status: 200, headers: ReplyHeaders(), body: Array(body.utf8)))
    }

    private static let long = String(repeating: "A", count: 60_000)

    @Test(
        arguments: [
            (
                #"{"zaapId":"3999984263738042930CD6ECDE9VDWSA","messageId":"D241XXXX732339502B68","id":"D241XXXX732339502B68"}"#,
                "3999984263738042930CD6ECDE9VDWSA", "D241XXXX732339502B68"
            ),
            (#"{"zaapId":"Z"}"#, "Z", nil), (#"{"zaapId":"Z","messageId":7}"#, "Z", "7"),
            (#"{"zaapId":"Z","id":"M"}"#, "Z", "M"), (#"{"zaapId":"Z","error":"late"}"#, "Z", nil),
            (
                #"{"zaapId":39999842637380429304827364123456789012345678901}"#,
                "39999842637380429304827364123456789012345678901", nil
            ),
            (#"{"zaapId":1.5e30}"#, "1.5e30", nil),
            (#"{"zaapID":"Z"}"#, "Z", nil), (#"{"ZaapId":"Z"}"#, "Z", nil), (#"{"zaapid":12}"#, "12", nil),
            (#"{"zaap_id":"Z","message_id":"M"}"#, "Z", "M"), (#"{"ZAAP-ID":"Z","MessageID":"M"}"#, "Z", "M"),
            (#"{"zaapId":null,"zaapID":"Z"}"#, "Z", nil), (#"{"zaapId":"\u00e9\ud83d\ude00"}"#, "é😀", nil),
            (#"{"messageId":"M","id":"M"}"#, nil, "M"), (#"{"id":"M"}"#, nil, "M"), (#"{"id":99}"#, nil, "99"),
            (#"{"zaapId":"","messageId":"M"}"#, nil, "M"), (#"{"zaapId":{"a":1},"messageId":"M"}"#, nil, "M"),
            (#"{"messageId":"M","error":"late"}"#, nil, "M"), ("\u{FEFF}{\"zaapId\":\"Z\"}", "Z", nil),
            ("\n { \"zaapId\" : \"Z\" , \"x\" : [1, {\"y\": [true, null]}] } \n", "Z", nil),
            (#"{"zaapId":"\#(long)"}"#, String(repeating: "A", count: 255) + "…", nil),
        ] as [(String, String?, String?)]
    ) func `are kept, however they are written`(body: String, zaapId: String?, messageId: String?) {
        #expect(reply(body).verdict == .accepted(CallReceipt(zaapId: zaapId, messageId: messageId)))
    }

    @Test(
        arguments: [
            "", "{}", "[]", "null", "<html>", #"{"zaapId":"3999"#, #"{"zaapId":"3999"}x"#, #"[{"zaapId":"Z"}]"#,
            #"{"data":{"zaapId":"Z"}}"#, #"{"zaapId":""}"#, #"{"zaapId":"  "}"#, #"{"zaapId":"\t"}"#,
            #"{"zaapId":"Z\n1"}"#, #"{"zaapId":"Z\u001b[31m"}"#, #"{"zaapId":"\u0000"}"#, #"{"zaapId":"Z\u202e1"}"#,
            #"{"zaapId":"Z\u009b"}"#, #"{"zaapId":"\ud83d"}"#, #"{"zaapId":"null"}"#, #"{"zaapId":"undefined"}"#,
            #"{"zaapId":0}"#, #"{"zaapId":-1}"#, #"{"zaapId":true}"#, #"{"zaapId":01}"#, #"{"zaapId":["Z"]}"#,
            #"{"zaapId":"T0KEN-4711"}"#, #"{"error":"Invalid","id":"request-7"}"#, #"{"error":"strange"}"#,
            #"{"_id":"5f"}"#, #"{"zaapIds":"Z"}"#, #"{zaapId:"Z"}"#, #"{'zaapId':'Z'}"#, #"{"zaapId":"Z",}"#,
        ])
    func `are missing where nothing names the call, and the reply is a doubt`(body: String) {
        let reply = reply(body)
        #expect(reply.verdict == .inDoubt(.unreadableReply))
        #expect(reply.error?.isEmpty == false)
    }

    @Test func `leave the text of the reply to be read where there are none`() {
        #expect(reply(#"{"error":"strange","message":"very"}"#).error == "strange: very")
        #expect(reply(#"{"zaapId":"3999"#).error == #"the reply does not name a call: {"zaapId":"3999"#)
        #expect(reply("").error == "the reply is empty")
        #expect(reply(#"{"zaapId":"Z","error":"late"}"#).error == "late")
        #expect(reply(#"{"zaapId":"T0KEN-4711"}"#).error == #"the reply does not name a call: {"zaapId":"‹secret›"}"#)
    }

    @Test func `are not looked for in endlessly nested JSON`() {
        let deep = String(repeating: "[", count: 60_000)
        #expect(reply(#"{"zaapId":"Z","x":\#(deep)"#).verdict == .inDoubt(.unreadableReply))
    }
}
