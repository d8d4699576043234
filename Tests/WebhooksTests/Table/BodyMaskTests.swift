import CampaignCore
import Testing
import Webhooks

@Suite struct `Secrets in bodies` {
    static func kept(_ body: String) throws -> String { String(decoding: try Reading.event(body).body, as: UTF8.self) }

    @Test(arguments: [
        #""type":"ProxyCallback","error":"connect http://user:s3cr3t@10.0.0.1:8080 failed","momment":1795694399000"#,
        #""type":"ProxyCallback","details":{"pass":"s3cr3t","list":["s3cr3t"]}"#,
        #""type":"SomeProxyEvent","x":"s3cr3t""#,
        #""type":"ReceivedCallback","proxyPassword":"s3cr3t","text":{"message":"oi"}"#,
        #""type":"Other","a":[{"b":{"Password":"s3cr3t"}}]"#,
        #""type":"DisconnectedCallback","disconnected":false,"error":"via http://u:s3cr3t@10.0.0.1:8080 failed""#,
        #""type":"Other","a":["socks5:\/\/s3cr3t@h"]"#,
        #""type":"Other","http://u:s3cr3t@h/":1,"a":{"/token/s3cr3t/x":2}"#,
        #""type":"Other","auth":"s3cr3t","dbPass":"s3cr3t","Cookie":"s3cr3t","accessKey":"s3cr3t""#,
        #""type":"Other","proxy":{"url":"s3cr3t"}"#, #""type":"Other","instanceToken":"s3cr3t""#,
    ])
    func `are not kept`(members: String) throws {
        let kept = try Self.kept(Reading.payload(members))
        #expect(!kept.contains("s3cr3t"))
        #expect(kept.contains(Reading.instance))
        #expect(kept.contains(#""type":""#))
        // What is kept is read as the same event again.
        #expect(try Reading.event(kept).key == Reading.event(Reading.payload(members)).key)
    }

    @Test(arguments: [
        #"{"type":"ProxyCallback","error":"s3cr3t""#, #"{"type":"ProxyCallback","error":"s3cr3t","error":"s3cr3t"}"#,
        #"["x",["token=s3cr3t"]]"#, #"{"type":"x","token":"s3cr3t","type":"y"}"#,
        #"{"type":"x","password":"s3cr3t"#, #"{'client-token': 's3cr3t'}"#, #"token=s3cr3t&x"#,
        #"{"clientToken" : {"a":"s3cr3t"#, #"{"e":"https:\/\/h\/instances\/A\/token\/s3cr3t\/x""#,
        #"{"error":"Client-Token: s3cr3t","error":"Authorization: Bearer s3cr3t""#,
        #"{"a":"{\"token\":\"s3cr3t\"}""#, #"{"e":"http://u:pa/s3cr3t@h and http://u:p@s3cr3t@h"#,
        #"{"type":"Prox\u0079Callback","error":"s3cr3t","error":"s3cr3t"}"#, #"{"error":"http://u:s3cr3t@h""#,
    ])
    func `are not kept of a body that cannot be read`(body: String) throws {
        #expect(!(try Self.kept(body)).contains("s3cr3t"))
        #expect(try Reading.event(body).type == "unreadable")
    }

