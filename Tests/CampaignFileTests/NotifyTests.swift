import CampaignCore
import CampaignFile
import Foundation
import Testing

/// `notify`: both of its values are secrets, so no error shows them.
@Suite struct NotifyTests {
    private static let entry = "notify: {url: \"${URL}\", secret: \"${SECRET}\"}"
    private static let secret = "whsec_" + Data(repeating: 7, count: 32).base64EncodedString()

    private static func campaign(
        url: String = "https://example.com/hook", secret: String = secret
    ) throws(CampaignFileError) -> Campaign {
        try CampaignFile.parse(
            Example.minimal(adding: entry), path: "f",
            environment: ["ZAPI_INSTANCE_TOKEN": "t", "URL": url, "SECRET": secret])
    }

    private static func complaint(url: String = "https://example.com/hook", secret: String = secret) -> String {
        do throws(CampaignFileError) {
            _ = try campaign(url: url, secret: secret)
            return ""
        } catch {
            return error.description
        }
    }

    @Test(arguments: [
        "https://example.com", "https://hooks.example.com:8443/services/T0/B0?key=a", "http://127.0.0.1:9000/hook",
        "http://localhost:9000", "http://[::1]:9000/a", "http://127.9.8.7/",
    ])
    func `a receiver is https anywhere, http on this machine`(url: String) throws {
        let target = try #require(try Self.campaign(url: url).notify)
        #expect(target.url.reveal() == url)
        #expect(target.secret.reveal() == Self.secret)
        #expect(target.events == [.done, .brake, .disconnected, .optOut])
    }

    @Test(arguments: [
        (
            "http://example.com/5up3r",
            "http would send notifications unencrypted to another machine: use https; http is"
        ),
        ("http://127.0.0.1.example.com/5up3r", "http would send notifications unencrypted"),
        ("http://127.1/5up3r", "http would send notifications unencrypted"),
        ("https://me:5up3r@example.com", "this address contains a user name or password"),
        ("example.com/5up3r", "this address begins with neither https:// nor http://"),
        ("https://example.com/5up3r x", "this address contains a space"),
    ])
    func `any other receiver is refused and not shown`(url: String, message: String) {
        let complaint = Self.complaint(url: url)
        #expect(complaint.hasPrefix("f:6: notify.url: \(message)"))
        #expect(!complaint.contains("5up3r"))
    }

    @Test(arguments: [24, 32, 64])
    func `a signing secret has 24 to 64 bytes`(count: Int) throws {
        let secret = "whsec_" + Data(repeating: 200, count: count).base64EncodedString()
        #expect(try Self.campaign(secret: secret).notify?.secret.reveal() == secret)
    }

    @Test(arguments: [
        "5up3r", "whsec_", "whsec_5up3r", "whsec_" + Data(repeating: 1, count: 23).base64EncodedString(),
        "whsec_" + Data(repeating: 1, count: 65).base64EncodedString(),
        Data(repeating: 1, count: 32).base64EncodedString(),
        "WHSEC_" + Data(repeating: 1, count: 32).base64EncodedString(), "whsec_" + String(repeating: "*", count: 44),
        secret + "\n", " " + secret,
    ])
    func `any other signing secret is refused and not shown`(secret: String) {
        let complaint = Self.complaint(secret: secret)
        #expect(complaint.hasPrefix("f:6: notify.secret: the value is not a signing secret: set whsec_ and 24 to 64"))
        #expect(secret.count < 10 || !complaint.contains(secret.dropFirst(6)))
    }
}

/// `call.audio`, `optOut` and the long key: what the tables of the documentation do not show.
@Suite struct CallAudioAndOptOutTests {
    @Test func `audio alone leaves the duration at its default`() throws {
        let campaign = try Example.parse(Example.minimal(adding: "call: {audio: \"https://example.com/a.mp3\"}"))
        #expect(campaign.callDuration == 5)
        #expect(campaign.callAudioURL == "https://example.com/a.mp3")
    }

    @Test func `a password in the address of a sound is not shown`() {
        let text = Example.minimal(adding: "call: {audio: \"https://me:5up3r@example.com/a.mp3\"}")
        #expect(
            Example.complaints(about: text) == [
                "6: call.audio: this address contains a user name or password: remove everything up to the @."
            ])
    }

    @Test func `the lists of optOut keep their order and spelling, and numbers are texts`() throws {
        let text = Example.minimal(adding: "optOut: {words: [Não Quero, 2, \"chega!\"], review: [\"👎 não\"]}")
        #expect(
            try Example.parse(text).optOut
                == OptOutLists(words: ["Não Quero", "2", "chega!"], buttons: [], review: ["👎 não"]))
    }

    @Test(arguments: [
        ("optOut: {words: [\"...\"]}", "words[0]: \"...\" has no letter or digit"),
        ("optOut: {buttons: [\"\(String(repeating: "a", count: 101))\"]}", "is too long"),
        ("optOut: {words: [a, b, a]}", "words[2]: this is in the list twice"),
        ("optOut: {words: [a],\n  review: [b,\n a]}", "8: optOut.review[1]: this is also one of the words"),
    ])
    func `a wrong list is refused at its entry`(entry: String, message: String) {
        let complaints = Example.complaints(about: Example.minimal(adding: entry))
        #expect(complaints.count == 1)
        #expect(complaints.first?.contains(message) == true, "\(complaints)")
    }

    @Test func `the longest key is known, and a slip in it is told`() throws {
        #expect(
            try Example.parse(Example.minimal(adding: "queueWhileDisconnected: allow")).queueWhileDisconnected == .allow
        )
        #expect(
            Example.complaints(about: Example.minimal(adding: "queueWhileDisconected: allow")) == [
                "6: queueWhileDisconected: unknown key: did you mean `queueWhileDisconnected`?"
            ])
    }
}
