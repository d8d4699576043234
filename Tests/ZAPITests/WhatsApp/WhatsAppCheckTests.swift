import CampaignCore
import Foundation
import Testing
import ZAPISimulator

@testable import ZAPI

@Suite struct `The WhatsApp check` {
    @Test func `is answered number by number, in WhatsApp's own form`() async throws {
        try await withSimulator { simulator, client in
            let phones = try ["5511987654301", "5511987654394", "5511987654385", "123456789012345@lid"].map {
                try #require(PhoneNumber(text: $0))
            }
            let answers = try await client.whatsApp(of: phones, through: 0)
            guard case .present(let form, let lid?)? = answers[phones[0]] else {
                Issue.record("no @lid: \(String(describing: answers[phones[0]]))")
                return
            }
            #expect(form == phones[0] && lid.isLid)
            #expect(answers[phones[1]] == .absent)
            guard case .present(let other, lid: _)? = answers[phones[2]] else {
                Issue.record("no answer about a number that WhatsApp writes differently")
                return
            }
            #expect(other.text == "551187654385")
            #expect(simulator.ledger().map(\.endpoint) == ["phone-exists-batch"])
        }
    }

    @Test func `may be about as many numbers as Z-API allows, and no more`() async throws {
        try await withSimulator { _, client in
            let phones = (0...50_000).compactMap { PhoneNumber(value: 5_511_900_000_000 + 100 * Int64($0)) }
            let answers = try await client.whatsApp(of: Array(phones.dropLast()), through: 0)
            #expect(answers.count == ZAPIClient.maxNumbersInCheck)
            await #expect(throws: ProviderError.self) { try await client.whatsApp(of: phones, through: 0) }
        }
    }

    @Test func `fails when Z-API refuses the instance or does not answer`() async throws {
        let phone = try #require(PhoneNumber(value: 5_511_987_654_301))
        try await withSimulator(token: "wr0ng-t0ken") { _, client in
            let error = await #expect(throws: ProviderError.self) {
                try await client.whatsApp(of: [phone], through: 0)
            }
            guard case .refused(let text)? = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(!text.contains("wr0ng-t0ken"))
        }
        try await withSimulator { simulator, client in
            await simulator.shutdown()
            let error = await #expect(throws: ProviderError.self) {
                try await client.whatsApp(of: [phone], through: 0)
            }
            guard case .unreachable? = error else {
                Issue.record("\(String(describing: error))")
                return
            }
        }
    }

    private static let asked = PhoneNumber(value: 5_511_987_654_301)

    @Test(arguments: [
        (#"[{"exists":true,"inputPhone":"5511987654301","outputPhone":"551187654301"}]"#, "551187654301"),
        (#"[{"exists":"true","inputPhone":5511987654301,"outputPhone":551187654301}]"#, "551187654301"),
        (#"[{"exists":1,"inputPhone":"+5511987654301","outputPhone":"551187654301@c.us"}]"#, "551187654301"),
        (#"[{"exists":true,"inputPhone":"5511987654301","outputPhone":null}]"#, "5511987654301"),
        (#"[{"exists":true,"inputPhone":"5511987654301"}]"#, "5511987654301"),
        (#"[{"exists":false,"inputPhone":"5511987654301","outputPhone":"5511987654301"}]"#, "absent"),
        (#"[{"exists":0,"inputPhone":"5511987654301"}]"#, "absent"),
        (#"[7,null,{"exists":[]},{"exists":true,"inputPhone":"5511987654301"}]"#, "5511987654301"),
        (#"[{"exists":null,"inputPhone":"5511987654301"}]"#, nil),
        (#"[{"exists":"maybe","inputPhone":"5511987654301"}]"#, nil),
        (#"[{"exists":2,"inputPhone":"5511987654301"}]"#, nil),
        (#"[{"inputPhone":"5511987654301","outputPhone":"5511987654301"}]"#, nil),
        (#"[{"exists":false,"inputPhone":"5511987654302"}]"#, nil),
        ("[]", nil),
        (
            #"[{"exists":true,"inputPhone":"5511987654301","lid":"123456789012345@lid"}]"#,
            "5511987654301 123456789012345@lid"
        ),
        (
            #"[{"exists":true,"inputPhone":"5511987654301","outputPhone":"551187654301","lid":"1234567890@lid"}]"#,
            "551187654301 1234567890@lid"
        ),
        // The identifier of another subscriber.
        (
            #"[{"exists":true,"inputPhone":"5511987654301","outputPhone":"5511987654302","lid":"1234567890@lid"}]"#,
            "5511987654302"
        ),
        (#"[{"exists":true,"inputPhone":"5511987654301","lid":"5511987654302"}]"#, "5511987654301"),
        (#"[{"exists":true,"inputPhone":"5511987654301","lid":1234567890}]"#, "5511987654301"),
        (#"[{"exists":true,"inputPhone":"5511987654301","lid":""}]"#, "5511987654301"),
        (#"[{"exists":true,"inputPhone":"5511987654301","lid":null}]"#, "5511987654301"),
        (#"[{"exists":false,"inputPhone":"5511987654301","lid":"1234567890@lid"}]"#, "absent"),
        (
            #"[{"exists":true,"inputPhone":"5511987654301"},{"exists":true,"inputPhone":"5511987654301"}]"#,
            "5511987654301"
        ),
        (#"[{"exists":true,"inputPhone":"5511987654301"},{"exists":false,"inputPhone":"5511987654301"}]"#, nil),
    ])
    func `counts only what is said, once, about a number that was asked about`(
        _ body: String, _ expected: String?
    ) throws {
        let asked = try #require(Self.asked)
        let findings = try JSONDecoder().decode([WhatsAppFinding].self, from: Data(body.utf8))
        let answers = ZAPIClient.answers(findings, to: [asked])
        let words = answers[asked].map { answer in
            switch answer {
            case .present(let form, let lid): form.text + (lid.map { " \($0.text)" } ?? "")
            case .absent: "absent"
            }
        }
        #expect(words == expected)
        #expect(answers.count == (expected == nil ? 0 : 1))
    }
}