    @Test func `are not kept of a list with what cannot be read`() throws {
        let body = #"["token=s3cr3t",{"type":"proxycallback","error":"s3cr3t"},["http://u:s3cr3t@h"]]"#
        let events = try Reading.events(Array(body.utf8))
        #expect(events.count == 3)
        for event in events { #expect(!String(decoding: event.body, as: UTF8.self).contains("s3cr3t")) }
    }

    @Test func `are not kept of a body in another encoding`() throws {
        let body: [UInt8] = #"{"type":"ProxyCallback","error":"s3cr3t"}"#.utf8.flatMap { [$0, 0] as [UInt8] }
        let kept = try #require(try Reading.events(body).first?.body)
        #expect(kept.count < body.count && !kept.contains(0))
    }

    @Test(arguments: [
        #"{"type":"ReceivedCallback","phone":"5511987654321","text":{"message":"SAIR"},"token":"s3cr3t","token":"","#,
        #"{"token":"s3cr3t","phone":"5511987654321","text":{"message":"n\u00e3o, SAIR"}"#,
        #"{"url":"http://u:s3cr3t@h","phone":"5511987654321","text":{"message":"SAIR"}"#,
    ])
    func `are taken out of a body that cannot be read, and nothing else is`(body: String) throws {
        let kept = try Self.kept(body)
        #expect(!kept.contains("s3cr3t"))
        #expect(kept == body.replacing(/s3cr3t|u:s3cr3t/, with: "***"))
    }

    @Test(arguments: [
        Row("Proxy http://puser:s3cr3t@10.0.0.1:3128 refused", "Proxy http://***@10.0.0.1:3128 refused"),
        Row("http://u:pa/s3cr3t@h and http://u:p@s3cr3t@h", "http://***@h and http://***@h"),
        Row(
            "GET https://api.z-api.io/instances/A/token/s3cr3t/x 500",
            "GET https://api.z-api.io/instances/A/token/***/x 500"),
        Row("POST /token/s3cr3t/send-call", "POST /token/***/send-call"),
        Row("Client-Token: s3cr3t, try again", "Client-Token: ***, try again"),
        Row("headers Client-Token s3cr3t-987 sent", "headers Client-Token *** sent"),
        Row("Authorization: Bearer s3cr3t", "Authorization: ***"),
        Row(#"{\"password\":\"s3cr3t x\",\"a\":1}"#, #"{"password":"***","a":1}"#),
        Row("senha = s3cr3t/1?2", "senha = ***"), Row("the token is wrong", "the token is wrong"),
        Row("token of 5511987654321 expired", "token of 5511987654321 expired"),
        Row("Invalid token 's3cr3t-987'", "Invalid token '***'"), Row("token (s3cr3t-987)", "token (***)"),
        Row("token[s3cr3t-987]", "token[***]"), Row("token <s3cr3t-987>", "token <***>"),
        Row("the token is s3cr3t-987.", "the token is ***"), Row("token -> s3cr3t-987", "token -> ***"),
        Row("token%3Ds3cr3t", "token%3D***"), Row("token&#61;s3cr3t", "token&#61;***"),
        Row("token\\\\u003ds3cr3t", #"token\u003d***"#), Row("at %2Ftoken%2Fs3cr3t%2Fx", "at %2Ftoken%2F***%2Fx"),
        Row("via u:s3cr3t@proxy.com:80", "via ***@proxy.com:80"), Row("via //u:s3cr3t@h", "via ***@h"),
        Row("got Bearer s3cr3t rejected", "got Bearer *** rejected"), Row("Basic dXNlcjpzM2NyM3Q=", "Basic ***"),
        Row("Basic plan, no bearer of it", "Basic plan, no bearer of it"),
        Row("pass=s3cr3t", "pass=***"), Row("proxyPass: s3cr3t", "proxyPass: ***"), Row("pw: s3cr3t", "pw: ***"),
        Row("at /x?auth=s3cr3t&y=1", "at /x?auth=***&y=1"), Row("auth: s3cr3t", "auth: ***"),
        Row("auth: failed, author: Ana, bypass=1, pass", "auth: failed, author: Ana, bypass=1, pass"),
        Row("accessKey: s3cr3t", "accessKey: ***"), Row("private_key=s3cr3t", "private_key=***"),
        Row("Cookie: session=s3cr3t; u=s3cr3t rejected", "Cookie: *** rejected"),
        Row("the cookie: gone", "the cookie: gone"),
        Row("proxy 10.0.0.1:3128:user:s3cr3t refused", "proxy 10.0.0.1:3128:*** refused"),
        Row("at 10.0.0.1:3128 and index.js:10:15: x", "at 10.0.0.1:3128 and index.js:10:15: x"),
        Row("<token>s3cr3t</token><a:pw>s3cr3t</a:pw>", "<token>***</token><a:pw>***</a:pw>"),
        Row("pass%3Ds3cr3t%26a", "pass%3D***%26a"),
        Row("to 5511987654321:12@s.whatsapp.net", "to 5511987654321:12@s.whatsapp.net"),
        Row("Phone 5511987654321 does not exist", "Phone 5511987654321 does not exist"),
    ])
    func `are not in what is told of an error`(row: Row<String>) throws {
        let error = #""error":"\#(row.members)""#
        let failed = try Reading.event(Reading.payload(#""type":"DeliveryCallback","zaapId":"A",\#(error)"#)).event
        #expect(failed.error == row.result)
        #expect(try Reading.kind(#""type":"DisconnectedCallback",\#(error)"#) == .disconnected(row.result))
        #expect(
            !(try Self.kept(Reading.payload(#""type":"Other","x":[{"detail":"\#(row.members)"}]"#))).contains("s3cr3t"))
    }

    @Test(arguments: [
        "minha senha: 1234, token=5", "Basic plano123, pass=1, pw: 2 e cookie: a=b", "https://www.example.com/@ana",
        "http://localhost:80/@x", "a@b.com",
    ])
    func `are not looked for in a person's own words`(text: String) throws {
        let body = Reading.payload(
            #""type":"ReceivedCallback","phone":"5511987654321","messageId":"A","text":{"message":"\#(text)"}"#)
        #expect(try Self.kept(body) == body)
        #expect(try Reading.event(body).event.kind == .reply(Reply(form: .text, text: text)))
    }

    @Test(arguments: ["abc-DEF_123", "abc%2DDEF%5F123", #"abc\u002DDEF_123"#, "%61bc-DEF_123", "abc%252DDEF_123"])
    func `and the secret of the address that it came to is in no body`(written: String) throws {
        let text = Reading.payload(
            #""type":"ReceivedCallback","phone":"5511987654321","messageId":"A","text":{"message":"at /z/A/\#(written) SAIR"}"#
        )
        for body in [text, "x" + text] {
            let read = WebhookTable.read(
                Array(body.utf8), instance: Reading.instance, token: "abc-DEF_123", at: Reading.now)
            guard case .events(let events) = read, let event = events.first else {
                Issue.record("nothing is read")
                continue
            }
            #expect(String(decoding: event.body, as: UTF8.self) == body.replacing(written, with: "***"))
        }
    }

    @Test func `everything else is kept byte for byte`() throws {
        let body = Reading.payload(
            #" "type" :"ReceivedCallback","text":{"message":"a senha \u00e9 \/ 1.0 a@b.c https:\/\/x.y\/@z"},"n":1.50 "#
        )
        #expect(try Self.kept(body) == body)
    }
}
