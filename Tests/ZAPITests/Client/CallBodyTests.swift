import CampaignCore
import ScriptedServer
import Testing
import ZAPI

/// What `send-call` is sent, byte by byte.
@Suite struct `The body of a call` {
    @Test(arguments: [
        (nil, #"{"phone":"5511999999900","callDuration":7}"#),
        (
            "https://example.com/a.mp3?x=1&y=2",
            #"{"phone":"5511999999900","callDuration":7,"callAudioUrl":"https://example.com/a.mp3?x=1&y=2"}"#
        ),
        // No such address is accepted from a list; what is in the database is sent as text all the same.
        (
            "https://a/\",\"phone\":\"1",
            #"{"phone":"5511999999900","callDuration":7,"callAudioUrl":"https://a/\",\"phone\":\"1"}"#
        ),
    ])
    func `is the phone, the seconds and, where there is one, the sound`(audio: String?, body: String) async throws {
        let server = try ScriptedServer { _ in
            .reply(200, #"{"zaapId":"Z","messageId":"M","id":"M"}"#, headers: ["Content-Type: application/json"])
        }
        var instance = Instance(name: "sales", id: "A", token: Secret("t"))
        instance.baseURL = server.baseURL
        let pool = ConnectionPool(connections: 1, now: { Timestamp(milliseconds: 0) })
        let client = ZAPIClient(
            instances: [instance], timeout: .seconds(600), pool: pool, now: { Timestamp(milliseconds: 0) })
        let phone = try #require(PhoneNumber(text: "5511999999900"))
        let reply = await client.call(phone, seconds: 7, audio: audio, through: 0)
        #expect(reply.verdict.outcome == .accepted)
        #expect(server.bodies == [body])
        try await pool.shutdown()
        server.stop()
    }
}
