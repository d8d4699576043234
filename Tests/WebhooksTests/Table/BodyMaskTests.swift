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
        #"[{"type":"proxycallback","error":"s3cr3t"}]"#,
        #"{"type":"Prox\u0079Callback","error":"s3cr3t","error":"s3cr3t"}"#, #"{"error":"http://u:s3cr3t@h""#,
    ])
    func `are not kept of a body that cannot be read`(body: String) throws {
        #expect(!(try Self.kept(body)).contains("s3cr3t"))
        #expect(try Reading.event(body).type == "unreadable")
    }

    @Test func `are not kept of a body in another encoding`() throws {
        let body: [UInt8] = #"{"type":"ProxyCallback","error":"s3cr3t"}"#.utf8.flatMap { [$0, 0] as [UInt8] }
        let kept = try #require(try Reading.events(body).first?.body)
        #expect(kept.count < body.count && !kept.contains(0))
    }

    @Test func `everything else is kept byte for byte`() throws {
        let body = Reading.payload(
            #" "type" :"ReceivedCallback","text":{"message":"a senha \u00e9 \/ 1.0 a@b.c https:\/\/x.y\/@z"},"n":1.50 "#
        )
        #expect(try Self.kept(body) == body)
    }
}
