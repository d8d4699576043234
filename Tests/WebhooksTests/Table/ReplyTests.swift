import CampaignCore
import Testing
import Webhooks

@Suite struct `Replies` {
    /// The page's “Webhook Response”: on-message-received, the example of a text.
    static let documented = #"""
        "isStatusReply":false,"senderLid":"81896604192873@lid","connectedPhone":"554499999999","waitingMessage":false,
        "isEdit":false,"isGroup":false,"isNewsletter":false,"messageId":"A20DA9C0183A2D35A260F53F5D2B9244",
        "phone":"5544988887777","fromMe":false,"momment":1632228638000,"status":"RECEIVED","chatName":"name",
        "senderPhoto":"https://","senderName":"name","participantPhone":null,"participantLid":null,"photo":"https://",
        "broadcast":false,"type":"ReceivedCallback"
        """#

    static func reply(_ content: String) throws -> CallEvent {
        try Reading.event(Reading.payload("\(documented),\(content)")).event
    }

    @Test func `the documented text is a reply of the person`() throws {
        let event = try Self.reply(#""text":{"message":"teste","title":"x"}"#)
        #expect(event.kind == .reply(Reply(form: .text, text: "teste")))
        #expect(event.phone == (try Reading.phone("5544988887777")))
        #expect(event.lid == (try Reading.phone("81896604192873@lid")))
        #expect(event.ids == ["A20DA9C0183A2D35A260F53F5D2B9244"])
        #expect(event.at == Timestamp(milliseconds: 1_632_228_638_000))
    }

    @Test(arguments: [
        Row(#""text":{"message":"  SAIR \n"}"#, Reply(form: .text, text: "SAIR")),
        Row(#""text":{"message":2}"#, Reply(form: .text, text: "2")),
        Row(#""text":{"message":"a\u0000\u0007b\nc\td"}"#, Reply(form: .text, text: "ab\nc\td")),
        Row(#""text":{"message":"\ud83d\ude4f \ud83d"}"#, Reply(form: .text, text: "🙏 \u{FFFD}")),
        Row(#""buttonsResponseMessage":{"buttonId":"1","message":"Ótimo"}"#, Reply(form: .button, text: "Ótimo")),
        Row(#""buttonsResponseMessage":{"buttonId":"sair"}"#, Reply(form: .button, text: "sair")),
        Row(
            #""buttonReply":{"buttonId":"1","message":"SAIR","referenceMessageId":"3EB0"}"#,
            Reply(form: .button, text: "SAIR")),
        Row(#""buttonReply":{"buttonId":"sair"}"#, Reply(form: .button, text: "sair")),
        Row(
            #""listResponseMessage":{"message":"Não ligar","title":"t","selectedRowId":"1"}"#,
            Reply(form: .button, text: "Não ligar\nt")),
        Row(#""listResponseMessage":{"title":"Sair","selectedRowId":"1"}"#, Reply(form: .button, text: "Sair")),
        Row(
            #""listResponseMessage":{"message":"1","title":"Não me ligue mais","selectedRowId":"1"}"#,
            Reply(form: .button, text: "Não me ligue mais")),
        Row(
            #""listResponseMessage":{"message":"Sair","title":"Sair","selectedRowId":"x"}"#,
            Reply(form: .button, text: "Sair")),
        Row(
            #""listResponseMessage":{"message":"Ok","title":"Sair","description":"Sem ligações"}"#,
            Reply(form: .button, text: "Ok\nSair\nSem ligações")),
        Row(#""buttonsResponseMessage":{"buttonId":"sair","message":"1"}"#, Reply(form: .button, text: "sair")),
        Row(#""buttonReply":{"buttonId":"2","message":"1"}"#, Reply(form: .button, text: "1")),
        Row(
            #""templateButtonReplyMessage":{"selectedId":"1","selectedDisplayText":"Sair"}"#,
            Reply(form: .button, text: "Sair")),
        Row(#""interactiveResponseMessage":{"body":{"text":"Sair"}}"#, Reply(form: .button, text: "Sair")),
        Row(
            #""pollVote":{"pollMessageId":"x","options":[{"name":"Sair"},{"name":"Parar"}]}"#,
            Reply(form: .button, text: "Sair, Parar")),
        Row(#""audio":{"ptt":true,"audioUrl":"https://x"}"#, Reply(form: .media, text: "")),
        Row(#""image":{"imageUrl":"https://x","caption":"me tira daí"}"#, Reply(form: .media, text: "me tira daí")),
        Row(#""sticker":{"stickerUrl":"https://x"}"#, Reply(form: .media, text: "")),
        Row(#""location":{"latitude":1.5}"#, Reply(form: .media, text: "")),
        Row(#""text":{"message":"oi"},"referenceMessageId":"X","isEdit":true"#, Reply(form: .text, text: "oi")),
    ])
    func `what a person writes, chooses or sends is a reply`(row: Row<Reply>) throws {
        #expect(try Reading.kind(row.members.inDocumented) == .reply(row.result))
    }

    @Test(arguments: [
        #""fromMe":true"#, #""fromMe":"true""#, #""fromMe":1"#, #""isGroup":true"#, #""isNewsletter":true"#,
        #""broadcast":true"#, #""isStatusReply":true"#, #""waitingMessage":true"#, #""fromApi":true"#,
        #""phone":"120363019502650977-group""#, #""phone":"5511999999999-1623281429""#, #""phone":"status@broadcast""#,
        #""phone":"120363@newsletter""#, #""reaction":{"value":"👍"}"#, #""phone":"554499999999""#,
    ])
    func `groups, newsletters, own messages, reactions and the like are no replies`(members: String) throws {
        let text = #""text":{"message":"SAIR"},"senderLid":null,\#(members)"#
        #expect(try Reading.kind(text.inDocumented) == .other)
    }

    @Test(arguments: [
        Row(#""text":"SAIR""#, "SAIR"), Row(#""text":{"message":{"a":"SAIR"}}"#, ""),
        Row(#""text":{"message":" "}"#, ""),
        Row(#""hydratedTemplate":{"message":"SAIR"}"#, "SAIR"), Row(#""poll":{"question":"?"}"#, ""),
        Row(#""order":{"itemCount":1},"externalAdReply":{"title":"x"}"#, ""), Row(#""newKind":[{"a":1}]"#, ""),
        Row(#""newKind":{"caption":"me tira daí"}"#, "me tira daí"),
    ])
    func `a message of an unknown form is one that only a person can read`(row: Row<String>) throws {
        #expect(try Reading.kind(row.members.inDocumented) == .reply(Reply(form: .media, text: row.result)))
    }

    @Test(arguments: [
        #""pollVote":{"options":[]}"#, #""pinMessage":{"action":"pin"}"#, #""externalAdReply":{"title":"x"}"#,
        #""editedMessage":{"text":"x"}"#, #""newKind":{"a":1},"isEdit":true"#, #""newKind":{}"#, #""newKind":"x""#,
        #""messageDeleted":{"id":"x"}"#, #""presence":{"a":1}"#, #""reactions":[{"value":"x"}]"#, #""newKind":["x"]"#,
        #""notification":{"type":"x"}"#, #""newKind":{"a":1},"fromMe":true"#, #""newKind":{"a":1},"isGroup":true"#,
    ])
    func `what is no message of the person is kept without an effect`(members: String) throws {
        #expect(try Reading.kind(members.inDocumented) == .other)
    }

    @Test func `without a person there is no reply`() throws {
        #expect(try Reading.kind(#""type":"ReceivedCallback","messageId":"A","text":{"message":"SAIR"}"#) == .other)
        #expect(
            try Reading.kind(#""type":"ReceivedCallback","phone":{"a":1},"messageId":"A","text":{"message":"SAIR"}"#)
                == .other)
    }

    @Test func `a long text is cut between characters`() throws {
        let event = try Self.reply(#""text":{"message":"\#(String(repeating: "é", count: 100_000))"}"#)
        guard case .reply(let reply) = event.kind else {
            Issue.record("no reply")
            return
        }
        #expect(reply.text.utf8.count <= 4_096)
        #expect(reply.text.allSatisfy { $0 == "é" })
    }
}

extension String {
    /// The documented reply with these members instead of its own of the same names.
    fileprivate var inDocumented: String {
        let names = matches(of: /"(\w+)":/).map { String($0.1) }
        let kept = Replies.documented.split(separator: ",").filter { member in
            !names.contains { member.contains("\"\($0)\":") }
        }
        return kept.joined(separator: ",") + "," + self
    }

}
